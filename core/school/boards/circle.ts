import type { OwnBoard } from '../../directory/own-boards.ts';
import { currentIds } from '../../directory/own-classes.ts';
import { runsOn } from '../../directory/people-of.ts';
import { dayAt } from '../../ground/clock.ts';
import { TOWN, type AddressId, type ClassId } from '../../ground/ids.ts';
import type { Roster } from '../../roster/snapshot.ts';
import type { BoardReaders } from '../../store/boards/contract.ts';
import type { SeenCount } from './contract.ts';
import type { BoardParts } from './parts.ts';

/** Those who read a board today. */
export interface BoardCircle {
  readonly pupils: ReadonlySet<AddressId>;
  /** The guardians of each pupil: one of them who has seen something has seen it for the family. */
  readonly families: ReadonlyMap<AddressId, readonly AddressId[]>;
  readonly team: ReadonlySet<AddressId>;
}

/** Who reads a board today; the town's is read in every school. */
export async function circleOf(
  { directory, clock }: Pick<BoardParts, 'directory' | 'clock'>,
  { roster, ref }: Pick<OwnBoard, 'roster' | 'ref'>,
): Promise<BoardCircle> {
  const now = clock();
  if (ref.school !== TOWN) return circleIn(roster, ref.classId, now);
  const all = [...(await directory.town({ maxAgeMs: TOWN_AGE_MS })).values()].map((one) =>
    circleIn(one, null, now),
  );
  return {
    pupils: new Set(all.flatMap(({ pupils }) => [...pupils])),
    families: new Map(all.flatMap(({ families }) => [...families])),
    team: new Set(all.flatMap(({ team }) => [...team])),
  };
}

/** A number of thousands isn't asked of the roster of now. */
const TOWN_AGE_MS = 60_000;

function circleIn(roster: Roster, classId: ClassId | null, now: Date): BoardCircle {
  const day = dayAt(now, roster.school.timeZone);
  const classes =
    classId === null
      ? [...roster.classes.values()].filter((one) => runsOn(one, day)).map(({ id }) => id)
      : [classId];
  const pupils = classes.flatMap((id) => pupilsIn(roster, id, now));
  const families = pupils.flatMap((id) => {
    const guardians = roster.guardiansOf.get(id) ?? [];
    return guardians.length === 0 ? [] : [[id, guardians] as const];
  });
  const team = classId === null ? [...roster.postsOf.keys()] : [];
  return { pupils: new Set(pupils), families: new Map(families), team: new Set(team) };
}

const pupilsIn = (roster: Roster, id: ClassId, now: Date): AddressId[] =>
  currentIds(roster, id, { role: 'pupil', now }).filter(
    (pupil) => roster.people.get(pupil)?.state !== 'archived',
  );

/** Those whom a notice is for, each with those who see it for them: a family by its guardians. */
const unitsOf = (one: BoardReaders, { pupils, families, team }: BoardCircle) =>
  ({
    pupils: () => [...pupils].map((id) => [id]),
    families: () => [...families.values()],
    team: () => [...team].map((id) => [id]),
  })[one]();

const isSeen = (people: readonly AddressId[], seen: ReadonlySet<AddressId>): boolean =>
  people.some((id) => seen.has(id));

/** How many of those whom a notice is for are among these: pupils, families, colleagues. */
export const seenCounts = (
  readers: readonly BoardReaders[],
  circle: BoardCircle,
  seen: ReadonlySet<AddressId>,
): readonly SeenCount[] =>
  readers.map((one): SeenCount => {
    const units = unitsOf(one, circle);
    const hasSeen = units.filter((people) => isSeen(people, seen));
    return { readers: one, seen: hasSeen.length, of: units.length };
  });

/** Those who haven't, each once. */
export const unseenBy = (
  readers: readonly BoardReaders[],
  circle: BoardCircle,
  seen: ReadonlySet<AddressId>,
): readonly AddressId[] => [
  ...new Set(
    readers.flatMap((one) =>
      unitsOf(one, circle).flatMap((people) => (isSeen(people, seen) ? [] : people)),
    ),
  ),
];
