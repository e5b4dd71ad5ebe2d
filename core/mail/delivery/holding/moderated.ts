import { agentSchools } from '../../../directory/charge.ts';
import type { ClassId, SchoolId } from '../../../ground/ids.ts';
import type { Roster } from '../../../roster/snapshot.ts';
import { standingOf } from '../../../roster/standing.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import type { HoldRow } from '../../../store/mail/holds.ts';
import { openedSchools } from '../../../store/trail.ts';
import type { ReleaseParts } from '../parts.ts';

/** What somebody decides about in one school. */
export interface ModerationRights {
  readonly roster: Roster;
  readonly isHead: boolean;
  /** The classes that they teach: what waits for these is theirs from the beginning. */
  readonly taught: readonly ClassId[];
  /** As head, the others of the school: theirs as well, and first their teachers'. */
  readonly headed: readonly ClassId[];
}

/**
 * By school: the held mail of the classes that they teach; as its head, of all its classes. What is
 * only counted may be asked of a roster so many milliseconds old.
 */
export async function moderatedBy(
  { store, directory, clock }: Pick<ReleaseParts, 'store' | 'directory' | 'clock'>,
  viewer: Viewer,
  maxAgeMs = 0,
): Promise<Map<SchoolId, ModerationRights>> {
  if (viewer.role === 'agent') return openedBy({ store, directory, clock }, viewer, maxAgeMs);
  const own = (await directory.byId([viewer.addressId], { maxAgeMs })).get(viewer.addressId);
  const rosters = await directory.rosters([viewer.school, ...(own?.presentIn ?? [])], {
    maxAgeMs,
  });
  const person = rosters.get(viewer.school)?.people.get(viewer.addressId);
  if (!person) return new Map();
  const standing = standingOf({ person, home: viewer.school }, [...rosters.values()], clock());
  return new Map(
    [...rosters].map(([school, roster]) => {
      const isHead = standing.posts.get(school) === 'head';
      const ids = [...roster.classes.keys()];
      const taught = ids.filter((id) => standing.teacherOf.has(id));
      const headed = isHead ? ids.filter((id) => !standing.teacherOf.has(id)) : [];
      return [school, { roster, isHead, taught, headed }];
    }),
  );
}

/**
 * An agent decides, as a head would, about what waits for grown-ups in the schools that they have
 * opened with a reason; what waits for a class is its teachers'.
 */
async function openedBy(
  parts: Pick<ReleaseParts, 'store' | 'directory' | 'clock'>,
  viewer: Viewer,
  maxAgeMs: number,
): Promise<Map<SchoolId, ModerationRights>> {
  const [theirs, opened] = await Promise.all([
    agentSchools(parts, viewer),
    parts.store.readTown((tx) => openedSchools(tx, viewer.addressId)),
  ]);
  const schools = [...opened.keys()].filter((school) => theirs?.has(school));
  const rosters = await parts.directory.rosters(schools, { maxAgeMs });
  return new Map(
    [...rosters]
      .filter(([school]) => schools.includes(school))
      .map(([school, roster]) => [school, { roster, isHead: true, taught: [], headed: [] }]),
  );
}

/**
 * Whether it waits for them: for a teacher of the class that holds it, the head of its school, or
 * the grown-up whose own word it needs, and then their head too. What waits for its own writer is
 * theirs (`releaseOwn`).
 */
function waitsFor(
  { taught, headed, isHead }: ModerationRights,
  { addressId }: Pick<Viewer, 'addressId'>,
  { classId, decider, recipient }: Pick<HoldRow, 'classId' | 'decider' | 'recipient'>,
): boolean {
  if (decider === 'writer') return false;
  if (decider === 'head') return isHead;
  return classId === null
    ? isHead || recipient === addressId
    : taught.includes(classId) || headed.includes(classId);
}

/** Whether it is theirs to decide. What the clock lets go is nobody's. */
export function mayDecide(
  moderated: ModerationRights,
  viewer: Pick<Viewer, 'addressId'>,
  row: Pick<HoldRow, 'classId' | 'until' | 'decider' | 'recipient'>,
): boolean {
  return row.until === null && waitsFor(moderated, viewer, row);
}

/** Whether it is put before them by now, and not only theirs to decide. */
export function isPutBefore(
  { headed }: ModerationRights,
  { addressId }: Pick<Viewer, 'addressId'>,
  {
    classId,
    asked,
    decider,
    recipient,
  }: Pick<HoldRow, 'classId' | 'asked' | 'decider' | 'recipient'>,
): boolean {
  if (classId === null) return decider === 'head' || recipient === addressId;
  return !headed.includes(classId) || asked === 2;
}
