import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import type { LetterId } from '../../ground/ids.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { waitForScanner } from '../../store/mail/leaving-drafts.ts';
import type { Writing } from './contract.ts';
import { sendWaitingDraft } from './waiting-drafts.ts';

const SECOND_MS = 1_000;
let town: TestTown;
let claire: Viewer;
let lina: Viewer;

beforeAll(async () => {
  town = await openTestTown({ env: { PREAU_UNDO_SECONDS: '10' } });
  claire = await town.viewer('claire.lefevre');
  lina = await town.viewer('lina.moreau');
});
afterEach(async () => {
  for (const [local, who] of [
    ['claire.lefevre', claire],
    ['lina.moreau', lina],
  ] as const)
    for (const { mailbox, uid } of await town.rows(local, 'drafts'))
      await town.core.mail.erase(who, mailbox, [uid]);
  await town.admin.query('delete from sending');
  await town.admin.query(`delete from due where kind = 'draft'`);
});
afterAll(() => town.close());

const letter = (subject: string, more: Partial<Writing> = {}): Writing => ({
  to: [town.address('adele.vidal')],
  cc: [],
  subject,
  text: 'Bonjour',
  answers: 'sender',
  answerTo: null,
  ...more,
});

async function draft(who: Viewer, writing: Writing) {
  const { ref } = await town.core.writings.save(who, writing, {
    previous: null,
    add: [],
    drop: [],
  });
  return ref;
}

async function handedIn(who: Viewer, writing: Writing, at: Date | null = null): Promise<LetterId> {
  const handed = await town.core.writings.handIn(who, await draft(who, writing), at);
  if (handed.kind !== 'leaves') throw new Error(handed.kind);
  return handed.letter;
}

/** What the worker does with all that is due after so many seconds. */
async function afterSeconds(seconds: number): Promise<void> {
  const { rows } = await town.admin.query<{ school_id: number; row_id: string }>(
    `select school_id, row_id from due where kind = 'draft' and at <= $1`,
    [new Date(town.clock.now.getTime() + seconds * SECOND_MS)],
  );
  const parts = { ...town.parts, writings: town.core.writings };
  for (const row of rows) await sendWaitingDraft(parts, row.school_id as never, Number(row.row_id));
}

const got = async (subject: string) =>
  (await town.rows('adele.vidal')).filter((row) => row.subject === subject).length;

it('leaves ten seconds after its button, once, and can be called back until then', async () => {
  const one = await handedIn(claire, letter('Dix secondes'));
  expect(await town.core.writings.leaving(claire, one)).toMatchObject({
    kind: 'waits',
    at: new Date(town.clock.now.getTime() + 10 * SECOND_MS),
  });
  expect((await town.rows('claire.lefevre', 'drafts'))[0]?.state).toBe('leaving');
  await afterSeconds(9);
  expect(await got('Dix secondes')).toBe(0);
  await afterSeconds(10);
  await afterSeconds(10);
  expect(await got('Dix secondes')).toBe(1);
  expect(await town.core.writings.callBack(claire, one)).toBe(false);
  expect(await town.core.writings.leaving(claire, one)).toMatchObject({ kind: 'left' });

  const other = await handedIn(claire, letter('Reprise'));
  expect(await town.core.writings.callBack(claire, other)).toBe(true);
  expect(await town.core.writings.callBack(claire, other)).toBe(true);
  await afterSeconds(60);
  expect(await got('Reprise')).toBe(0);
  expect(await town.core.writings.leaving(claire, other)).toBeNull();
  expect((await town.rows('claire.lefevre', 'drafts')).map(({ state }) => state)).toEqual([
    'normal',
  ]);
  expect(await town.faults()).toEqual([]);
});

it('hears of a refusal at once, and nothing waits', async () => {
  const ref = await draft(lina, letter('Ailleurs', { to: [town.address('samira.benali')] }));
  expect((await town.core.writings.handIn(lina, ref, null)).kind).toBe('denied');
  expect((await town.rows('lina.moreau', 'drafts')).map(({ state }) => state)).toEqual(['normal']);
});

it('asks the rules again when it leaves: refused by then it is a draft, and its writer is told', async () => {
  const tomorrow = new Date(town.clock.now.getTime() + 86_400 * SECOND_MS);
  await handedIn(lina, letter('Demain'), tomorrow);
  const leaves = (until: string) =>
    town.admin.query(
      `begin; set local preau.school = '1'; update membership m set until_date = ${until} from address a where a.id = m.address_id and a.local = 'adele.vidal'; commit`,
    );
  await leaves(`'2026-11-23'`);
  await afterSeconds(86_400);
  await leaves('null');
  expect(await got('Demain')).toBe(0);
  expect((await town.rows('lina.moreau', 'drafts')).map(({ state }) => state)).toEqual(['normal']);
  expect((await town.rows('lina.moreau'))[0]?.from.kind).toBe('system');
});

it('is called back by being changed, and lists what waits by its hour', async () => {
  const inHours = (hours: number) => new Date(town.clock.now.getTime() + hours * 3_600 * SECOND_MS);
  await handedIn(claire, letter('Après-demain'), inHours(48));
  const ref = await draft(claire, letter('Bientôt'));
  await town.core.writings.handIn(claire, ref, inHours(2));
  const waiting = async () =>
    (await town.core.writings.scheduled(claire)).map((one) =>
      one.kind === 'waits' ? one.writing.subject : '',
    );
  expect(await waiting()).toEqual(['Bientôt', 'Après-demain']);
  await town.core.writings.save(claire, letter('Bientôt, changé'), {
    previous: ref,
    add: [],
    drop: [],
  });
  expect(await waiting()).toEqual(['Après-demain']);
  await afterSeconds(3 * 3_600);
  expect(await got('Bientôt')).toBe(0);
  const [later] = await town.core.writings.scheduled(claire);
  if (later?.kind !== 'waits') throw new Error('nothing waits');
  await town.core.mail.move(claire, later.ref.mailbox, { uids: [later.ref.uid], to: 'trash' });
  await afterSeconds(72 * 3_600);
  expect(await got('Après-demain')).toBe(0);
  expect(await town.faults()).toEqual([]);
});

it('either leaves or is called back, whichever was first, and never both', async () => {
  for (let turn = 0; turn < 6; turn += 1) {
    const subject = `Course ${turn}`;
    const one = await handedIn(claire, letter(subject));
    const [isBack] = await Promise.all([
      town.core.writings.callBack(claire, one),
      afterSeconds(10),
    ]);
    const isDraft = (await town.rows('claire.lefevre', 'drafts')).some(
      (row) => row.subject === subject,
    );
    expect([isBack, isDraft, await got(subject)]).toEqual(
      isBack ? [true, true, 0] : [false, false, 1],
    );
  }
});

it('of two windows leaves at the hour that the first said, and the second is told it', async () => {
  const inHours = (hours: number) => new Date(town.clock.now.getTime() + hours * 3_600 * SECOND_MS);
  const ref = await draft(claire, letter('Deux fenêtres'));
  const handed = await Promise.all(
    [1, 2, 3, 4].map((hours) => town.core.writings.handIn(claire, ref, inHours(hours))),
  );
  const [waits] = await town.core.writings.scheduled(claire);
  if (waits?.kind !== 'waits') throw new Error('nothing waits');
  for (const one of handed) expect(one).toMatchObject({ kind: 'leaves', at: waits.at });
});

it('that waited for the scanner and is given an hour waits for its hour', async () => {
  const ref = await draft(claire, letter('Plus tard'));
  const wait = { ref, at: town.clock.now };
  await town.store.write(claire.school, (tx) => waitForScanner(tx, claire.account, wait));
  expect((await town.rows('claire.lefevre', 'drafts'))[0]?.state).toBe('waiting-for-scanner');
  const tomorrow = new Date(town.clock.now.getTime() + 86_400 * SECOND_MS);
  expect(await town.core.writings.handIn(claire, ref, tomorrow)).toMatchObject({
    kind: 'leaves',
    at: tomorrow,
  });
  await afterSeconds(86_399);
  expect(await got('Plus tard')).toBe(0);
  await afterSeconds(86_400);
  expect(await got('Plus tard')).toBe(1);
});

it(
  'that is saved again while it is handed in waits for nothing, and nothing fails',
  SOAKED,
  async () => {
    for (let turn = 0; turn < 4; turn += 1) {
      const subject = `Encore ${turn}`;
      const ref = await draft(claire, letter(subject));
      const again = letter(subject, { text: 'Bonjour encore' });
      const [handed] = await Promise.all([
        town.core.writings.handIn(claire, ref, null),
        town.core.writings.save(claire, again, { previous: ref, add: [], drop: [] }),
      ]);
      expect(['leaves', 'no-recipient']).toContain(handed.kind);
    }
    expect(await town.core.writings.scheduled(claire)).toEqual([]);
    const waits = { ref: await draft(claire, letter('Disparu')), at: town.clock.now };
    await town.core.mail.erase(claire, waits.ref.mailbox, [waits.ref.uid]);
    await town.store.write(claire.school, (tx) => waitForScanner(tx, claire.account, waits));
    await afterSeconds(86_400);
    expect(
      (await town.rows('claire.lefevre')).filter(({ from }) => from.kind === 'system'),
    ).toEqual([]);
  },
);
