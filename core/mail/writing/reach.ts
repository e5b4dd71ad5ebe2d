import { listFace, personFace } from '../../directory/faces.ts';
import { dayAt } from '../../ground/clock.ts';
import { TOWN, type AddressId, type SchoolId } from '../../ground/ids.ts';
import { NO_RECENT_ACTIVITY, type From } from '../../roster/relate.ts';
import { isCurrent, type AddressEntry, type Roster } from '../../roster/snapshot.ts';
import {
  inBoth,
  meet,
  roleTowards,
  standingOf,
  type PersonStanding,
} from '../../roster/standing.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { addressesOfSchools, findAdults, listsOfSchools } from '../../store/people/address-book.ts';
import { membersFor, membersOf } from '../delivery/judging/expand.ts';
import { inReach } from '../delivery/judging/judge.ts';
import { isOwnAddress } from '../groups/own-addresses.ts';
import type { Reachable } from './contract.ts';
import { remembered } from './correspondents.ts';
import { ownGroupsInReach, type AllowedAddresses } from './own-lists.ts';
import type { ReachParts } from './parts.ts';

/** Adults found by a part of their name, at most. */
const MAX_FOUND = 20;

const ORDER: readonly Reachable['group'][] = [
  'class-list',
  'own-groups',
  'lists',
  'teachers',
  'classmates',
  'linked',
  'pupils',
  'families',
  'team',
  'other-schools',
  'town',
  'outside',
];

/**
 * Everybody and every list that a viewer may write to today: `decide` over all that stand near
 * them, and nothing else.
 */
export async function reachOf(parts: ReachParts, viewer: Viewer): Promise<Reachable[]> {
  const { directory, store } = parts;
  const own = (await directory.byId([viewer.addressId], { maxAgeMs: 0 })).get(viewer.addressId);
  const schools = [viewer.school, ...(own?.presentIn ?? [])];
  const rosters = await directory.rosters(schools, { maxAgeMs: 0 });
  const near = await store.readTown((tx) => addressesOfSchools(tx, [...schools, TOWN]));
  const strangers = await directory.byId(strangersIn(rosters, new Set(near.map(({ id }) => id))), {
    maxAgeMs: 0,
  });
  const linked = await linkedPeople(parts, viewer, rosters);
  const candidates = [
    ...new Map(
      [...near, ...strangers.values(), ...linked].map((entry) => [entry.id, entry]),
    ).values(),
  ];
  const [reached, groups] = await Promise.all([
    shown(parts, viewer, candidates),
    ownGroups(parts, viewer),
  ]);
  return withGroups(reached, groups);
}

/** Of these addresses, those of people who may be written to today. */
export function allowedOf(parts: ReachParts, viewer: Viewer): AllowedAddresses {
  return async (addresses) => {
    const entries = await parts.directory.resolve(addresses, { maxAgeMs: 0 });
    const may = entries.size === 0 ? [] : await shown(parts, viewer, [...entries.values()]);
    return new Set(may.map(({ address }) => address));
  };
}

const ownGroups = (parts: ReachParts, viewer: Viewer): Promise<readonly Reachable[]> =>
  ownGroupsInReach(parts, viewer, allowedOf(parts, viewer));

/** Own groups stand after the classes. */
const withGroups = (reached: readonly Reachable[], groups: readonly Reachable[]): Reachable[] => {
  const before = reached.filter(({ group }) => group === 'class-list');
  return [...before, ...groups, ...reached.slice(before.length)];
};

/** The lists within reach: of the schools where the viewer is somebody, and of the town. */
export async function listsOf(parts: ReachParts, viewer: Viewer): Promise<Reachable[]> {
  const { directory, store } = parts;
  const own = (await directory.byId([viewer.addressId], { maxAgeMs: 0 })).get(viewer.addressId);
  const schools = [viewer.school, ...(own?.presentIn ?? []), TOWN];
  const [lists, groups] = await Promise.all([
    store
      .readTown((tx) => listsOfSchools(tx, schools))
      .then((found) => shown(parts, viewer, found)),
    ownGroups(parts, viewer),
  ]);
  return withGroups(lists, groups);
}

/** Of these addresses, those of people and lists within reach; of one school or another. */
export async function among(
  parts: ReachParts,
  viewer: Viewer,
  addresses: readonly string[],
): Promise<Reachable[]> {
  const entries = await parts.directory.resolve(
    addresses.filter((address) => !isOwnAddress(address)),
    { maxAgeMs: 0 },
  );
  const own = addresses.some(isOwnAddress) ? await ownGroups(parts, viewer) : [];
  const chosen = own.filter(({ address }) => addresses.includes(address));
  const reached = entries.size === 0 ? [] : await shown(parts, viewer, [...entries.values()]);
  return withGroups(reached, chosen);
}

/** The guardians of those of these addresses that are pupils', as far as they are within reach. */
export async function familiesOf(
  parts: ReachParts,
  viewer: Viewer,
  addresses: readonly string[],
): Promise<Reachable[]> {
  const { directory } = parts;
  const chosen = [...(await directory.resolve(addresses, { maxAgeMs: 0 })).values()];
  // A child of two schools has the guardians that each of them knows.
  const rosters = await directory.rosters(
    chosen.flatMap(({ school, presentIn }) => [school, ...presentIn]),
    { maxAgeMs: 0 },
  );
  const guardians = chosen.flatMap(({ id }) =>
    [...rosters.values()].flatMap((roster) => roster.guardiansOf.get(id) ?? []),
  );
  const entries = await directory.byId(guardians, { maxAgeMs: 0 });
  return entries.size === 0 ? [] : shown(parts, viewer, [...entries.values()]);
}

/**
 * Adults of the whole town by name, then outside correspondents; children are never found, only
 * picked from one's own classes.
 */
export async function findInTown(
  parts: ReachParts,
  viewer: Viewer,
  text: string,
): Promise<Reachable[]> {
  if (viewer.role === 'pupil' || viewer.role === 'guardian' || text.trim().length < 2) return [];
  const found = await findAdults(parts.store, text.trim(), MAX_FOUND);
  const known = await parts.directory.byId(found, { maxAgeMs: 0 });
  const [inTown, outside] = await Promise.all([
    shown(parts, viewer, [...known.values()]),
    remembered(parts, viewer, text.trim()),
  ]);
  return [...inTown, ...outside];
}

async function shown(
  parts: ReachParts,
  viewer: Viewer,
  candidates: readonly AddressEntry[],
): Promise<Reachable[]> {
  const now = parts.clock();
  const recentActivity =
    viewer.role === 'pupil' ? await parts.recentActivity(viewer, candidates) : NO_RECENT_ACTIVITY;
  const { reached, rosters, from } = await inReach(
    parts.directory,
    {
      sender: { kind: 'account', viewer },
      lifted: [],
      recentActivity,
      now,
      ourDomains: new Set([parts.domain]),
      maxAgeMs: 0,
    },
    candidates,
  );
  if (from?.kind !== 'person') return [];
  const list = reached.flatMap((entry) => reachable(entry, { viewer, from, rosters, now }) ?? []);
  return list.sort(
    (one, other) =>
      ORDER.indexOf(one.group) - ORDER.indexOf(other.group) ||
      one.name.localeCompare(other.name, 'fr'),
  );
}

/** Members of these schools' classes and teams whose home is elsewhere. */
function strangersIn(
  rosters: ReadonlyMap<SchoolId, Roster>,
  known: ReadonlySet<AddressId>,
): AddressId[] {
  const ids = [...rosters.values()].flatMap((roster) => [
    ...roster.membershipsOf.keys(),
    ...roster.postsOf.keys(),
    ...roster.childrenOf.keys(),
  ]);
  return [...new Set(ids)].filter((id) => !known.has(id));
}

/** Pupils and teachers of the classes that the viewer's classes are linked with. */
async function linkedPeople(
  { directory, clock }: ReachParts,
  viewer: Viewer,
  rosters: ReadonlyMap<SchoolId, Roster>,
): Promise<AddressEntry[]> {
  const addresses = viewer.classes.flatMap(({ id }) =>
    [...rosters.values()]
      .flatMap((roster) => roster.linksOf.get(id) ?? [])
      .map((side) => side.otherClassAddress),
  );
  const classes = [...(await directory.byId(addresses, { maxAgeMs: 0 })).values()];
  const others = await directory.rosters(
    classes.map(({ school }) => school),
    { maxAgeMs: 0 },
  );
  const members = classes.flatMap((entry) => membersOf(entry, others, clock()));
  return [...(await directory.byId(members, { maxAgeMs: 0 })).values()];
}

interface WriterNow {
  readonly viewer: Viewer;
  readonly from: From & { kind: 'person' };
  readonly rosters: ReadonlyMap<SchoolId, Roster>;
  readonly now: Date;
}

function reachable(entry: AddressEntry, writer: WriterNow): Reachable | null {
  const roster = writer.rosters.get(entry.school);
  if (!roster) return null;
  if (entry.kind !== 'account')
    return reachableList({ entry, listKind: entry.kind, roster }, writer);
  const person = roster.people.get(entry.id);
  if (!person) return null;
  const standing = standingOf(
    { person, home: entry.school },
    [...writer.rosters.values()],
    writer.now,
  );
  return {
    ...personFace(person, roster, {
      viewer: writer.viewer,
      roster: writer.rosters.get(writer.viewer.school),
      now: writer.now,
    }),
    group: groupOf(standing, writer),
    listKind: null,
    count: 1,
    classes: classesOf(standing, writer),
    title: titleOf(standing, writer),
  };
}

/** A list, of what kind it is, and the roster that it is of. */
interface ReachedList {
  readonly entry: AddressEntry;
  readonly listKind: Exclude<AddressEntry['kind'], 'account'>;
  readonly roster: Roster;
}

function reachableList(
  { entry, listKind, roster }: ReachedList,
  { viewer, from, rosters, now }: WriterNow,
): Reachable | null {
  const members = membersFor(from.standing, entry, { rosters, now }).filter(
    (id) => id !== viewer.addressId,
  );
  // A post that nobody else holds today leads nowhere.
  if (members.length === 0 && (listKind === 'headship' || listKind === 'office')) return null;
  const isOwn =
    listKind === 'class' &&
    entry.target !== null &&
    (from.standing.pupilOf.has(entry.target) || from.standing.teacherOf.has(entry.target));
  const others = entry.school === TOWN ? 'town' : 'lists';
  const group = isOwn ? 'class-list' : others;
  const face = listFace(entry, roster);
  return {
    ...face,
    group,
    listKind,
    count: members.length,
    classes: listKind === 'class' || listKind === 'class-families' ? [face.name] : [],
    title: listKind,
  };
}

function groupOf(other: PersonStanding, { viewer, from }: WriterNow): Reachable['group'] {
  const { role } = other.person;
  if (role === 'agent') return 'town';
  if (role === 'guardian') return 'families';
  const isNear = meet(other.schools, from.standing.schools);
  if (role === 'pupil' && !isNear) return 'linked';
  if (role === 'pupil') {
    const inClass = inBoth(other.pupilOf, from.standing.pupilOf).length > 0;
    return viewer.role === 'pupil' && inClass ? 'classmates' : 'pupils';
  }
  if (!isNear) return viewer.role === 'pupil' ? 'linked' : 'other-schools';
  return viewer.role === 'pupil' || viewer.role === 'guardian' ? 'teachers' : 'team';
}

/** Names of their current classes; of a guardian those of their children. */
function classesOf(other: PersonStanding, { rosters, now }: WriterNow): string[] {
  if (other.person.role !== 'guardian')
    return [...other.pupilOf.values(), ...other.teacherOf.values()].map(({ name }) => name);
  const names = [...rosters.values()].flatMap((roster) => {
    const day = dayAt(now, roster.school.timeZone);
    return [...other.children]
      .flatMap((child) => roster.membershipsOf.get(child) ?? [])
      .filter((one) => isCurrent(one, day))
      .flatMap((one) => roster.classes.get(one.classId)?.name ?? []);
  });
  return [...new Set(names)];
}

/** What to say beside a name: a role, or for a guardian the names of their children. */
function titleOf(other: PersonStanding, { from, rosters, now }: WriterNow): string {
  if (other.person.role !== 'guardian') return roleTowards(other, from.standing.schools);
  const children = [...other.children].flatMap((child) =>
    [...rosters.values()].flatMap((roster) => {
      const day = dayAt(now, roster.school.timeZone);
      const isHere = roster.membershipsOf.get(child)?.some((one) => isCurrent(one, day)) ?? false;
      return isHere ? (roster.people.get(child)?.givenName ?? []) : [];
    }),
  );
  return [...new Set(children)].join(', ');
}
