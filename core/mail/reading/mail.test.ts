import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { uidsOf } from '../../../tests/shared/town.ts';
import type { MailboxId, Uid } from '../../ground/ids.ts';
import type { Viewer } from '../../rules/viewer.ts';
import type { SpecialUse } from '../../store/mail/contract.ts';
import type { MessageRow } from './contract.ts';
import { karimsMail } from './testing/karims-mail.ts';
import { wordsQuery } from './testing/words-query.ts';

const SEED = randomInt(2 ** 31);
const FILE = { name: 'plan du musée.txt', bytes: Buffer.from('Le plan.\n') };
/** Where tests put mail: each begins with none. */
const USES = ['inbox', 'archive', 'junk', 'trash'] as const satisfies readonly SpecialUse[];
const { town, viewer, inbox } = await karimsMail();
beforeEach(async () => {
  for (const use of USES) {
    const rows = await town.rows('karim.haddad', use);
    await town.core.mail.erase(viewer, await town.mailbox(viewer, use), uidsOf(rows));
  }
  for (const subject of ['Un', 'Deux', 'Trois'])
    await town.send('claire.lefevre', ['karim.haddad'], {
      subject,
      file: subject === 'Trois' ? FILE : null,
    });
});

describe('what a person reads', () => {
  it('is listed newest first, page by page', async () => {
    const { mail } = town.core;
    const first = await mail.list(viewer, inbox, { before: null, limit: 2 });
    expect(
      first.map(({ subject, seen, files, from: { name } }) => ({ subject, seen, files, name })),
    ).toEqual([
      { subject: 'Trois', seen: false, files: 1, name: 'Claire Lefèvre' },
      { subject: 'Deux', seen: false, files: 0, name: 'Claire Lefèvre' },
    ]);
    const rest = await mail.list(viewer, inbox, { before: first[1]?.uid ?? null, limit: 2 });
    expect(rest.map(({ subject }) => subject)).toEqual(['Un']);
    expect(await mail.list(viewer, inbox, { before: rest[0]?.uid ?? null, limit: 2 })).toEqual([]);
  });
  const AWAY = 'comes back from %s to the place of its date, and not to the top';
  it.each<SpecialUse>(['trash'])(AWAY, comesBack);
  it.each<SpecialUse>(['archive', 'junk'])(AWAY, SOAKED, comesBack);

  async function comesBack(use: SpecialUse): Promise<void> {
    const order = async (): Promise<string[]> =>
      (await town.rows('karim.haddad')).map(({ subject }) => subject);
    const { mail } = town.core;
    for (const subject of ['Deux', 'Un', 'Trois']) {
      const row = (await town.rows('karim.haddad')).find((one) => one.subject === subject);
      await mail.move(viewer, inbox, { uids: [row?.uid ?? (0 as Uid)], to: use });
      expect(await order()).not.toContain(subject);
      const [away] = await town.rows('karim.haddad', use);
      await mail.move(viewer, away?.mailbox ?? inbox, {
        uids: [away?.uid ?? (0 as Uid)],
        to: 'inbox',
      });
      expect(await order()).toEqual(['Trois', 'Deux', 'Un']);
      expect((await town.rows('karim.haddad')).find((one) => one.subject === subject)?.at).toEqual(
        row?.at,
      );
    }
    // So do what was found and the conversation.
    expect(
      (await mail.search(viewer, wordsQuery('mot'))).rows.map(({ subject }) => subject),
    ).toEqual(['Trois', 'Deux', 'Un']);
  }

  it('is listed page by page by date, whatever the order of the UIDs, and though the last one shown has gone meanwhile', async () => {
    const { mail } = town.core;
    for (let each = 0; each < 9; each += 1)
      await town.send('claire.lefevre', ['karim.haddad'], { subject: `Plus ${each}` });
    for (const { uid } of (await town.rows('karim.haddad')).filter((_row, at) => at % 3 === 1))
      await mail.move(viewer, inbox, { uids: [uid], to: 'archive' });
    const archive = await town.mailbox(viewer, 'archive');
    await mail.move(viewer, archive, {
      uids: uidsOf(await town.rows('karim.haddad', 'archive')),
      to: 'inbox',
    });
    const all = (await town.rows('karim.haddad')).map(({ subject }) => subject);
    expect(all).toEqual([
      'Plus 8',
      'Plus 7',
      'Plus 6',
      'Plus 5',
      'Plus 4',
      'Plus 3',
      'Plus 2',
      'Plus 1',
      'Plus 0',
      'Trois',
      'Deux',
      'Un',
    ]);
    const paged: string[] = [];
    for (let before: Uid | null = null; ;) {
      const page: readonly MessageRow[] = await mail.list(viewer, inbox, { before, limit: 5 });
      paged.push(...page.map(({ subject }) => subject));
      before = page.at(-1)?.uid ?? null;
      if (before === null) break;
    }
    expect(paged).toEqual(all);
    const [, , third] = await mail.list(viewer, inbox, { before: null, limit: 3 });
    await mail.erase(viewer, inbox, [third?.uid ?? (0 as Uid)]);
    expect(
      (await mail.list(viewer, inbox, { before: third?.uid ?? null, limit: 2 })).map(
        ({ subject }) => subject,
      ),
    ).toEqual(['Plus 5', 'Plus 4']);
  });
  it('is shown with its text, files and why it came, and not marked by that', async () => {
    const [row] = await town.rows('karim.haddad');
    const view = row && (await town.core.mail.read(viewer, inbox, row.uid));
    expect(view).toMatchObject({
      subject: 'Trois',
      text: expect.stringContaining('Un mot.') as string,
      formattedCharacters: null,
      because: { kind: 'school', name: 'École des Tilleuls' },
      seen: false,
    });
    expect(view?.attachments).toMatchObject([{ name: FILE.name, danger: 'everyday' }]);
    const file =
      row &&
      (await town.core.mail.download(viewer, {
        mailbox: inbox,
        uid: row.uid,
        part: view?.attachments[0]?.path ?? '',
      }));
    expect(file?.bytes).toEqual(FILE.bytes);
    for (const path of ['', '1', '9', '2.1', '../2', '2 '])
      expect(
        row &&
          (await town.core.mail.download(viewer, { mailbox: inbox, uid: row.uid, part: path })),
        path,
      ).toBeNull();
  });
  it('is not there for anybody else, nor under any other id', async () => {
    const [row] = await town.rows('karim.haddad');
    if (!row) throw new Error('no message');
    const { mail } = town.core;
    for (const local of [
      'claire.lefevre',
      'mamadou.diallo',
      'julie.robin',
      'lina.moreau',
      'hugues.armand',
    ]) {
      const other = await town.viewer(local);
      expect(await mail.read(other, inbox, row.uid)).toBeNull();
      expect(await mail.list(other, inbox, { before: null, limit: 10 })).toEqual([]);
      expect(await mail.download(other, { mailbox: inbox, uid: row.uid, part: '2' })).toBeNull();
      await mail.mark(other, inbox, { uids: [row.uid], marks: { seen: true, flagged: true } });
      await mail.move(other, inbox, { uids: [row.uid], to: 'trash' });
      await mail.erase(other, inbox, [row.uid]);
    }
    expect(await town.rows('karim.haddad')).toHaveLength(3);
    expect((await town.rows('karim.haddad'))[0]).toMatchObject({ seen: false, flagged: false });
    for (const uid of [0, -1, 4_711, 9_007_199_254_740_991])
      expect(await mail.read(viewer, inbox, uid as Uid)).toBeNull();
    for (const mailbox of [0, -1, 999_999_999])
      expect(await mail.list(viewer, mailbox as MailboxId, { before: null, limit: 5 })).toEqual([]);
    expect(
      await mail.read({ ...viewer, school: 2 as Viewer['school'] }, inbox, row.uid),
    ).toBeNull();
    expect(await town.faults()).toEqual([]);
  });
  it('thrown away goes to the trash, and from there for good', async () => {
    const [row] = await town.rows('karim.haddad');
    if (!row) throw new Error('no message');
    await town.core.mail.move(viewer, inbox, { uids: [row.uid], to: 'trash' });
    const [gone] = await town.rows('karim.haddad', 'trash');
    expect(gone?.subject).toBe('Trois');
    await town.core.mail.move(viewer, gone?.mailbox ?? inbox, {
      uids: [gone?.uid ?? row.uid],
      to: 'trash',
    });
    expect(await town.rows('karim.haddad', 'trash')).toEqual([]);
    expect(await town.faults()).toEqual([]);
  });
  it('fills up: a warning from 80 % on, then full, until the trash is emptied', async () => {
    const { mail } = town.core;
    const rows = await town.rows('karim.haddad');
    const used = (await mail.room(viewer)).usedBytes;
    const quota = (bytes: number) =>
      town.admin.query('update account set quota_bytes = $1 where id = $2', [
        bytes,
        viewer.account,
      ]);
    expect(await mail.room(viewer)).toMatchObject({ state: 'enough', quotaBytes: 5_000_000_000 });
    await quota(200_000);
    await town.admin.query('update mailbox set bytes = bytes + 158000 where id = $1', [inbox]);
    expect((await mail.room(viewer)).state).toBe(used + 158_000 >= 160_000 ? 'near' : 'enough');
    await town.admin.query('update mailbox set bytes = bytes + 3000 where id = $1', [inbox]);
    expect((await mail.room(viewer)).state).toBe('near');
    await town.admin.query('update mailbox set bytes = bytes + 25000 where id = $1', [inbox]);
    expect((await mail.room(viewer)).state).toBe('full');
    await town.admin.query('update mailbox set bytes = bytes - 186000 where id = $1', [inbox]);
    await quota(used + 100);
    expect(await town.send('claire.lefevre', ['karim.haddad'])).toMatchObject({
      kind: 'mailbox-full',
    });
    await quota(5_000_000_000);
    expect((await mail.room(viewer)).state).toBe('full');
    await mail.move(viewer, inbox, { uids: uidsOf(rows), to: 'trash' });
    await mail.emptyTrash(await town.viewer('julie.robin'));
    expect(await town.rows('karim.haddad', 'trash')).toHaveLength(rows.length);
    await mail.emptyTrash(viewer);
    expect(await town.rows('karim.haddad', 'trash')).toEqual([]);
    expect(await mail.room(viewer)).toMatchObject({ state: 'enough' });
    expect(await town.faults()).toEqual([]);
  });
  it('that came is not a held letter of one’s own, wherever it is put', async () => {
    await town.admin.query(
      `begin; set local preau.school = '2'; update class set moderation = 'all' where name = 'CM1-CM2' and school_id = 2; commit`,
    );
    await town.send('eliott.marchal', ['kenza.rahmani', 'octave.schmitt'], { subject: 'Retenu' });
    const teacher = await town.viewer('beatrice.vasseur');
    for (const { school, id } of await town.core.moderation.waiting(teacher))
      await town.letGo(teacher, school, id);
    const kenza = await town.viewer('kenza.rahmani');
    const [row] = await town.rows('kenza.rahmani');
    if (!row) throw new Error('no message');
    await town.admin.query(
      `
        update hold
        set state = 'given-back'
        where school_id = 2 and recipient_address_id <> ${kenza.addressId}
      `,
    );
    await town.core.mail.move(kenza, row.mailbox, { uids: [row.uid], to: 'sent' });
    expect((await town.rows('kenza.rahmani', 'sent'))[0]?.state).toBe('normal');
  });
  it('is announced to whoever looks', async () => {
    let heard = 0;
    const stop = town.core.events.subscribe(viewer, () => {
      heard += 1;
    });
    await expect
      .poll(
        async () => {
          await town.send('claire.lefevre', ['karim.haddad']);
          return heard;
        },
        { timeout: 5_000 },
      )
      .toBeGreaterThan(0);
    stop();
  });
});

it('keeps all counts right whatever is done, in whatever order', () => keepsCounts(4));
it('and so in many more orders', SOAKED, () => keepsCounts(40));

async function keepsCounts(numRuns: number): Promise<void> {
  const uses: readonly SpecialUse[] = ['inbox', 'trash', 'archive', 'junk'];
  const act = fc.record({
    kind: fc.constantFrom('receive', 'class', 'mark', 'move', 'erase', 'forged'),
    from: fc.constantFrom(...uses),
    to: fc.constantFrom(...uses),
    which: fc.array(fc.nat(6), { maxLength: 4 }),
    seen: fc.boolean(),
    flagged: fc.boolean(),
  });
  let acts = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 14 }), async (sequence) => {
      for (const { kind, from, to, which, seen, flagged } of sequence) {
        acts += 1;
        const rows = await town.rows('karim.haddad', from);
        const uids = which.map((index) => rows[index]?.uid ?? (index as Uid));
        const mailbox = await town.mailbox(viewer, from);
        const { mail } = town.core;
        if (kind === 'receive') await town.send('claire.lefevre', ['karim.haddad']);
        else if (kind === 'class')
          await town.send('mamadou.diallo', ['equipe.tilleuls'], { via: 'web' });
        else if (kind === 'mark')
          await mail.mark(viewer, mailbox, { uids, marks: { seen, flagged } });
        else if (kind === 'move') await mail.move(viewer, mailbox, { uids, to });
        else if (kind === 'erase') await mail.erase(viewer, mailbox, uids);
        else await mail.erase(await town.viewer('julie.robin'), mailbox, uids);
        await town.admin.query('delete from sending');
      }
      expect(await town.faults()).toEqual([]);
    }),
    { seed: SEED, numRuns, endOnFailure: true },
  );
  process.stdout.write(`mail: seed ${SEED}, ${acts} acts\n`);
}
