import { dayAt } from '../ground/clock.ts';
import { type AddressId, type SchoolId, TOWN } from '../ground/ids.ts';
import type { Person, Roster } from '../roster/snapshot.ts';
import { standingOf } from '../roster/standing.ts';
import type { Viewer } from '../rules/viewer.ts';
import type { Store } from '../store/store.ts';
import { schoolNames } from '../store/town/school-names.ts';
import { openedSchools } from '../store/trail.ts';
import type { ChargedSchool } from './contract.ts';
import type { Directory } from './directory.ts';

export interface RightsParts {
  readonly store: Store;
  readonly directory: Directory;
  readonly clock: () => Date;
}

/** A school in somebody's hands, as it is now. */
export interface Charge {
  readonly school: SchoolId;
  readonly roster: Roster;
  readonly day: string;
  readonly by: AddressId;
  /** Why an agent is here; null for the school's head. */
  readonly reason: string | null;
}

/**
 * The schools whose classes somebody may change today: those that they head; every one for an
 * agent.
 */
export async function chargedSchools(parts: RightsParts, viewer: Viewer): Promise<ChargedSchool[]> {
  const theirs = await agentSchools(parts, viewer);
  if (theirs !== null) {
    const opened = await parts.store.readTown((tx) => openedSchools(tx, viewer.addressId));
    return [...theirs].map(([id, name]) => ({ id, name, open: opened.has(id) }));
  }
  return (await headedBy(parts, viewer)).map(({ school }) => ({
    id: school.id,
    name: school.name,
    open: true,
  }));
}

/**
 * A school for who may change it now: its head, or an agent who has opened it. Null: not there, or
 * not theirs.
 */
export async function chargeOf(
  parts: RightsParts,
  viewer: Viewer,
  school: SchoolId,
): Promise<Charge | null> {
  if (school === TOWN) return null;
  const by = viewer.addressId;
  const theirs = await agentSchools(parts, viewer);
  if (theirs !== null) {
    if (!theirs.has(school)) return null;
    const reason = (await parts.store.readTown((tx) => openedSchools(tx, by))).get(school);
    const roster =
      reason === undefined
        ? undefined
        : (await parts.directory.rosters([school], { maxAgeMs: 0 })).get(school);
    return roster && reason !== undefined
      ? { school, roster, day: dayAt(parts.clock(), roster.school.timeZone), by, reason }
      : null;
  }
  const roster = (await headedBy(parts, viewer)).find((one) => one.school.id === school);
  return roster
    ? { school, roster, day: dayAt(parts.clock(), roster.school.timeZone), by, reason: null }
    : null;
}

/**
 * An agent of the whole town by the roster of today, not by what the session remembers: who acts
 * for all of it. Of a school, agents of its commune act too (`agentSchools`).
 */
export async function isAgent(parts: RightsParts, viewer: Viewer): Promise<boolean> {
  const person = await agentNow(parts, viewer);
  return person !== null && person.communes === null;
}

/**
 * The schools of which an agent sees anything, by name: all, or those of their communes. Null: no
 * agent.
 */
export async function agentSchools(
  parts: RightsParts,
  viewer: Viewer,
): Promise<ReadonlyMap<SchoolId, string> | null> {
  const person = await agentNow(parts, viewer);
  if (person === null) return null;
  return parts.store.readTown((tx) => schoolNames(tx, person.communes));
}

/** Of what an agent is now: some communes, or null, the whole town. Null: no agent. */
export async function agentArea(
  parts: RightsParts,
  viewer: Viewer,
): Promise<Pick<Person, 'communes'> | null> {
  return agentNow(parts, viewer);
}

async function agentNow({ directory }: RightsParts, viewer: Viewer): Promise<Person | null> {
  if (viewer.role !== 'agent') return null;
  const person = (await directory.rosters([TOWN], { maxAgeMs: 0 }))
    .get(TOWN)
    ?.people.get(viewer.addressId);
  return person?.role === 'agent' && person.state === 'active' ? person : null;
}

async function headedBy({ directory, clock }: RightsParts, viewer: Viewer): Promise<Roster[]> {
  if (viewer.role === 'pupil' || viewer.role === 'guardian' || viewer.role === 'agent') return [];
  const own = (await directory.byId([viewer.addressId], { maxAgeMs: 0 })).get(viewer.addressId);
  const rosters = await directory.rosters([viewer.school, ...(own?.presentIn ?? [])], {
    maxAgeMs: 0,
  });
  const person = rosters.get(viewer.school)?.people.get(viewer.addressId);
  if (!person) return [];
  const { posts, state } = standingOf(
    { person, home: viewer.school },
    [...rosters.values()],
    clock(),
  );
  return state === 'active'
    ? [...rosters.values()].filter(({ school }) => posts.get(school.id) === 'head')
    : [];
}
