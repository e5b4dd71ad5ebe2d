import type { ClassId, SchoolId } from '../../../ground/ids.ts';
import { HOUR_MS } from '../../../ground/spans.ts';
import { nextOpening } from '../../../roster/hours.ts';
import { roadBetween, runningLink } from '../../../roster/linked-classes.ts';
import {
  approvingClass,
  lookingClass,
  moderatingClass,
  type From,
  type To,
} from '../../../roster/relate.ts';
import { headsOf, type Roster, type SchoolClass } from '../../../roster/snapshot.ts';
import type { PersonStanding } from '../../../roster/standing.ts';
import type { RuleName } from '../../../rules/verdict.ts';
import type { DeciderCircle, Decider } from '../../../store/mail/holds.ts';
import { firstAsking, NOBODY_ELSE } from './asking.ts';

/** Where a held recipient waits: in which school, for which class's teachers, or until when. */
interface HeldWhere {
  readonly school: SchoolId;
  /** The class whose teachers decide; null where the clock does, or the recipient themself. */
  readonly classId: ClassId | null;
  /** When it goes by itself; null: not before somebody says so. */
  readonly until: Date | null;
  readonly asked: DeciderCircle;
  /** When it is put before the next ones. */
  readonly askAt: Date | null;
  readonly decider: Decider;
}

/**
 * Who lets a held message go, by the rule that holds it. Pure. For a way that is closed the clock
 * asks again each hour, and at once when it is opened.
 */
export function whereHeld(
  rule: RuleName,
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
      decider: null,
      ...NOBODY_ELSE,
    };
  }
  if (rule === 'on-the-road' && from.kind === 'person') {
    const road = roadBetween(from.standing, to.standing, around.rosters, around.now);
    return { ...ofNoClass(home), until: road?.arrives ?? around.now, decider: null };
  }
  if (rule === 'way-closed')
    return { ...ofNoClass(home), until: new Date(around.now.getTime() + HOUR_MS), decider: null };
  if (rule === 'forbidden-link-held' && from.kind === 'person')
    return { ...ofNoClass(home), decider: linkDecider(from.standing, around) };
  const holding = classThatHolds(rule, from, to, around);
  // What nobody's class holds (a locked archive for an adult) waits for its recipient, who is a
  // grown-up.
  if (!holding) return { ...ofNoClass(to.standing.home), decider: null };
  const roster = around.rosters.get(holding.school);
  const asking = roster ? firstAsking(roster, holding.id, around.now) : NOBODY_ELSE;
  return { school: holding.school, classId: holding.id, until: null, decider: null, ...asking };
}

const ofNoClass = (school: SchoolId): Omit<HeldWhere, 'decider'> => ({
  school,
  classId: null,
  until: null,
  ...NOBODY_ELSE,
});

/**
 * Who lets an adult's letter go that leads to a forbidden site: as the town sets, their school's
 * head or they themselves, with a reason. A head has nobody above them, and some schools have no
 * head.
 */
function linkDecider(
  { person, home }: PersonStanding,
  { rosters, now }: { readonly rosters: ReadonlyMap<SchoolId, Roster>; readonly now: Date },
): 'head' | 'writer' {
  const roster = rosters.get(home);
  if (roster === undefined || roster.school.sites.release === 'writer') return 'writer';
  const heads = headsOf(roster, now);
  return heads.length === 0 || heads.includes(person.addressId) ? 'writer' : 'head';
}

function classThatHolds(
  rule: RuleName,
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
