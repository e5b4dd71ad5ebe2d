import type { ClassId, SchoolId } from '../ids.ts';
import { nextOpening } from '../roster/hours.ts';
import { runningLink } from '../roster/linked-classes.ts';
import {
  approvingClass,
  lookingClass,
  moderatingClass,
  type From,
  type To,
} from '../roster/relate.ts';
import type { Roster, SchoolClass } from '../roster/snapshot.ts';
import type { Asked } from '../store/mail/holds.ts';
import { firstAsking, NOBODY_ELSE } from './asking.ts';

/** Where a held recipient waits: in which school, for which class's teachers, or until when. */
interface HeldWhere {
  readonly school: SchoolId;
  /** The class whose teachers decide; null where the clock does, or the recipient themself. */
  readonly classId: ClassId | null;
  /** When it goes by itself; null: not before somebody says so. */
  readonly until: Date | null;
  readonly asked: Asked;
  /** When it is put before the next ones. */
  readonly askAt: Date | null;
}

/** Who lets a held message go, by the rule that holds it. Pure. */
export function whereHeld(
  rule: string,
  from: From,
  to: To & { kind: 'person' },
  around: { readonly rosters: ReadonlyMap<SchoolId, Roster>; readonly now: Date },
): HeldWhere {
  const home = from.kind === 'person' ? from.standing.home : to.standing.home;
  if (rule === 'school-closed') {
    const school = around.rosters.get(home)?.school;
    return {
      school: home,
      classId: null,
      until: school ? nextOpening(school, around.now) : around.now,
      ...NOBODY_ELSE,
    };
  }
  const holding = classThatHolds(rule, from, to, around);
  // What nobody's class holds (a locked archive for an adult) waits for its recipient, who is a
  // grown-up.
  if (!holding) return { school: to.standing.home, classId: null, until: null, ...NOBODY_ELSE };
  const roster = around.rosters.get(holding.school);
  const asking = roster ? firstAsking(roster, holding.id, around.now) : NOBODY_ELSE;
  return { school: holding.school, classId: holding.id, until: null, ...asking };
}

function classThatHolds(
  rule: string,
  from: From,
  to: To & { kind: 'person' },
  around: { readonly rosters: ReadonlyMap<SchoolId, Roster>; readonly now: Date },
): Pick<SchoolClass, 'school' | 'id'> | null {
  if (rule === 'link-moderated' && from.kind === 'person') return moderatorOfLink(from, to, around);
  if (rule === 'approved-correspondent' || rule === 'unproven-correspondent')
    return from.kind === 'outside' ? approvingClass(from.address, to, around) : null;
  if (rule === 'doubtful-words') return lookingClass(from, to);
  return rule === 'first-contact' || rule === 'class-moderated' ? moderatingClass(from, to) : null;
}

function moderatorOfLink(
  from: From & { kind: 'person' },
  to: To & { kind: 'person' },
  { rosters, now }: { readonly rosters: ReadonlyMap<SchoolId, Roster>; readonly now: Date },
): SchoolClass | null {
  for (const ours of from.standing.pupilOf.values()) {
    for (const theirs of [...to.standing.pupilOf.values(), ...to.standing.teacherOf.values()]) {
      const link = runningLink(ours, theirs, rosters, now);
      if (link?.moderatedBy) return link.moderatedBy;
    }
  }
  return null;
}
