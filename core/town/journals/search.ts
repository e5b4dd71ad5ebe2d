import { agentSchools, type RightsParts } from '../../directory/charge.ts';
import { peopleOf, type PersonAtSchool } from '../../directory/people-of.ts';
import { momentOf } from '../../ground/clock.ts';
import { TOWN, type AddressId, type SchoolId } from '../../ground/ids.ts';
import { dayAfter } from '../../roster/days.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { meantBy, namedEntries } from '../../school/classes/trail.ts';
import {
  agentJournal,
  noteReading,
  schoolJournals,
  type JournalFilter,
  type SchoolAuditRow,
} from '../../store/journals.ts';
import type { AgentActRow, MeantPeople } from '../../store/trail.ts';
import {
  JOURNAL_KINDS,
  type JournalAsked,
  type JournalEntry,
  type JournalPage,
  type Journals,
  type JournalSchool,
} from './contract.ts';

const PAGE = 50;
const MIDNIGHT = '00:00';
/** Lines of a file at most, read so many at a time. */
const MOST_LINES = 5_000;
const LINES_AT_ONCE = 500;
/** A page begins past these rows: of the schools' journals, and of the agents'. */
const PLACE = /^(\d{1,15})-(\d{1,15})$/;
/** Past no row. */
const NEWEST: Place = { school: 10 ** 15, agents: 10 ** 15 };

export function openJournals(parts: RightsParts): Journals {
  return {
    search: async (viewer, asked, after) => {
      const look = await begin(parts, viewer, {
        asked,
        act: after === null ? 'read-journals' : null,
      });
      return look && page(parts, look, { place: placeOf(after), limit: PAGE });
    },
    async whole(viewer, asked) {
      const look = await begin(parts, viewer, { asked, act: 'export-journals' });
      if (look === null) return null;
      const entries: JournalEntry[] = [];
      let next: string | null = null;
      do {
        const some = await page(parts, look, { place: placeOf(next), limit: LINES_AT_ONCE });
        entries.push(...some.entries);
        next = some.next;
      } while (next !== null && entries.length < MOST_LINES);
      return { entries, next, schools: schoolsOf(look) };
    },
  };
}

/** A search that somebody may make. */
interface Look {
  readonly asked: JournalAsked;
  readonly names: ReadonlyMap<SchoolId, string>;
  /** Whether what was done for the town, and in schools that are no more, is theirs to see. */
  readonly isOfTown: boolean;
  /** Null: a name means nobody. */
  readonly filter: JournalFilter | null;
}

/** The last row of each kind that stands on the pages before. */
interface Place {
  readonly school: number;
  readonly agents: number;
}

function placeOf(after: string | null): Place {
  const [, school, agents] = PLACE.exec(after ?? '') ?? [];
  return school === undefined ? NEWEST : { school: Number(school), agents: Number(agents) };
}

/** Null: this isn't theirs to see. That they look is written down, as an act of this name. */
async function begin(
  parts: RightsParts,
  viewer: Viewer,
  { asked, act }: { readonly asked: JournalAsked; readonly act: string | null },
): Promise<Look | null> {
  const [names, filter] = await Promise.all([agentSchools(parts, viewer), filterOf(parts, asked)]);
  if (names === null) return null;
  if (act !== null)
    await parts.store.town((tx) =>
      noteReading(tx, viewer.addressId, { act, what: inWords(asked, names) }),
    );
  return { asked, names, filter, isOfTown: viewer.communes === null };
}

/** What was looked for, as it was typed. */
function inWords(
  { who, whom, kind, from, until, school }: JournalAsked,
  names: ReadonlyMap<SchoolId, string>,
): string {
  const where = school === null ? '' : (names.get(school) ?? '');
  return [who, whom, kind ?? '', from ?? '', until ?? '', where]
    .filter((one) => one !== '')
    .join(', ');
}

/** Null: a name means nobody. */
async function filterOf(
  { directory }: RightsParts,
  { who, whom, kind, from, until }: JournalAsked,
): Promise<JournalFilter | null> {
  const isByName = `${who}${whom}`.trim() !== '';
  const rosters = isByName
    ? await directory.town({ maxAgeMs: 0 })
    : await directory.rosters([TOWN], { maxAgeMs: 0 });
  const timeZone = rosters.get(TOWN)?.school.timeZone ?? 'UTC';
  const people = (name: string): MeantPeople | null =>
    name.trim() === '' ? null : meantBy(rosters.values(), name);
  const filter = {
    who: people(who),
    whom: people(whom),
    acts: kind === null ? null : JOURNAL_KINDS[kind],
    firstAt: from === null ? null : momentOf(from, MIDNIGHT, timeZone),
    endAt: until === null ? null : momentOf(dayAfter(until, 1), MIDNIGHT, timeZone),
  };
  const isNobody = [filter.who, filter.whom].some((one) => one?.addresses.length === 0);
  return isNobody ? null : filter;
}

interface OfSchool {
  readonly of: 'school';
  readonly row: SchoolAuditRow;
}
type Found = OfSchool | { readonly of: 'agents'; readonly row: AgentActRow };

async function page(
  parts: RightsParts,
  look: Look,
  { place, limit }: { readonly place: Place; readonly limit: number },
): Promise<JournalPage> {
  const schools = schoolsOf(look);
  if (look.filter === null) return { entries: [], next: null, schools };
  const rows = await rowsOf(parts, look, { place, limit: limit + 1, filter: look.filter });
  const shown = rows.slice(0, limit);
  const last = (of: Found['of']): number =>
    shown.findLast((one) => one.of === of)?.row.id ?? place[of];
  return {
    entries: joined(await namedRows(parts, look, shown)),
    next: rows.length > limit ? `${last('school')}-${last('agents')}` : null,
    schools,
  };
}

const schoolsOf = ({ names }: Look): JournalSchool[] =>
  [...names].map(([id, name]) => ({ id, name }));

interface JournalSlice {
  readonly place: Place;
  readonly limit: number;
  readonly filter: JournalFilter;
}

/** The newest rows of all journals that are meant, past a place; both kinds are asked at once. */
async function rowsOf(
  { store }: RightsParts,
  { asked: { school, whom }, names, isOfTown }: Look,
  { place, limit, filter }: JournalSlice,
): Promise<Found[]> {
  const isNamed = whom.trim() !== '';
  const schools = [...names.keys()].filter((one) => school === null || school === one);
  const isAll = school === null || school === TOWN;
  const allOfAgents = isOfTown ? null : [...names.keys()];
  const ofAgents = isAll ? allOfAgents : schools;
  const [agents, rows] = await Promise.all([
    // Whom an act was about the school's own row says.
    isNamed
      ? []
      : store.readTown((tx) =>
          agentJournal(tx, { ...filter, schools: ofAgents }, { before: place.agents, limit }),
        ),
    store.readTown((tx) => schoolJournals(tx, filter, { schools, before: place.school, limit })),
  ]);
  const ofSchools = rows.map((row) => ({ of: 'school', row }) as const);
  return merged(ofSchools, agents).slice(0, limit);
}

/**
 * By their moment, each kind in the order of its numbers; what both say of one act stands side by
 * side, the school's first.
 */
function merged(ofSchools: readonly OfSchool[], agents: readonly AgentActRow[]): Found[] {
  const rows: Found[] = [];
  const left = agents.map((row) => ({ of: 'agents', row }) as const);
  for (const one of ofSchools) {
    const later = left.findIndex(({ row }) => row.at <= one.row.at);
    rows.push(...left.splice(0, later < 0 ? left.length : later), one);
  }
  return [...rows, ...left];
}

async function namedRows(
  parts: RightsParts,
  { names }: Look,
  found: readonly Found[],
): Promise<JournalEntry[]> {
  const ofSchools = found.filter((one) => one.of === 'school');
  const rosters = await parts.directory.rosters(
    ofSchools.map(({ row }) => row.school),
    { maxAgeMs: 0 },
  );
  const bySchool = [...Map.groupBy(ofSchools, ({ row }) => row.school)].flatMap(([id, some]) => {
    const roster = rosters.get(id);
    return roster === undefined ? [] : [{ roster, rows: some.map(({ row }) => row) }];
  });
  const [entries, agents] = await Promise.all([
    namedEntries(parts, bySchool),
    peopleOf(
      parts.directory,
      found.flatMap((one) => (one.of === 'agents' ? (one.row.agent ?? []) : [])),
    ),
  ]);
  const named = new Map(entries.map((entry) => [entry.id, entry]));
  const schoolEntry = ({ row: { id, school } }: OfSchool): JournalEntry[] => {
    const entry = named.get(id);
    const schoolName = names.get(school) ?? '';
    return entry === undefined
      ? []
      : [{ ...entry, of: 'school', school, schoolName, reason: null }];
  };
  return found.flatMap((one) =>
    one.of === 'school' ? schoolEntry(one) : agentEntry(one.row, agents, names),
  );
}

const agentEntry = (
  { id, at, agent, act, school, reason }: AgentActRow,
  agents: ReadonlyMap<AddressId, PersonAtSchool>,
  names: ReadonlyMap<SchoolId, string>,
): JournalEntry => ({
  of: 'agents',
  id,
  at,
  act,
  reason,
  by: agent === null ? '' : (agents.get(agent)?.person.displayName ?? ''),
  school: school ?? TOWN,
  schoolName: names.get(school ?? TOWN) ?? '',
});

/**
 * An act of an agent in a school stands in both journals: it is shown once, with whom it was about
 * and why.
 */
function joined(entries: readonly JournalEntry[]): JournalEntry[] {
  const shown: JournalEntry[] = [];
  for (const one of entries) {
    const place = one.of === 'agents' ? shown.findLastIndex((other) => isSameAct(one, other)) : -1;
    const same = shown[place];
    if (same?.of === 'school') shown[place] = { ...same, reason: one.reason };
    else shown.push(one);
  }
  return shown;
}

const isSameAct = (one: JournalEntry, other: JournalEntry): boolean =>
  other.of === 'school' &&
  other.reason === null &&
  other.act === one.act &&
  other.school === one.school &&
  other.at.getTime() === one.at.getTime();
