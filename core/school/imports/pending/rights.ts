import { agentSchools } from '../../../directory/charge.ts';
import type { Directory } from '../../../directory/directory.ts';
import { dayAt } from '../../../ground/clock.ts';
import type { SchoolId } from '../../../ground/ids.ts';
import type { Day } from '../../../roster/days.ts';
import { isClosed } from '../../../roster/snapshot.ts';
import { standingOf, type PersonStanding } from '../../../roster/standing.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import { townSchools } from '../../../store/schools/roster-imports.ts';
import type { RosterActor } from '../contract.ts';
import type { RosterParts } from '../parts.ts';
import type { RosterSchool } from './contract.ts';

export interface PendingParts extends RosterParts {
  readonly directory: Directory;
}

/** A school that somebody may look after, with the clock by which its days and years begin. */
interface OwnSchool extends RosterSchool {
  readonly timeZone: string;
  readonly closesOn: Day | null;
}

/**
 * The schools whose rosters somebody may import, today: an agent all, or those of their communes, a
 * head theirs, nobody else any.
 */
export async function ownSchools(parts: PendingParts, viewer: Viewer): Promise<OwnSchool[]> {
  const theirs = await agentSchools(parts, viewer);
  const heads = theirs === null ? await postsOf(parts, viewer) : null;
  if (heads !== null && ![...heads.values()].includes('head')) return [];
  const all = await parts.store.readTown(townSchools);
  return all
    .filter(({ id }) => theirs?.has(id) ?? heads?.get(id) === 'head')
    .map(({ shownName: name, id, slug, timeZone, closesOn }) => ({
      id,
      slug,
      name,
      timeZone,
      closesOn,
    }));
}

/** One of them; null: not there and not theirs are one answer. */
export async function ownSchool(
  parts: PendingParts,
  viewer: Viewer,
  school: SchoolId,
): Promise<OwnSchool | null> {
  return (await ownSchools(parts, viewer)).find(({ id }) => id === school) ?? null;
}

/**
 * The posts that a member of a school's team has today, by school; nothing for pupils and
 * families.
 */
export async function postsOf(
  { directory, clock }: PendingParts,
  viewer: Viewer,
): Promise<PersonStanding['posts']> {
  if (viewer.role === 'pupil' || viewer.role === 'guardian') return new Map();
  const own = (await directory.byId([viewer.addressId], { maxAgeMs: 0 })).get(viewer.addressId);
  const rosters = await directory.rosters([viewer.school, ...(own?.presentIn ?? [])], {
    maxAgeMs: 0,
  });
  const person = rosters.get(viewer.school)?.people.get(viewer.addressId);
  if (!person) return new Map();
  const { posts, state } = standingOf(
    { person, home: viewer.school },
    [...rosters.values()],
    clock(),
  );
  return state === 'active' ? posts : new Map();
}

/** The day since which a school is closed; null while its list still counts. */
export function closedSince(
  { closesOn, timeZone }: Pick<OwnSchool, 'closesOn' | 'timeZone'>,
  now: Date,
): Day | null {
  return isClosed({ closesOn }, dayAt(now, timeZone)) ? closesOn : null;
}

/** In whose name an act is written down. */
export function actorOf(viewer: Viewer, reason: string): RosterActor {
  return viewer.role === 'agent'
    ? { kind: 'agent', address: viewer.addressId, reason }
    : { kind: 'head', address: viewer.addressId };
}
