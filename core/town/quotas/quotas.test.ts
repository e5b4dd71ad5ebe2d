import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { freshStore } from '../../../tests/shared/fresh-store.ts';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import { openDirectory } from '../../directory/directory.ts';
import { TOWN, type SchoolId } from '../../ground/ids.ts';
import { DAY_MS } from '../../ground/spans.ts';
import { QUOTAS_BYTES } from '../../roster/quotas.ts';
import type { Viewer } from '../../rules/viewer.ts';
import type { Store } from '../../store/store.ts';
import { keepAsItIs } from '../../store/testing/as-it-was.ts';
import { agentsJournal } from '../journals/testing/agents-journal.ts';
import type { QuotaOutcome, QuotaOverview, RoleQuotaWish } from './contract.ts';
import { warnNearlyFull } from './warn.ts';

const MB = 1_000_000;
const [TILLEULS, PASTEUR, NOWHERE] = [1 as SchoolId, 2 as SchoolId, 99 as SchoolId];
const DONE: QuotaOutcome = { kind: 'done' };
let town: TestTown;
let agent: Viewer;

let putBack: () => Promise<void>;
beforeAll(async () => {
  town = await openTestTown();
  agent = await town.viewer('hugues.armand');
  putBack = await keepAsItIs(town.admin);
});
afterEach(() => putBack());
afterAll(() => town.close());

/** What somebody may keep, in megabytes, as their pages and mail programs say it. */
async function quotaOf(local: string): Promise<number> {
  const viewer = await town.viewer(local);
  const { quotaBytes } = await town.core.mail.room(viewer);
  const quota = await town.core.mailboxes.quota(viewer, null);
  expect(quota).toMatchObject({ limitBytes: quotaBytes });
  return quotaBytes / MB;
}

const say = (wish: Partial<RoleQuotaWish>, who = agent): Promise<QuotaOutcome> =>
  town.core.quotas.sayOfRole(who, {
    school: TOWN,
    role: 'pupil',
    megabytes: 300,
    reason: 'Plus de photos',
    ...wish,
  });
const sayOf = (address: string, megabytes: number | null): Promise<QuotaOutcome> =>
  town.core.quotas.sayOfPerson(agent, { address, megabytes, reason: 'Projet de film' });

async function overview(): Promise<QuotaOverview> {
  const found = await town.core.quotas.overview(agent);
  if (found === null) throw new Error('this is theirs');
  return found;
}

describe('what is said of quotas', () => {
  it('holds for the person before the school, for the school before the town', async () => {
    expect(await quotaOf('lina.moreau')).toBe(QUOTAS_BYTES.pupil / MB);
    expect(await say({})).toEqual(DONE);
    expect(await quotaOf('lina.moreau')).toBe(300);
    expect(await quotaOf('samuel.okafor')).toBe(300);
    expect(await quotaOf('claire.lefevre')).toBe(QUOTAS_BYTES.teacher / MB);
    expect(await say({ school: TILLEULS, megabytes: 400 })).toEqual(DONE);
    expect(await quotaOf('lina.moreau')).toBe(400);
    expect(await quotaOf('samuel.okafor')).toBe(300);
    expect(await sayOf('lina.moreau', 50)).toEqual(DONE);
    expect(await quotaOf('lina.moreau')).toBe(50);
    expect(await quotaOf('adele.vidal')).toBe(400);
    expect(await say({ school: TILLEULS, megabytes: 500 })).toEqual(DONE);
    expect(await quotaOf('lina.moreau')).toBe(50);
    expect(await overview()).toMatchObject({
      town: { ...QUOTAS_BYTES, pupil: 300 * MB },
      schools: expect.arrayContaining([
        expect.objectContaining({ id: TILLEULS, quotas: { pupil: 500 * MB } }),
        expect.objectContaining({ id: PASTEUR, quotas: {} }),
      ]) as unknown,
    });
    expect(await sayOf(' Lina.Moreau@ecoles.preau.test ', null)).toEqual(DONE);
    expect(await quotaOf('lina.moreau')).toBe(500);
    expect(await say({ school: TILLEULS, megabytes: null })).toEqual(DONE);
    expect(await say({ megabytes: null })).toEqual(DONE);
    expect(await quotaOf('lina.moreau')).toBe(QUOTAS_BYTES.pupil / MB);
  });

  it('stands in the journals, with what it is and why', async () => {
    await say({});
    await say({ school: PASTEUR, role: 'teacher', megabytes: 6_000 });
    await sayOf('lina.moreau', null);
    const lines = (await agentsJournal(town.core, agent)) ?? [];
    expect(
      lines.slice(0, 3).map(({ act, schoolName, reason }) => [act, schoolName, reason]),
    ).toEqual([
      ['change-quota', 'École des Tilleuls', 'Projet de film'],
      ['change-quota', 'École Pasteur', 'Plus de photos'],
      ['change-town-quota', '', 'pupil 300 Plus de photos'],
    ]);
  });
});

describe('what is refused of quotas', () => {
  it.each<{ when: string; outcome: () => Promise<QuotaOutcome>; why: string }>([
    { when: 'no reason', outcome: () => say({ reason: ' ' }), why: 'reason' },
    { when: 'no size at all', outcome: () => say({ megabytes: Number.NaN }), why: 'size' },
    { when: 'too little', outcome: () => say({ megabytes: 9 }), why: 'size' },
    { when: 'less than nothing', outcome: () => say({ megabytes: -200 }), why: 'size' },
    { when: 'too much', outcome: () => say({ megabytes: 50_001 }), why: 'size' },
    { when: 'a part of one', outcome: () => say({ megabytes: 20.5 }), why: 'size' },
    { when: 'no such school', outcome: () => say({ school: NOWHERE }), why: 'school' },
    { when: 'nobody of that address', outcome: () => sayOf('nobody', 100), why: 'address' },
    { when: 'somebody outside', outcome: () => sayOf('a@example.org', 100), why: 'address' },
    { when: 'a list', outcome: () => sayOf('ce1-a.tilleuls', 100), why: 'address' },
  ])('is nothing with $when', async ({ outcome, why }) => {
    expect(await outcome()).toEqual({ kind: 'trouble', why });
    expect((await overview()).town).toEqual(QUOTAS_BYTES);
  });

  it('is for agents alone', async () => {
    for (const local of ['mamadou.diallo', 'claire.lefevre', 'lina.moreau']) {
      const who = await town.viewer(local);
      expect(await say({}, who)).toEqual({ kind: 'missing' });
      expect(await town.core.quotas.overview(who)).toBeNull();
    }
  });
});

describe('a mailbox that fills up', () => {
  /** Four letters, and a quota that makes them so much of it. */
  async function fill(local: string, part: number): Promise<void> {
    for (let n = 0; n < 4; n += 1) await town.send('claire.lefevre', [local], { via: 'web' });
    await town.admin.query(
      `
        update account a set quota_bytes = (
          select sum(bytes) from mailbox b where b.account_id = a.id
        ) / $2::float8
        from address d
        where d.id = a.address_id and d.local = $1
      `,
      [local, part],
    );
  }
  const warn = () => warnNearlyFull({ ...town.parts, clock: () => town.clock.now });
  const subjects = async (local: string): Promise<readonly string[]> =>
    (await town.rows(local)).map(({ subject }) => subject);
  const told = async (local: string): Promise<number> =>
    (await subjects(local)).filter((one) => one.includes('presque pleine')).length;
  const nextDay = (): void => {
    town.clock.now = new Date(town.clock.now.getTime() + DAY_MS);
  };

  it('is told once, each in words of their age, and agents see who', async () => {
    await fill('lina.moreau', 0.85);
    await fill('karim.haddad', 0.9);
    await fill('adele.vidal', 0.5);
    expect((await overview()).near).toMatchObject([
      { name: 'Karim Haddad', fullSince: null },
      { name: 'Lina Moreau', schoolName: 'École des Tilleuls', role: 'pupil' },
    ]);
    await Promise.all([warn(), warn()]);
    nextDay();
    await warn();
    expect(await told('lina.moreau')).toBe(1);
    expect(await told('karim.haddad')).toBe(1);
    expect(await told('adele.vidal')).toBe(0);
    expect(await subjects('lina.moreau')).toContain('Ta boîte est presque pleine');
    expect(await subjects('karim.haddad')).toContain('Votre boîte est presque pleine');
  });

  it('is told anew where there was room in between', async () => {
    await fill('lina.moreau', 0.85);
    await warn();
    expect(await sayOf('lina.moreau', 100)).toEqual(DONE);
    nextDay();
    await warn();
    await fill('lina.moreau', 0.95);
    nextDay();
    await warn();
    expect(await told('lina.moreau')).toBe(2);
  });

  it('takes letters again at once where its quota is raised', async () => {
    await fill('lina.moreau', 1.5);
    expect(await town.send('claire.lefevre', ['lina.moreau'], { via: 'web' })).toMatchObject({
      kind: 'mailbox-full',
      permanent: false,
    });
    const [full] = (await overview()).near;
    expect(full).toMatchObject({ name: 'Lina Moreau', fullSince: town.clock.now });
    expect(await sayOf('lina.moreau', 100)).toEqual(DONE);
    expect(await town.send('claire.lefevre', ['lina.moreau'], { via: 'web' })).toMatchObject({
      kind: 'accepted',
    });
    expect((await overview()).near).toEqual([]);
  });
});

describe('before there is a town', () => {
  let store: Store;
  beforeAll(async () => {
    store = await freshStore(1);
  });

  it('no mailbox fills up', async () => {
    const directory = openDirectory(store);
    await expect(warnNearlyFull({ ...town.parts, store, directory })).resolves.toBeUndefined();
  });
});
