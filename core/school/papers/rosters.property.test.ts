import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import type { PaperId, SchoolId } from '../../ground/ids.ts';
import type { Standing } from './contract.ts';
import { openPaperTown } from './testing/paper-town.ts';

/**
 * Rosters of chance, written into the database, and beside them who is to be asked and counted as
 * a school would say it, by nothing of ours: no guardian too many, and none missing.
 */
const { town, claire, papers } = await openPaperTown();

/** One by which all that is told apart below happens. */
const SEED = 33;
const RUNS = 8;
const LONG_RUNS = 1_000;

const TODAY = '2026-11-24';
const WITHDRAWN = new Date('2026-11-23T10:00:00Z');
const CHILDREN = ['amine.benali', 'lina.moreau', 'noe.garnier', 'theo.jourdain'] as const;
const GUARDIANS = ['samira.benali', 'farid.benali', 'karine.moreau', 'elodie.garnier'] as const;
const viewers = await Promise.all(GUARDIANS.map((local) => town.viewer(local)));

type Tie = 'none' | 'tied' | 'blocked' | 'silent';
interface Child {
  readonly from: string;
  readonly until: string | null;
  readonly isActive: boolean;
  /** The letter was about them. */
  readonly isNamed: boolean;
  /** To each guardian. */
  readonly ties: readonly Tie[];
}
interface Life {
  readonly children: readonly Child[];
  readonly active: readonly boolean[];
  readonly version: number;
  readonly needed: 'one' | 'each';
  readonly until: string;
  readonly isWithdrawn: boolean;
  readonly answers: readonly {
    readonly child: number;
    readonly guardian: number;
    readonly version: number;
    readonly says: 'yes' | 'no';
  }[];
}

const mostly = fc.constantFrom(true, true, true, false);
const child: fc.Arbitrary<Child> = fc.record({
  from: fc.constantFrom('2026-09-01', '2026-11-20', '2026-11-23', TODAY, '2026-12-01'),
  until: fc.constantFrom(null, null, '2026-12-18', TODAY, '2026-11-23'),
  isActive: mostly,
  isNamed: fc.boolean(),
  ties: fc.array(fc.constantFrom<Tie>('none', 'tied', 'tied', 'blocked', 'silent'), {
    minLength: GUARDIANS.length,
    maxLength: GUARDIANS.length,
  }),
});
const life: fc.Arbitrary<Life> = fc.record({
  children: fc.array(child, { minLength: CHILDREN.length, maxLength: CHILDREN.length }),
  active: fc.array(mostly, { minLength: GUARDIANS.length, maxLength: GUARDIANS.length }),
  version: fc.constantFrom(1, 2),
  needed: fc.constantFrom('one', 'each'),
  until: fc.constantFrom('2026-11-25T17:00Z', '2026-11-25T17:00Z', '2026-11-22T17:00Z'),
  isWithdrawn: fc.constantFrom(false, false, false, true),
  answers: fc.array(
    fc.record({
      child: fc.nat(CHILDREN.length - 1),
      guardian: fc.nat(GUARDIANS.length - 1),
      version: fc.constantFrom(1, 2),
      says: fc.constantFrom('yes', 'yes', 'yes', 'no'),
    }),
    { maxLength: 12, size: 'max' },
  ),
});

it('asks and counts whoever is to answer, in rosters of chance', () => through(RUNS, SEED));
it('and so in a thousand more', SOAKED, () => through(LONG_RUNS, undefined));

const through = (numRuns: number, seed: number | undefined): Promise<void> =>
  fc.assert(fc.asyncProperty(life, holds), {
    numRuns,
    ...(seed !== undefined && { seed }),
  });

async function holds(one: Life): Promise<void> {
  const ref = { school: 1 as SchoolId, paper: await write(one) };
  const expected = one.children.map((_, at) => expectedOf(one, at));
  const state = await papers.state(claire, ref);
  const seen = state?.children.map(({ name, guardians, standing }) => ({
    name,
    guardians: guardians.flatMap((each) => (each.mayAnswer ? each.id : [])).toSorted(),
    standing: standing.kind,
  }));
  expect(seen?.toSorted(byName)).toEqual(
    expected
      .filter(({ isAsked }) => isAsked)
      .map(({ name, guardians, standing }) => ({
        name,
        guardians: guardians.map((at) => viewers[at]?.addressId).toSorted(),
        standing,
      }))
      .toSorted(byName),
  );
  for (const [at, viewer] of viewers.entries()) {
    if (one.active[at] !== true) continue;
    const own = expected.filter(({ isAsked, guardians }) => isAsked && guardians.includes(at));
    const slips = await papers.slips(viewer);
    expect(slips.map(({ childName, waits }) => `${childName} ${waits}`).toSorted()).toEqual(
      own.map(({ givenName, waitsFor }) => `${givenName} ${waitsFor.includes(at)}`).toSorted(),
    );
    expect(await papers.waitingCount(viewer)).toBe(
      own.filter(({ waitsFor }) => waitsFor.includes(at)).length,
    );
  }
  const waiting = new Set(expected.flatMap(({ isAsked, waitsFor }) => (isAsked ? waitsFor : [])));
  expect(await papers.remind(claire, ref, null)).toEqual({ reminded: waiting.size });
}

const byName = (one: { readonly name: string }, other: { readonly name: string }): number =>
  one.name < other.name ? -1 : 1;

/** What a school would say of a child: in its own words, by none of the code that is tried. */
function expectedOf(one: Life, at: number) {
  const own = one.children[at];
  if (own === undefined) throw new Error('no child');
  const [givenName = '', familyName = ''] = (CHILDREN[at] ?? '').split('.');
  const ended = [one.until.slice(0, 10), ...(one.isWithdrawn ? ['2026-11-23'] : [])].toSorted();
  const isThere = own.isActive && own.from <= TODAY && (lastOf(own) ?? TODAY) >= TODAY;
  const guardians = own.ties.flatMap((tie, guardian) =>
    (tie === 'tied' || tie === 'silent') && one.active[guardian] === true ? [guardian] : [],
  );
  const words = new Map(
    one.answers
      .filter((each) => each.child === at && each.version === one.version)
      .map(({ guardian, says }) => [guardian, says] as const),
  );
  const missing = guardians.filter((guardian) => !words.has(guardian));
  const standing = standingIn({ needed: one.needed, guardians, words, missing });
  const isOpen = !one.isWithdrawn && one.until > `${TODAY}T`;
  const isSilent = own.ties.includes('silent');
  return {
    name: `${NAMES.get(givenName) ?? ''} ${FAMILIES.get(familyName) ?? ''}`,
    givenName: NAMES.get(givenName) ?? '',
    isAsked: isThere && (own.isNamed || own.from <= (ended[0] ?? '')),
    guardians,
    standing,
    waitsFor: isOpen && (isSilent || standing === 'waiting') ? missing : [],
  };
}

const NAMES = new Map([
  ['amine', 'Amine'],
  ['lina', 'Lina'],
  ['noe', 'Noé'],
  ['theo', 'Théo'],
]);
const FAMILIES = new Map([
  ['benali', 'Benali'],
  ['moreau', 'Moreau'],
  ['garnier', 'Garnier'],
  ['jourdain', 'Jourdain'],
]);

function standingIn({
  needed,
  guardians,
  words,
  missing,
}: {
  readonly needed: Life['needed'];
  readonly guardians: readonly number[];
  readonly words: ReadonlyMap<number, 'yes' | 'no'>;
  readonly missing: readonly number[];
}): Standing['kind'] {
  if ([...words.values()].includes('no')) return 'no';
  if (words.size > 0 && (needed === 'one' || missing.length === 0)) return 'yes';
  return guardians.length === 0 ? 'nobody' : 'waiting';
}

/** Nobody leaves before they came. */
const lastOf = ({ from, until }: Child): string | null =>
  until !== null && until < from ? null : until;

/** Writes a life down in place of the one before; gives the paper. */
async function write(one: Life): Promise<PaperId> {
  const { rows } = await town.admin.query<{ local: string; id: number }>(
    'select local, id::integer from address where local = any($1)',
    [[...CHILDREN, ...GUARDIANS]],
  );
  const idOf = new Map(rows.map(({ local, id }) => [local, id]));
  const children = CHILDREN.map((local) => idOf.get(local) ?? 0);
  const guardians = GUARDIANS.map((local) => idOf.get(local) ?? 0);
  const run = (text: string, values: readonly unknown[] = []) =>
    town.admin.query(text, [...values]);
  await run('delete from paper');
  await run('delete from guardianship');
  await run(`delete from membership where role = 'pupil' and class_id = (select id from class
    where school_id = 1 and name = 'CE1 A')`);
  await run(
    `insert into membership (school_id, class_id, address_id, role, from_date, until_date)
     select 1, c.id, k.child, 'pupil', k.since, k.last
     from class c, unnest($1::bigint[], $2::date[], $3::date[]) as k (child, since, last)
     where c.school_id = 1 and c.name = 'CE1 A'`,
    [children, one.children.map(({ from }) => from), one.children.map(lastOf)],
  );
  const ties = one.children.flatMap(({ ties: some }, at) =>
    some.flatMap((tie, guardian) =>
      tie === 'none' ? [] : [{ child: children[at], guardian: guardians[guardian], tie }],
    ),
  );
  await run(
    `insert into guardianship (school_id, child_address_id, guardian_address_id, blocked, silent)
     select 1, k.child, k.guardian, k.tie = 'blocked', k.tie = 'silent'
     from unnest($1::bigint[], $2::bigint[], $3::text[]) as k (child, guardian, tie)`,
    [ties.map((tie) => tie.child), ties.map((tie) => tie.guardian), ties.map(({ tie }) => tie)],
  );
  await run(
    `update account set state = case when k.active then 'active' else 'suspended' end
     from unnest($1::bigint[], $2::boolean[]) as k (id, active)
     where address_id = k.id`,
    [
      [...children, ...guardians],
      [...one.children.map(({ isActive }) => isActive), ...one.active],
    ],
  );
  await run('update school set roster_version = roster_version + 1');
  return writePaper(one, { children, guardians });
}

interface Ids {
  readonly children: readonly number[];
  readonly guardians: readonly number[];
}

async function writePaper(one: Life, { children, guardians }: Ids): Promise<PaperId> {
  const run = (text: string, values: readonly unknown[]) =>
    town.admin.query<{ id: string }>(text, [...values]);
  const { rows } = await run(
    `insert into paper (school_id, author_address_id, author_name, class_id, about, recipient,
       version, made_at, asked_at, withdrawn_at, gone_at)
     select 1, $1, 'Claire', id, 'CE1 A', 'familles', $2, $3, $3, $4, '2028-09-01'
     from class
     where school_id = 1 and name = 'CE1 A'
     returning id`,
    [
      claire.addressId,
      one.version,
      new Date('2026-11-16T10:00Z'),
      one.isWithdrawn ? WITHDRAWN : null,
    ],
  );
  const paper = Number(rows[0]?.id);
  await run(
    `insert into paper_version (school_id, paper_id, version, letter, letter_hash, subject, body,
       text, place, price, question, options, needed, until_at, asks_number, made_at, gone_at)
     select 1, $1, v, gen_random_uuid(), '', 'Sortie', '', 'J’autorise', '', '', 'yes-no', '{}',
       $3, $4, false, '2026-11-16', '2028-09-01'
     from generate_series(1, $2) as v`,
    [paper, one.version, one.needed, one.until],
  );
  const named = children.filter((_, at) => one.children[at]?.isNamed);
  await run(
    `insert into paper_child (school_id, paper_id, pupil_address_id, name)
     select 1, $1, a.address_id, a.given_name || ' ' || a.family_name
     from account a
     where a.address_id = any($2)`,
    [paper, named],
  );
  for (const { child: at, guardian, version, says } of one.answers)
    if (version <= one.version)
      await run(
        `insert into paper_answer (school_id, paper_id, version, pupil_address_id,
           signer_address_id, signer_name, says, note, at, way, by_address_id, slip_hash, hash)
         values (1, $1, $2, $3, $4, '', $5, '', now(), 'password', $4, '', '')`,
        [paper, version, children[at], guardians[guardian], says],
      );
  return paper as PaperId;
}
