import type { OwnBoard } from '../../directory/own-boards.ts';
import { currentIds } from '../../directory/own-classes.ts';
import { runsOn } from '../../directory/people-of.ts';
import { dayAt } from '../../ground/clock.ts';
import type { AddressId, ClassId } from '../../ground/ids.ts';
import type { Roster } from '../../roster/snapshot.ts';
import type { BoardReaders } from '../../store/boards/boards.ts';
import type { SeenCount } from './contract.ts';

/** Those who read a board today. */
export interface BoardCircle {
  readonly pupils: ReadonlySet<AddressId>;
  /** The guardians of each pupil: one of them who has seen something has seen it for the family. */
  readonly families: ReadonlyMap<AddressId, readonly AddressId[]>;
  readonly team: ReadonlySet<AddressId>;
}

export function circleOf(
  { roster, ref }: Pick<OwnBoard, 'roster' | 'ref'>,
  now: Date,
): BoardCircle {
  const day = dayAt(now, roster.school.timeZone);
  const classes =
    ref.classId === null
      ? [...roster.classes.values()].filter((one) => runsOn(one, day)).map(({ id }) => id)
      : [ref.classId];
  const pupils = classes.flatMap((id) => pupilsIn(roster, id, now));
  const families = pupils.flatMap((id) => {
    const guardians = roster.guardiansOf.get(id) ?? [];
    return guardians.length === 0 ? [] : [[id, guardians] as const];
  });
  const team = ref.classId === null ? [...roster.postsOf.keys()] : [];
  return { pupils: new Set(pupils), families: new Map(families), team: new Set(team) };
}

const pupilsIn = (roster: Roster, id: ClassId, now: Date): AddressId[] =>
  currentIds(roster, id, { role: 'pupil', now }).filter(
    (pupil) => roster.people.get(pupil)?.state !== 'archived',
  );

/** How many of those whom a notice is for are among these: pupils, families, colleagues. */
export const seenCounts = (
  readers: readonly BoardReaders[],
  { pupils, families, team }: BoardCircle,
  seen: ReadonlySet<AddressId>,
): readonly SeenCount[] =>
  readers.map((one): SeenCount => {
    const units = {
      pupils: () => [...pupils].map((id) => [id]),
      families: () => [...families.values()],
      team: () => [...team].map((id) => [id]),
    }[one]();
    const hasSeen = units.filter((people) => people.some((id) => seen.has(id)));
    return { readers: one, seen: hasSeen.length, of: units.length };
  });
