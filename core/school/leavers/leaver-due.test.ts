import pg from 'pg';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../../tests/shared/fresh-database.ts';
import type { AccountId, AddressId, SchoolId } from '../../ground/ids.ts';
import { HOUR_MS } from '../../ground/spans.ts';
import { dueRows } from '../../store/due.ts';
import { own } from '../../store/own.ts';
import { saveLeaver } from '../../store/people/leavers.ts';
import { openStore, type Store } from '../../store/store.ts';
import { keepAsItIs } from '../../store/testing/as-it-was.ts';
import { COMMAND_LINE } from '../imports/contract.ts';
import {
  csv,
  dumpOf,
  emptySchools,
  guardian,
  peopleOf,
  pupil,
  putMail,
  rostersAt,
  wishOf,
} from '../imports/testing/school-files.ts';
import { erasedFrom, type LeaverParts } from './leaver-due.ts';
import { leaveThrough } from './testing/leave-through.ts';
import { NO_ERASURES } from './testing/no-erasures.ts';

const clock = { now: new Date() };
const ONE = 1 as SchoolId;
let database: FreshDatabase;
let store: Store;
let admin: pg.Client;
let putBack: () => Promise<void>;
let parts: LeaverParts;
let rosters: ReturnType<typeof rostersAt>['rosters'];
const logged: Record<string, unknown>[] = [];
const heard: AccountId[] = [];

/** Three schools without anybody. */
beforeAll(async () => {
  database = await freshDatabase();
  store = openStore(database.databaseUrl, { poolSize: 2, onError: () => {} });
  await emptySchools(store, ['ecole-1', 'ecole-2', 'ecole-3']);
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  putBack = await keepAsItIs(admin);
});
afterEach(() => putBack());
afterAll(async () => {
  await admin.end();
  await store.close();
  await database.drop();
});

/** In November. */
beforeEach(() => {
  clock.now = new Date('2026-11-02T16:00:00Z');
  logged.length = 0;
  heard.length = 0;
  ({ rosters } = rostersAt(store, clock));
  const announce = (_school: SchoolId, accounts: readonly AccountId[]): void => {
    heard.push(...accounts);
  };
  parts = {
    store,
    erasures: { ...NO_ERASURES, goneFrom: () => ({ backups: '2027-03-15' }) },
    clock: () => clock.now,
    announce,
    log: pino(
      { level: 'info' },
      {
        write: (line) => {
          logged.push(JSON.parse(line) as Record<string, unknown>);
        },
      },
    ),
  };
});

const children = Array.from({ length: 12 }, (_, index) =>
  pupil(`Enfant${'abcdefghijkl'[index]} Morel`, 'CP', {
    birthDate: `2019-02-${String(index + 1).padStart(2, '0')}`,
  }),
);
/** The files of the first school: these children, each with a parent. */
const filesOf = (here: typeof children) => [
  csv.pupils(here),
  csv.guardians(
    here.map((child) =>
      guardian(`Parent${child.givenName} Morel`, [child], `${child.givenName}@exemple.fr`),
    ),
  ),
];
const TWIN = pupil('Enfanta Morel', 'CP', { birthDate: '2018-09-09' });

/** Brings the children and their parents, with some mail. */
async function bringAll(): Promise<void> {
  await rosters.apply(wishOf(1, filesOf(children)));
  await putMail(store, 1, ['enfanta.morel', 'enfantb.morel']);
  await putMail(store, 1, ['enfantc.morel']);
}

/** A file of the next day no longer names the first child. */
async function leaveFirst(): Promise<void> {
  clock.now = new Date('2026-11-03T16:00:00Z');
  await rosters.apply(wishOf(1, filesOf(children.slice(1))));
}

/** The third child leaves on 10 February; whose account it is. */
async function leaveInFebruary(): Promise<{ account: AccountId; id: AddressId }> {
  const leaving = await accountOf('enfantc.morel');
  if (leaving === null) throw new Error('no account');
  clock.now = new Date('2027-02-03T06:00:00Z');
  await store.write(ONE, (tx) => saveLeaver(tx, leaving.account, '2027-02-10'));
  return leaving;
}

/** Runs what is due, as the worker does, and says what came of it. */
async function runDue(): Promise<string[]> {
  const rows = await store.town((tx) =>
    dueRows(tx, { now: clock.now, kinds: ['leaver'], limit: 50 }),
  );
  const saw: string[] = [];
  for (const { school, row } of rows) saw.push(await leaveThrough(parts, school, row));
  return saw;
}

async function accountOf(local: string): Promise<{ account: AccountId; id: AddressId } | null> {
  const row = await store.town((tx) =>
    tx.db.selectFrom('address').selectAll().where('local', '=', local).executeTakeFirstOrThrow(),
  );
  return row.target_id === null ? null : { account: row.target_id as AccountId, id: row.id };
}

async function openSession(account: AccountId): Promise<void> {
  await store.write(ONE, (tx) =>
    own(tx)
      .insertInto('session', {
        id: crypto.randomUUID(),
        account_id: account,
        secret_hash: Buffer.alloc(32),
        csrf: 'x',
        created_at: clock.now,
        seen_at: clock.now,
        expires_at: new Date(clock.now.getTime() + HOUR_MS),
      })
      .execute(),
  );
}

it.each([
  ['2026-11-30', '2027-02-28'],
  ['2026-12-01', '2027-03-01'],
  ['2027-11-30', '2028-02-29'],
  ['2026-07-05', '2026-10-05'],
])('who left on %s is erased from %s', (left, from) => expect(erasedFrom(left)).toBe(from));

describe('children', () => {
  it('whom a file no longer names: sign-in ends at once, the mail stays three months and is then erased, the address is nobody else’s', async () => {
    await bringAll();
    const gone = await accountOf('enfanta.morel');
    if (gone === null) throw new Error('no account');
    await openSession(gone.account);
    await leaveFirst();
    // The child, and the parent who has no other.
    expect((await dumpOf(store, 1))['leaver']).toHaveLength(2);
    expect(
      await store.read(ONE, (tx) => own(tx).selectFrom('session').selectAll().execute()),
    ).toEqual([]);
    expect(await runDue()).toEqual(['ended', 'ended']);
    expect(await runDue()).toEqual([]);
    clock.now = new Date('2027-02-02T22:00:00Z');
    expect(await runDue()).toEqual([]);
    expect((await dumpOf(store, 1))['entry']).toHaveLength(3);
    clock.now = new Date('2027-02-03T06:00:00Z');
    expect(await runDue()).toEqual(['erased', 'erased']);
    const dump = await dumpOf(store, 1);
    expect({
      entries: dump['entry']?.length,
      messages: dump['message']?.length,
      leavers: dump['leaver'],
    }).toEqual({ entries: 2, messages: 2, leavers: [] });
    expect(
      (await peopleOf(store, 1, clock.now, 'pupil')).map(({ address }) => address),
    ).not.toContain('enfanta.morel');
    expect(await accountOf('enfanta.morel')).toBeNull();
    expect(
      logged
        .filter(({ act }) => act === 'erase-leaver')
        .map(({ entries }) => entries)
        .sort(),
    ).toEqual([0, 1]);
    await rosters.apply(wishOf(1, [csv.pupils([...children.slice(1), TWIN])]));
    expect((await peopleOf(store, 1, clock.now, 'pupil')).map(({ address }) => address)).toContain(
      'enfanta.morel2',
    );
  });

  it('whose mail was erased are written down by what they were, and by no name', async () => {
    await bringAll();
    await leaveFirst();
    await runDue();
    clock.now = new Date('2027-02-03T06:00:00Z');
    expect(await runDue()).toEqual(['erased', 'erased']);
    const audit = await store.read(ONE, (tx) =>
      own(tx)
        .selectFrom('audit')
        .select(['act', 'subject'])
        .where('act', 'like', '%leaver%')
        .orderBy('id')
        .execute(),
    );
    const erased = (role: string, entries: number) => ({
      act: 'erase-leaver',
      subject: {
        role,
        left: '2026-11-03',
        entries,
        messages: 0,
        bytes: 0,
        backups: '2027-03-15',
      },
    });
    expect(audit).toHaveLength(2);
    expect(audit).toEqual(expect.arrayContaining([erased('pupil', 1), erased('guardian', 0)]));
    expect(JSON.stringify([logged, audit])).not.toMatch(/morel|enfant/i);
  });

  it('the same child again after the erasure has the old address, and an empty mailbox', async () => {
    await bringAll();
    await leaveFirst();
    await runDue();
    clock.now = new Date('2027-02-03T06:00:00Z');
    expect(await runDue()).toEqual(['erased', 'erased']);
    await rosters.apply(wishOf(1, [csv.pupils([...children.slice(1), TWIN])]));
    await rosters.apply(wishOf(1, [csv.pupils([...children, TWIN])]));
    expect(
      (await peopleOf(store, 1, clock.now, 'pupil')).filter(({ address }) =>
        address.startsWith('enfanta'),
      ),
    ).toMatchObject([{ address: 'enfanta.morel', state: 'active' }, { address: 'enfanta.morel2' }]);
  });

  it('who leaves on a day to come may come in until then, whatever is imported meanwhile; on that day classes, families and sessions end', async () => {
    await bringAll();
    const leaving = await leaveInFebruary();
    await openSession(leaving.account);
    expect(await runDue()).toEqual([]);
    const file = [csv.pupils(children)];
    expect((await rosters.apply(wishOf(1, file))).kind).toBe('nothing');
    clock.now = new Date('2027-02-09T20:00:00Z');
    await runDue();
    expect(
      await peopleOf(store, 1, clock.now, 'pupil').then((people) =>
        people.find(({ address }) => address === 'enfantc.morel'),
      ),
    ).toMatchObject({ state: 'active', classes: ['CP'] });
    clock.now = new Date('2027-02-09T23:05:01Z');
    heard.length = 0;
    expect(await runDue()).toEqual(['ended']);
    // What the child and their parent have open ends: mail programs hear it by the event.
    const parent = await accountOf('parentenfantc.morel');
    expect(heard.toSorted()).toEqual([leaving.account, parent?.account].toSorted());
    expect(
      await peopleOf(store, 1, clock.now, 'pupil').then((people) =>
        people.find(({ address }) => address === 'enfantc.morel'),
      ),
    ).toMatchObject({ state: 'suspended', classes: [] });
    expect(
      await store.read(ONE, (tx) => own(tx).selectFrom('session').selectAll().execute()),
    ).toEqual([]);
    expect(
      (await dumpOf(store, 1))['guardianship']?.some((row) =>
        row.includes(`"child_address_id":${leaving.id},`),
      ),
    ).toBe(false);
    // The parent of this child alone has left that day too, and is erased as anybody is.
    expect(await stateOf('parentenfantc.morel')).toEqual({
      state: 'suspended',
      leftOn: '2027-02-10',
    });
  });

  it('who comes back before the end is kept, with all their mail', async () => {
    await bringAll();
    await leaveInFebruary();
    clock.now = new Date('2027-02-09T23:05:01Z');
    expect(await runDue()).toEqual(['ended']);
    const before = await dumpOf(store, 1);
    await rosters.apply(wishOf(1, [csv.pupils(children)]));
    expect(
      await peopleOf(store, 1, clock.now, 'pupil').then((people) =>
        people.find(({ address }) => address === 'enfantc.morel'),
      ),
    ).toMatchObject({ state: 'active', classes: ['CP'] });
    clock.now = new Date('2027-06-01T06:00:00Z');
    // Nobody named the parent again: they are erased; the child is kept.
    expect((await runDue()).sort()).toEqual(['erased', 'gone']);
    expect((await dumpOf(store, 1))['entry']).toEqual(before['entry']);
    expect(
      await store.town((tx) =>
        tx.db.selectFrom('due').selectAll().where('kind', '=', 'leaver').execute(),
      ),
    ).toEqual([]);
  });
});

/** How a guardian's account stands. */
async function stateOf(local: string): Promise<{ state: string; leftOn: string | null } | null> {
  const found = await accountOf(local);
  if (found === null) return null;
  const { school_id: home } = await store.town((tx) =>
    tx.db
      .selectFrom('address')
      .select('school_id')
      .where('local', '=', local)
      .executeTakeFirstOrThrow(),
  );
  return store.read(home, async (tx) => {
    const row = await tx.db
      .selectFrom('account as a')
      .leftJoin('leaver as l', (join) =>
        join.onRef('l.school_id', '=', 'a.school_id').onRef('l.account_id', '=', 'a.id'),
      )
      .select(['a.state', 'l.left_on'])
      .where('a.school_id', '=', home)
      .where('a.id', '=', found.account)
      .executeTakeFirst();
    return row === undefined ? null : { state: row.state, leftOn: row.left_on };
  });
}

describe('guardians', () => {
  const [ada, bo, cy] = [
    pupil('Ada Sorel', 'CP', { birthDate: '2019-05-01' }),
    pupil('Bo Sorel', 'CP', { birthDate: '2017-05-01' }),
    pupil('Cy Tavel', 'CP', { birthDate: '2018-05-01' }),
  ];
  const others = Array.from({ length: 9 }, (_, index) =>
    pupil(`Petit${'abcdefghi'[index]} Vasse`, 'CP', { birthDate: `2019-03-0${index + 1}` }),
  );
  const both = guardian('Odile Sorel', [ada, bo], 'odile@exemple.fr');
  const one = guardian('Paul Sorel', [ada], 'paul@exemple.fr');
  const teacherToo = guardian('Rose Tavel', [cy], 'rose@exemple.fr');
  const give = (here: readonly (typeof ada)[], guardians: readonly (typeof both)[], school = 2) =>
    rosters.apply(wishOf(school, [csv.pupils([...others, ...here]), csv.guardians(guardians)]));

  it('leave with their last child, on the child’s day, and come back with a file that names them; an undo gives back the state before', async () => {
    clock.now = new Date('2027-03-01T08:00:00Z');
    await give([ada, bo, cy], [both, one, teacherToo]);
    const before = await dumpOf(store, 2);
    clock.now = new Date('2027-03-02T08:00:00Z');
    const left = await give([bo, cy], [{ ...both, children: [bo] }, teacherToo]);
    expect(left).toMatchObject({
      kind: 'applied',
      preview: {
        leaves: [
          { kind: 'pupil', name: 'Ada Sorel' },
          { kind: 'guardian', name: 'Paul Sorel' },
        ],
      },
    });
    expect(await stateOf('paul.sorel')).toEqual({ state: 'suspended', leftOn: '2027-03-02' });
    expect(await stateOf('odile.sorel')).toEqual({ state: 'active', leftOn: null });
    expect((await give([bo, cy], [{ ...both, children: [bo] }, teacherToo])).kind).toBe('nothing');
    await rosters.undo(2 as SchoolId, COMMAND_LINE);
    expect(await dumpOf(store, 2)).toEqual(before);
    await give([bo, cy], [{ ...both, children: [bo] }, teacherToo]);
    clock.now = new Date('2027-03-03T08:00:00Z');
    await give([ada, bo, cy], [both, one, teacherToo]);
    expect(await stateOf('paul.sorel')).toEqual({ state: 'active', leftOn: null });
    await runDue();
    expect(await stateOf('paul.sorel')).toEqual({ state: 'active', leftOn: null });
  });

  it('stay while they have a post, or a child who is at another school; wherever their mail lives', async () => {
    clock.now = new Date('2027-03-01T08:00:00Z');
    await give([ada, bo, cy], [both, one, teacherToo]);
    await givePost('rose.tavel', '2027-03-01');
    // Odile's other child is at another school of the town, and so is a tie of hers.
    const dora = pupil('Dora Sorel', 'CP', { birthDate: '2016-05-01' });
    const known = guardian('Odile Sorel', [dora], 'odile@exemple.fr');
    const odile = await accountOf('odile.sorel');
    await rosters.apply(wishOf(3, [csv.pupils([dora]), csv.guardians([known])]));
    const first = await rosters.preview(wishOf(3, [csv.pupils([dora]), csv.guardians([known])]));
    const question = first.kind === 'preview' ? first.preview.questions[0] : undefined;
    await rosters.apply(
      wishOf(
        3,
        [csv.pupils([dora]), csv.guardians([known])],
        question ? { decisions: { [question.key]: question.options[0]?.address ?? '' } } : {},
      ),
    );
    expect(
      await store.read(3 as SchoolId, (tx) =>
        own(tx).selectFrom('guardianship').select('guardian_address_id').execute(),
      ),
    ).toEqual([{ guardian_address_id: odile?.id }]);
    clock.now = new Date('2027-03-05T08:00:00Z');
    expect(
      await rosters.apply(
        wishOf(2, [csv.pupils(others)], { retyped: await leaving(2, [csv.pupils(others)]) }),
      ),
    ).toMatchObject({ kind: 'applied' });
    expect(await stateOf('rose.tavel')).toEqual({ state: 'active', leftOn: null });
    expect(await stateOf('odile.sorel')).toEqual({ state: 'active', leftOn: null });
    expect(await stateOf('paul.sorel')).toEqual({ state: 'suspended', leftOn: '2027-03-05' });
    // Her last child leaves another school than the one where her mail lives: looked at when that
    // can't be undone any more.
    clock.now = new Date('2027-03-08T08:00:00Z');
    const nobody = [csv.pupils([pupil('Zoé Nouvel', 'CP', { birthDate: '2016-07-01' })])];
    expect(
      await rosters.apply(wishOf(3, nobody, { retyped: await leaving(3, nobody) })),
    ).toMatchObject({ kind: 'applied' });
    await runDue();
    expect(await stateOf('odile.sorel')).toEqual({ state: 'active', leftOn: null });
    clock.now = new Date('2027-04-08T08:00:00Z');
    await runDue();
    expect(await stateOf('odile.sorel')).toEqual({ state: 'suspended', leftOn: '2027-04-08' });
    clock.now = new Date('2027-07-08T08:00:00Z');
    await runDue();
    expect(await stateOf('odile.sorel')).toBeNull();
  });

  /** Somebody of school 2 is of its staff from a day on. */
  async function givePost(local: string, from: string): Promise<void> {
    const person = await accountOf(local);
    if (person === null) throw new Error('no account');
    await store.write(2 as SchoolId, (tx) =>
      own(tx)
        .insertInto('post', {
          address_id: person.id,
          role: 'staff',
          from_date: from,
          until_date: null,
        })
        .execute(),
    );
  }

  async function leaving(
    school: number,
    files: Parameters<typeof wishOf>[1],
  ): Promise<number | null> {
    const seen = await rosters.preview(wishOf(school, files));
    const many =
      seen.kind === 'preview'
        ? seen.preview.stops.find((stop) => stop.kind === 'many-leave')
        : undefined;
    return many?.kind === 'many-leave' ? many.leaving : null;
  }
});
