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
import { headsOf, type DatedRosters, type SchoolClass } from '../../../roster/snapshot.ts';
import type { PersonStanding } from '../../../roster/standing.ts';
import type { HoldRule } from '../../../rules/verdict.ts';
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

/** A letter that is held: between whom, on which rosters, when. */
interface HeldBetween extends DatedRosters {
  readonly from: From;
  readonly to: To & { readonly kind: 'person' };
  /** The school of a letter that waits for no class: its writer's, a stranger's reader's. */
  readonly home: SchoolId;
}

/**
 * Who lets a held message go, by the rule that holds it. Pure. For a way that is closed the clock
 * asks again each hour, and at once when it is opened.
 */
export function whereHeld(rule: HoldRule, held: Omit<HeldBetween, 'home'>): HeldWhere {
  const { from, to } = held;
  const home = from.kind === 'person' ? from.standing.home : to.standing.home;
  return HELD[rule]({ ...held, home });
}

/** A row for every rule that holds. */
const HELD: Readonly<Record<HoldRule, (held: HeldBetween) => HeldWhere>> = {
  'link-moderated': (held) => atClass(held, moderatorOfLink(held)),
  'approved-correspondent': (held) => atClass(held, approverOf(held)),
  'unproven-correspondent': (held) => atClass(held, approverOf(held)),
  'class-moderated': (held) => atClass(held, moderatingClass(held.from, held.to)),
  'first-contact': (held) => atClass(held, moderatingClass(held.from, held.to)),
  'doubtful-words': (held) => atClass(held, lookingClass(held.from, held.to)),
  'school-closed': ({ home, rosters, now }) => {
    const school = rosters.get(home)?.school;
    return untilThen(home, school ? nextOpening(school, now) : now);
  },
  'on-the-road': ({ home, from, to, rosters, now }) => {
    const road =
      from.kind === 'person' ? roadBetween(from.standing, to.standing, { rosters, now }) : null;
    return untilThen(home, road?.arrives ?? now);
  },
  'way-closed': ({ home, now }) => untilThen(home, new Date(now.getTime() + HOUR_MS)),
  'forbidden-link-held': (held) =>
    held.from.kind === 'person'
      ? { ...ofNoClass(held.home), decider: linkDecider(held.from.standing, held) }
      : atRecipient(held),
  'locked-archive-held': (held) => atRecipient(held),
};

/** It waits for its recipient, who is a grown-up. */
const atRecipient = ({ to }: HeldBetween): HeldWhere => ({
  ...ofNoClass(to.standing.home),
  decider: null,
});

const untilThen = (home: SchoolId, until: Date): HeldWhere => ({
  ...ofNoClass(home),
  until,
  decider: null,
});

/** It waits for the teachers of a class; where there is none by now, for its recipient. */
function atClass(held: HeldBetween, holding: Pick<SchoolClass, 'school' | 'id'> | null): HeldWhere {
  if (holding === null) return atRecipient(held);
  const { school, id: classId } = holding;
  const roster = held.rosters.get(school);
  const asking = roster ? firstAsking(roster, classId, held.now) : NOBODY_ELSE;
  return { school, classId, until: null, decider: null, ...asking };
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
  { rosters, now }: DatedRosters,
): 'head' | 'writer' {
  const roster = rosters.get(home);
  if (roster === undefined || roster.school.sites.release === 'writer') return 'writer';
  const heads = headsOf(roster, now);
  return heads.length === 0 || heads.includes(person.addressId) ? 'writer' : 'head';
}

const approverOf = ({ from, to, rosters, now }: HeldBetween) =>
  from.kind === 'outside' ? approvingClass(from.address, to, { rosters, now }) : null;

function moderatorOfLink({ from, to, rosters, now }: HeldBetween): SchoolClass | null {
  if (from.kind !== 'person') return null;
  for (const ours of from.standing.pupilOf.values()) {
    for (const theirs of [...to.standing.pupilOf.values(), ...to.standing.teacherOf.values()]) {
      const link = runningLink(ours, theirs, { rosters, now });
      if (link?.moderatedBy) return link.moderatedBy;
    }
  }
  return null;
}
