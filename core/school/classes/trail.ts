import { chargeOf, isAgent, type Charge, type RightsParts } from '../../directory/charge.ts';
import { peopleOf, type PersonAtSchool } from '../../directory/people-of.ts';
import { folded } from '../../ground/folding.ts';
import type { AccountId, AddressId, ClassId, MessageId, SchoolId } from '../../ground/ids.ts';
import type { Roster } from '../../roster/snapshot.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { agentActs, auditRows, sendersOf, type AuditRow } from '../../store/trail.ts';
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
    ofAgents: (viewer, { before }) => ofAgents(parts, viewer, before),
  };
}

async function ofSchool(
  parts: RightsParts,
  charge: Charge,
  { before, person, day }: TrailAsked,
): Promise<Trail> {
  const { roster, school } = charge;
  const people = person.trim() === '' ? null : meant(roster, person);
  const { rows, senders } = await parts.store.read(school, async (tx) => {
    const found = await auditRows(
      tx,
      {
        before,
        day,
        people,
        timeZone: roster.school.timeZone,
        reader: charge.by,
        reports: charge.reason === null ? 'shown' : 'hidden',
      },
      PAGE + 1,
    );
    return {
      rows: found,
      senders: await sendersOf(
        tx,
        found.flatMap(({ subject }) =>
          typeof subject['message'] === 'number' ? [subject['message'] as MessageId] : [],
        ),
      ),
    };
  });
  const shown = rows.slice(0, PAGE);
  const known = await peopleOf(parts.directory, [...shown.flatMap(namedBy), ...senders.values()]);
  const naming: Naming = { roster, known, senders, lists: await listsOf(parts, shown) };
  return {
    schoolName: roster.school.name,
    entries: shown.map((row) => entryOf(row, naming)),
    more: rows.length > PAGE,
  };
}

/** Everybody of the school in whose name the text stands. */
function meant(roster: Roster, text: string): { addresses: AddressId[]; accounts: AccountId[] } {
  const wanted = folded(text);
  const found = [...roster.people.values()]
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
    ...(Array.isArray(subject['people']) ? (subject['people'] as AddressId[]) : []),
  ];
}

/** Class lists of any school, by their address's id. */
async function listsOf(
  { directory }: RightsParts,
  rows: readonly AuditRow[],
): Promise<ReadonlyMap<AddressId, string>> {
  const ids = rows.flatMap(({ subject }) =>
    typeof subject['otherClassAddress'] === 'number'
      ? [subject['otherClassAddress'] as AddressId]
      : [],
  );
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
  const nameOf = (id: unknown): string => known.get(id as AddressId)?.person.displayName ?? '';
  const className = (id: unknown): string => roster.classes.get(id as ClassId)?.name ?? '';
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
      return nameOf(senders.get(value as MessageId));
    case 'otherClassAddress':
      return lists.get(value as AddressId) ?? '';
    case 'pairs':
    case 'undoes':
      return null;
    default:
      return plain(value);
  }
}

function plain(value: unknown): TrailEntry['words'][string] | null {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : null;
}

async function ofAgents(
  parts: RightsParts,
  viewer: Viewer,
  before: number | null,
): ReturnType<Trails['ofAgents']> {
  if (!(await isAgent(parts, viewer))) return null;
  const rows = await parts.store.town((tx) => agentActs(tx, before, PAGE + 1));
  const known = await peopleOf(
    parts.directory,
    rows.flatMap(({ agent }) => agent ?? []),
  );
  const entries = rows.slice(0, PAGE).map((row) => ({
    id: row.id,
    at: row.at,
    act: row.act,
    reason: row.reason,
    by: row.agent === null ? '' : (known.get(row.agent)?.person.displayName ?? ''),
    schoolName: row.school === (0 as SchoolId) ? '' : (row.schoolName ?? ''),
  }));
  return { entries, more: rows.length > PAGE };
}
