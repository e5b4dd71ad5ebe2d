import { chargeOf, type Charge, type RightsParts } from '../../directory/charge.ts';
import { peopleOf, type PersonAtSchool } from '../../directory/people-of.ts';
import { folded } from '../../ground/folding.ts';
import { type AddressId, isId, type MessageId } from '../../ground/ids.ts';
import type { Roster } from '../../roster/snapshot.ts';
import { auditRows, sendersOf, type AuditRow, type MeantPeople } from '../../store/trail.ts';
import type { Trail, TrailAsked, TrailEntry, Trails } from './contract.ts';

const PAGE = 50;
/** People whom a part of a name means; more are too many to mean any. */
const MOST_MEANT = 200;

/** What was done by whose hand: rows of ids, read with the names of today. */
export function openTrails(parts: RightsParts): Trails {
  return {
    ofSchool: async (viewer, school, asked) => {
      const charge = await chargeOf(parts, viewer, school);
      return charge && ofSchool(parts, charge, asked);
    },
  };
}

async function ofSchool(
  parts: RightsParts,
  charge: Charge,
  { before, person, day }: TrailAsked,
): Promise<Trail> {
  const { roster, school } = charge;
  const found = await parts.store.read(school, (tx) =>
    auditRows(
      tx,
      {
        before,
        day,
        people: person.trim() === '' ? null : meantBy([roster], person),
        timeZone: roster.school.timeZone,
        reader: charge.by,
        reports: charge.reason === null ? 'shown' : 'hidden',
      },
      PAGE + 1,
    ),
  );
  return {
    schoolName: roster.school.name,
    entries: await namedEntries(parts, [{ roster, rows: found.slice(0, PAGE) }]),
    more: found.length > PAGE,
  };
}

/** Rows of a school's journal. */
interface SchoolRows {
  readonly roster: Roster;
  readonly rows: readonly AuditRow[];
}

/** Rows of some schools' journals with the names of today, in the same order. */
export async function namedEntries(
  parts: RightsParts,
  some: readonly SchoolRows[],
): Promise<TrailEntry[]> {
  const all = some.flatMap(({ rows }) => rows);
  const senders = new Map(
    (await Promise.all(some.map((one) => sendersIn(parts, one)))).flatMap((one) => [...one]),
  );
  const [known, lists] = await Promise.all([
    peopleOf(parts.directory, [...all.flatMap(namedBy), ...senders.values()]),
    listsOf(parts, all),
  ]);
  return some.flatMap(({ roster, rows }) =>
    rows.map((row) => entryOf(row, { roster, known, senders, lists })),
  );
}

/** Who wrote the letters that these rows are about. */
async function sendersIn(
  { store }: RightsParts,
  { roster, rows }: SchoolRows,
): Promise<ReadonlyMap<MessageId, AddressId>> {
  const messages = rows.flatMap(({ subject }) =>
    isId<MessageId>(subject['message']) ? subject['message'] : [],
  );
  return messages.length === 0
    ? new Map()
    : store.read(roster.school.id, (tx) => sendersOf(tx, messages));
}

/** Everybody of these schools in whose name the text stands. */
export function meantBy(rosters: Iterable<Roster>, text: string): MeantPeople {
  const wanted = folded(text);
  const found = [...rosters]
    .flatMap(({ people }) => [...people.values()])
    .filter(
      ({ displayName, givenName, familyName }) =>
        wanted !== '' &&
        [displayName, `${givenName} ${familyName}`].some((name) => folded(name).includes(wanted)),
    )
    .slice(0, MOST_MEANT);
  return {
    addresses: found.map(({ addressId }) => addressId),
    accounts: found.map(({ account }) => account),
  };
}

function namedBy({ actor, subject }: AuditRow): AddressId[] {
  return [
    ...(actor === null ? [] : [actor]),
    ...[subject['people']].flat().filter(isId<AddressId>),
  ];
}

/** Class lists of any school, by their address's id. */
async function listsOf(
  { directory }: RightsParts,
  rows: readonly AuditRow[],
): Promise<ReadonlyMap<AddressId, string>> {
  const ids = rows.flatMap(({ subject }) =>
    isId<AddressId>(subject['otherClassAddress']) ? subject['otherClassAddress'] : [],
  );
  if (ids.length === 0) return new Map();
  const entries = await directory.byId([...new Set(ids)], { maxAgeMs: 0 });
  const rosters = await directory.rosters(
    [...entries.values()].map(({ school }) => school),
    { maxAgeMs: 0 },
  );
  return new Map(
    [...entries.values()].map(({ id, school, address }) => {
      const roster = rosters.get(school);
      const schoolClass = roster?.classByAddress.get(id);
      return [id, roster && schoolClass ? `${schoolClass.name}, ${roster.school.name}` : address];
    }),
  );
}

interface Naming {
  readonly roster: Roster;
  readonly known: ReadonlyMap<AddressId, PersonAtSchool>;
  readonly senders: ReadonlyMap<MessageId, AddressId>;
  readonly lists: ReadonlyMap<AddressId, string>;
}

function entryOf({ id, at, actor, act, subject }: AuditRow, naming: Naming): TrailEntry {
  const by = actor === null ? undefined : naming.known.get(actor)?.person;
  const words: Record<string, TrailEntry['words'][string]> = {};
  for (const [key, value] of Object.entries(subject)) {
    const word = wordOf(key, value, naming);
    if (word !== null) words[key] = word;
  }
  return {
    id,
    at,
    by: by?.displayName ?? '',
    byTown: by?.role === 'agent' || actor === null,
    act,
    words,
  };
}

/** The names of today in place of ids; null for what no sentence says. */
function wordOf(
  key: string,
  value: unknown,
  { roster, known, senders, lists }: Naming,
): TrailEntry['words'][string] | null {
  const nameOf = (id: unknown): string => at(known, id)?.person.displayName ?? '';
  const className = (id: unknown): string => at(roster.classes, id)?.name ?? '';
  switch (key) {
    case 'class':
      return className(value);
    case 'to':
    case 'from':
      return Array.isArray(value) ? value.map(className) : className(value);
    case 'people':
      return Array.isArray(value) ? value.map(nameOf) : [];
    case 'account':
      return (
        [...roster.people.values()].find(({ account }) => account === value)?.displayName ?? ''
      );
    case 'message':
      return nameOf(at(senders, value));
    case 'otherClassAddress':
      return at(lists, value) ?? '';
    case 'pairs':
    case 'undoes':
      return null;
    default:
      return plain(value);
  }
}

/** What an id of a journal leads to. */
const at = <Id extends number, Found>(
  all: ReadonlyMap<Id, Found>,
  id: unknown,
): Found | undefined => (isId<Id>(id) ? all.get(id) : undefined);

function plain(value: unknown): TrailEntry['words'][string] | null {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : null;
}
