import { dayAt } from '../../../ground/clock.ts';
import type { AddressId, ClassId } from '../../../ground/ids.ts';
import { schoolDayAfter } from '../../../roster/hours.ts';
import { headsOf, isCurrent, type Roster } from '../../../roster/snapshot.ts';
import type { DeciderCircle, HoldRow } from '../../../store/mail/holds.ts';

/** Where held mail of a class stands on its way from one to the next. */
export interface HoldStanding {
  readonly asked: DeciderCircle;
  /** When it goes on; null: there is nobody else. */
  readonly askAt: Date | null;
}

/** What waits for no class goes to nobody else. */
export const NOBODY_ELSE: HoldStanding = { asked: 0, askAt: null };

const STEPS: readonly DeciderCircle[] = [0, 1, 2];

/**
 * Whom held mail of a class is put before, one step after the other: the teacher who has had it
 * longest; its other teachers, replacements among them; the head of its school. All of them may
 * decide from the beginning: this is about who is told that it is theirs to do. Pure.
 */
function stepsOf(roster: Roster, classId: ClassId, now: Date): readonly (readonly AddressId[])[] {
  const day = dayAt(now, roster.school.timeZone);
  const teachers = (roster.membersOf.get(classId) ?? [])
    .filter((one) => one.role === 'teacher' && isCurrent(one, day))
    .toSorted((one, other) => one.from.localeCompare(other.from) || one.person - other.person);
  const ids = [...new Set(teachers.map(({ person }) => person))];
  return [ids.slice(0, 1), ids.slice(1), headsOf(roster, now).filter((id) => !ids.includes(id))];
}

/** Where it begins: with the class's teacher, or with whoever there is instead. */
export function firstAsking(roster: Roster, classId: ClassId, now: Date): HoldStanding {
  const steps = stepsOf(roster, classId, now);
  const asked = STEPS.find((step) => (steps[step] ?? []).length > 0) ?? 2;
  return { asked, askAt: nextAt(roster, steps, { asked, now }) };
}

/** The next step, and who is new by it; null where there is nobody else. */
export function nextAsking(
  roster: Roster,
  classId: ClassId,
  { asked: before, now }: { readonly asked: DeciderCircle; readonly now: Date },
): (HoldStanding & { readonly fresh: readonly AddressId[] }) | null {
  const steps = stepsOf(roster, classId, now);
  const asked = stepAfter(steps, before);
  if (asked === null) return null;
  return { asked, askAt: nextAt(roster, steps, { asked, now }), fresh: steps[asked] ?? [] };
}

/** Everybody whom it is put before by now. */
function askedOf(
  roster: Roster,
  classId: ClassId,
  { asked, now }: { readonly asked: DeciderCircle; readonly now: Date },
): readonly AddressId[] {
  return stepsOf(roster, classId, now)
    .slice(0, asked + 1)
    .flat();
}

/**
 * Whose word a hold waits for by now: its writer's, the head's, that of a class, or its recipient's
 * own. Nobody's where the clock lets it go.
 */
export function deciders(
  roster: Roster,
  hold: Pick<HoldRow, 'classId' | 'asked' | 'until' | 'decider' | 'recipient'>,
  { writer, now }: { readonly writer: AddressId | null; readonly now: Date },
): readonly AddressId[] {
  const { classId, asked, until, decider, recipient } = hold;
  if (until !== null) return [];
  if (decider === 'writer') return writer === null ? [] : [writer];
  if (decider === 'head') return headsOf(roster, now);
  return classId === null ? [recipient] : askedOf(roster, classId, { asked, now });
}

function stepAfter(
  steps: readonly (readonly AddressId[])[],
  asked: DeciderCircle,
): DeciderCircle | null {
  return STEPS.find((step) => step > asked && (steps[step] ?? []).length > 0) ?? null;
}

function nextAt(
  { school }: Roster,
  steps: readonly (readonly AddressId[])[],
  { asked, now }: { readonly asked: DeciderCircle; readonly now: Date },
): Date | null {
  return stepAfter(steps, asked) === null ? null : schoolDayAfter(school, now);
}
