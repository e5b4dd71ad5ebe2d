import { randomInt } from 'node:crypto';
import { setImmediate as others, setTimeout as sleep } from 'node:timers/promises';
import { TOWN, type AddressId, type SchoolId } from '../../ground/ids.ts';
import { openPace, type Rest } from '../../ground/pace.ts';
import { membersOf } from '../../mail/delivery/judging/expand.ts';
import type { AddressEntry, Roster } from '../../roster/snapshot.ts';
import type { Verdict } from '../../rules/decide.ts';
import type { Facts } from '../../rules/facts.ts';
import { isolationFaults } from '../../store/isolation.ts';
import type { QueryRunner } from '../../store/kysely-on.ts';
import { asIsolation } from '../../store/reckoning/as-isolation.ts';
import { boardReaders, strayNotices, type BoardReader } from '../../store/reckoning/boards.ts';
import { groupPapers, type ReckonedGroupPaper } from '../../store/reckoning/group-papers.ts';
import {
  correspondentsWays,
  doubleAccounts,
  lostMemberships,
  listedPupils,
  listWriters,
  misplacedAddresses,
  openedMailboxes,
  strayFiles,
  strayGifts,
  strayPapers,
  strayTicks,
  type OfAList,
} from '../../store/reckoning/lists-and-mailboxes.ts';
import { waysBetween, waysWithin, type PupilsWays } from '../../store/reckoning/who-may-write.ts';
import { listAddresses } from '../../store/schools/addresses.ts';
import { allSchools, readRoster } from '../../store/schools/roster.ts';
import type { Store } from '../../store/store.ts';
import type { IsolationDifference } from '../../store/town/contract.ts';
import { tryBoards } from './board-readers.ts';
import { isProven, type IsolationProof } from './contract.ts';
import { asDecided, type AsDecided } from './decided.ts';
import { paperFaults } from './paper-readers.ts';
import { foundTwice, Tried, triedWith } from './tried.ts';

interface IsolationParts {
  readonly store: Store;
  /** As the application signs in. */
  readonly databaseUrl: string;
  /** As the owner, who may become the role of the proof. */
  readonly adminUrl: string;
  readonly clock: () => Date;
  /** Waits between two statements. */
  readonly rest?: Rest;
}

/** A rest after a statement of a second, which is as long as one takes in a large town. */
const MOST_REST_MS = 6_000;
/** So many times as long as a statement took the database is mail's alone. */
const REST_TIMES = 6;
/** So long all rests are together: 15,000 pupils are proved within a minute. */
const RESTS_MS = 28_000;

/** Other rosters than those of now, other rules than ours: for a test of the proof itself. */
interface AskedOf {
  readonly rosters?: ReadonlyMap<SchoolId, Roster>;
  readonly decide?: (facts: Facts) => Verdict;
  /** What was reckoned before. */
  readonly reckoned?: Reckoned;
  /** These pupils alone. */
  readonly isAsked?: (pupil: AddressId) => boolean;
  /** What a look before has found, perhaps by chance: it is tried again. */
  readonly again?: readonly IsolationDifference[];
}

/**
 * Holds what the sending rules say of every pupil against what the reckoning allows (decision 89):
 * both ways, with everybody around their school, those of whom either says that they may, and some
 * from elsewhere by chance; lists, correspondents and mailboxes too. What differs is looked at
 * twice, what chance has shown too. Throws a `Fault` where the database doesn't answer.
 */
export async function proveIsolation(
  parts: IsolationParts,
  asked: AskedOf = {},
): Promise<IsolationProof> {
  const begunAt = parts.clock();
  const begun = performance.now();
  const first = await lookOnce(parts, asked);
  const second = isProven(first)
    ? null
    : await lookOnce(parts, { ...asked, again: first.differences });
  const found = second === null ? first : foundTwice(first, second);
  const seconds = Math.ceil((performance.now() - begun) / 1_000);
  const { pupils } = first;
  return { begunAt, seconds, pupils, ...found };
}

type Looked = Pick<IsolationProof, 'doors' | 'differences' | 'faults' | 'pupils'>;

/** Of those who have nothing to do with a pupil, so many of each role are tried with them. */
const FROM_ELSEWHERE = 3;
/** Nobody's address, and none that anybody approved. */
const STRANGER = 'inconnu@exemple.invalid';

/** One look. */
export async function lookOnce(parts: IsolationParts, asked: AskedOf = {}): Promise<Looked> {
  const { store, clock } = parts;
  const now = clock();
  const rosters = asked.rosters ?? (await readRosters(store));
  const lists = await store.readTown(listAddresses);
  const reckoned = asked.reckoned ?? (await reckon(parts));
  const decided = asDecided(rosters, now, asked.decide);
  const tried = new Tried(asked.again);
  const again = triedWith(asked.again ?? []);
  let pupils = 0;
  for (const [school, roster] of rosters) {
    await others();
    for (const { addressId, role } of roster.people.values()) {
      if (role !== 'pupil' || asked.isAsked?.(addressId) === false) continue;
      pupils += 1;
      tryPupil(tried, decided, { school, pupil: addressId, reckoned, again });
    }
  }
  tryLists(tried, decided, { lists, rosters, reckoned, now, again });
  for (const { pupil, by } of reckoned.opened)
    tried.note('mailbox-of-a-pupil', { from: by, to: pupil }, { decided: true, reckoned: false });
  const reading = {
    ...{ rosters, reckoned: reckoned.boards, now },
    isAsked: asked.isAsked ?? (() => true),
  };
  await tryBoards(tried, { ...reading, lists });
  const faults = [
    ...reckoned.faults,
    ...(await paperFaults({ ...reading, papers: reckoned.papers })),
  ];
  return { pupils, doors: tried.doors, differences: tried.differences, faults };
}

/** All rosters of the town, its own among them, as the rules are asked on them. */
export async function readRosters(store: Store): Promise<ReadonlyMap<SchoolId, Roster>> {
  const rosters = new Map<SchoolId, Roster>();
  for (const school of [TOWN, ...(await store.readTown(allSchools))]) {
    const roster = await store.read(school, readRoster);
    if (roster) rosters.set(school, roster);
  }
  return rosters;
}

/** What SQL allows, by pupil, by list. */
export interface Reckoned {
  readonly ways: ReadonlyMap<AddressId, Ways>;
  readonly writers: ReadonlyMap<AddressId, ReadonlySet<AddressId>>;
  readonly listed: ReadonlyMap<AddressId, ReadonlySet<AddressId>>;
  readonly correspondents: ReadonlyMap<AddressId, ReadonlySet<string>>;
  /** Every approved address of the town. */
  readonly approved: readonly string[];
  readonly opened: Awaited<ReturnType<typeof openedMailboxes>>;
  readonly boards: readonly BoardReader[];
  /** Those of groups. */
  readonly papers: readonly ReckonedGroupPaper[];
  readonly faults: readonly string[];
}

interface Ways {
  readonly reachedBy: Set<AddressId>;
  readonly reaches: Set<AddressId>;
}

const NO_WAYS: Ways = { reachedBy: new Set(), reaches: new Set() };

/**
 * Reckons, school by school as the application sees it, and between schools as the proof does. One
 * statement at a time, and between two the database belongs to mail for six times as long as the
 * last one took.
 */
export async function reckon({
  store,
  databaseUrl,
  adminUrl,
  clock,
  rest = sleep,
}: IsolationParts): Promise<Reckoned> {
  const asked = {
    now: clock(),
    breathe: openPace(rest, { mostMs: MOST_REST_MS, times: REST_TIMES, wholeMs: RESTS_MS }),
  };
  const ofTables = await isolationFaults(databaseUrl);
  const within = await waysOfEach(store, asked);
  const between = await asIsolation(adminUrl, (town) => reckonBetween(town, asked));
  const ways = new Map<AddressId, Ways>();
  for (const { pupil, reachedBy, reaches } of [...within, ...between.ways]) {
    const own = ways.get(pupil) ?? { reachedBy: new Set(), reaches: new Set() };
    for (const one of reachedBy) own.reachedBy.add(one);
    for (const one of reaches) own.reaches.add(one);
    ways.set(pupil, own);
  }
  return { ...between, ways, faults: [...ofTables, ...between.faults] };
}

/** What is asked at one moment, with rests in between. */
interface Moment {
  readonly now: Date;
  breathe(): Promise<void>;
}

async function waysOfEach(store: Store, { now, breathe }: Moment): Promise<readonly PupilsWays[]> {
  const ways: PupilsWays[] = [];
  for (const school of await store.readTown(allSchools)) {
    ways.push(...(await store.readMoment(school, (tx) => waysWithin(tx, now))));
    await breathe();
  }
  return ways;
}

/** What only who sees all schools can reckon. */
async function reckonBetween(town: Pick<QueryRunner, 'db'>, { now, breathe }: Moment) {
  const then = async <Found>(found: Promise<Found>): Promise<Found> => {
    const answer = await found;
    await breathe();
    return answer;
  };
  const correspondents = await then(correspondentsWays(town, now));
  return {
    ways: await then(waysBetween(town, now)),
    writers: byList(await then(listWriters(town, now))),
    listed: byList(await then(listedPupils(town, now))),
    correspondents: setsOf(correspondents.map(({ address, pupil }) => [pupil, address] as const)),
    approved: [...new Set(correspondents.map(({ address }) => address))],
    opened: await openedMailboxes(town),
    faults: [
      ...(await misplacedAddresses(town)),
      ...(await doubleAccounts(town)),
      ...(await lostMemberships(town)),
      ...(await strayPapers(town)),
      ...(await strayGifts(town)),
      ...(await strayFiles(town)),
      ...(await strayTicks(town)),
      ...(await strayNotices(town)),
    ],
    boards: await then(boardReaders(town, now)),
    papers: await then(groupPapers(town, now)),
  };
}

const byList = (pairs: readonly OfAList[]) =>
  setsOf(pairs.map(({ list, who }) => [list, who] as const));

function setsOf<Key, Item>(
  pairs: readonly (readonly [Key, Item])[],
): ReadonlyMap<Key, ReadonlySet<Item>> {
  const sets = new Map<Key, Set<Item>>();
  for (const [key, item] of pairs) {
    const set = sets.get(key) ?? new Set<Item>();
    sets.set(key, set.add(item));
  }
  return sets;
}

interface PupilTrial {
  readonly school: SchoolId;
  readonly pupil: AddressId;
  readonly reckoned: Reckoned;
  readonly again: ReturnType<typeof triedWith>;
}

/** A pupil with everybody who might come to them, and to whom they might. */
function tryPupil(tried: Tried, decided: AsDecided, trial: PupilTrial): void {
  const { school, pupil, reckoned, again } = trial;
  const ways = reckoned.ways.get(pupil) ?? NO_WAYS;
  const child = decided.person(pupil);
  if (child === null) return;
  const others = new Set([
    ...[school, ...child.presentIn].flatMap((one) => [...decided.around(one)]),
    ...decided.around(TOWN),
    ...ways.reachedBy,
    ...ways.reaches,
    ...[...(again.get(pupil) ?? [])].filter((one) => typeof one === 'number'),
    ...decided.byChance(FROM_ELSEWHERE),
  ]);
  others.delete(pupil);
  for (const id of others) {
    const other = decided.person(id);
    if (other === null) continue;
    tried.note(
      decided.door(id, pupil),
      { from: id, to: pupil },
      { decided: decided.reaches(id, pupil), reckoned: ways.reachedBy.has(id) },
    );
    // Between two pupils the way back is the other one's way in.
    if (other.person.role !== 'pupil')
      tried.note(
        decided.door(pupil, id),
        { from: pupil, to: id },
        { decided: decided.reaches(pupil, id), reckoned: ways.reaches.has(id) },
      );
  }
  tryOutside(tried, decided, trial);
}

function tryOutside(
  tried: Tried,
  decided: AsDecided,
  { pupil, reckoned, again }: PupilTrial,
): void {
  const approved = reckoned.correspondents.get(pupil) ?? new Set<string>();
  const another = reckoned.approved[randomInt(Math.max(1, reckoned.approved.length))];
  const before = [...(again.get(pupil) ?? [])].filter((one) => typeof one === 'string');
  const asked = new Set([STRANGER, ...approved, ...before, ...(another ? [another] : [])]);
  for (const from of asked) {
    const reckonedHere = approved.has(from);
    tried.note(
      reckonedHere ? 'correspondent-to-pupil' : 'stranger-to-pupil',
      { from, to: pupil },
      { decided: decided.reaches(from, pupil), reckoned: reckonedHere },
    );
    tried.note(
      'pupil-to-stranger',
      { from: pupil, to: from },
      { decided: decided.reaches(pupil, from), reckoned: false },
    );
  }
}

/** The kinds of list that lead to pupils. */
const TO_PUPILS: readonly AddressEntry['kind'][] = ['class', 'pupils', 'town'];

interface ListsTrial {
  readonly lists: readonly AddressEntry[];
  readonly rosters: ReadonlyMap<SchoolId, Roster>;
  readonly reckoned: Reckoned;
  readonly now: Date;
  readonly again: ReturnType<typeof triedWith>;
}

function tryLists(
  tried: Tried,
  decided: AsDecided,
  { lists, rosters, reckoned: { writers, listed }, now, again }: ListsTrial,
): void {
  for (const list of lists) {
    const may = writers.get(list.id) ?? new Set<AddressId>();
    const asked = new Set([
      ...decided.around(list.school),
      ...may,
      ...[...(again.get(list.id) ?? [])].filter((one) => typeof one === 'number'),
      ...decided.byChance(FROM_ELSEWHERE),
    ]);
    for (const who of asked) {
      const isPupil = decided.person(who)?.person.role === 'pupil';
      if (!isPupil && !TO_PUPILS.includes(list.kind)) continue;
      tried.note(
        isPupil ? 'pupil-to-list' : 'list-to-pupils',
        { from: who, to: list.id },
        { decided: decided.reaches(who, list), reckoned: may.has(who) },
      );
    }
    if (!TO_PUPILS.includes(list.kind) || may.size === 0) continue;
    const members = new Set(
      membersOf(list, rosters, now).filter((id) => decided.person(id)?.person.role === 'pupil'),
    );
    const reckoned = listed.get(list.id) ?? new Set<AddressId>();
    for (const pupil of new Set([...members, ...reckoned]))
      tried.note(
        'list-to-pupils',
        { from: list.id, to: pupil },
        { decided: members.has(pupil), reckoned: reckoned.has(pupil) },
      );
  }
}
