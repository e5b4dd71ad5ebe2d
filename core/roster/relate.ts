import { dayAt } from '../ground/clock.ts';
import type { AddressId, ClassId, SchoolId } from '../ground/ids.ts';
import type { ContentFacts, Facts, ListKind, ModerationMode, Role } from '../rules/facts.ts';
import { covers } from './agents-area.ts';
import { dueOf } from './before-writing.ts';
import { CLASS_SWITCHES } from './class-switches.ts';
import { isWayClosed, type LetterEnds } from './doors.ts';
import { isOpen } from './hours.ts';
import { linkBetween, roadBetween } from './linked-classes.ts';
import { runningStops } from './mail-stops.ts';
import { keepsOut, type ListedSite, type SiteReaders } from './sites.ts';
import {
  isClosed,
  isCurrent,
  type AddressEntry,
  type DatedRosters,
  type SchoolClass,
} from './snapshot.ts';
import { meet, roleTowards, type PersonStanding } from './standing.ts';

/** Who sends, as the rules see them. */
export type From =
  | { readonly kind: 'person'; readonly standing: PersonStanding }
  | {
      readonly kind: 'outside';
      readonly address: string | null;
      readonly authentication: 'pass' | 'none' | 'fail';
    }
  | { readonly kind: 'system' };

/** Who is written to. */
export type To =
  | {
      readonly kind: 'person';
      readonly standing: PersonStanding;
      readonly through: AddressEntry | null;
    }
  | { readonly kind: 'list'; readonly entry: AddressEntry; readonly listKind: ListKind }
  | { readonly kind: 'outside'; readonly address: string };

/** What the roster can't tell: it comes from the store, for one sender, in one query. */
export interface RecentActivity {
  readonly overRate: boolean;
  readonly overNewPeople: boolean;
  /** Adults who wrote to this pupil in the last 30 days. */
  readonly wroteToSender: ReadonlySet<AddressId>;
  /**
   * Persons and lists asked about that this sender wrote to, or that wrote to them, ever; of adults
   * who are far from `overNewPeople` nobody is asked about.
   */
  readonly inContact: ReadonlySet<AddressId>;
}

export const NO_RECENT_ACTIVITY: RecentActivity = {
  overRate: false,
  overNewPeople: false,
  wroteToSender: new Set(),
  inContact: new Set(),
};

/** What is in a message, whoever gets it; whether a link is forbidden is their schools' to say. */
export interface Contents extends Omit<ContentFacts, 'forbiddenLink'> {
  readonly sites: readonly ListedSite[];
  /** There are more links in it than are looked up. */
  readonly tooManyLinks: boolean;
}

/** Nothing in it, nothing wrong with it. */
export const EMPTY: Contents = {
  malware: false,
  unscannable: false,
  attachments: 'everyday',
  sites: [],
  tooManyLinks: false,
  doubtfulWords: false,
  photograph: false,
};

export interface Circumstances extends DatedRosters {
  readonly recentActivity: RecentActivity;
  readonly content: Contents;
  readonly lifted: readonly string[];
  readonly ourDomains: ReadonlySet<string>;
}

/** The facts about one sender and one recipient. Pure. */
export function factsOf(from: From, to: To, circumstances: Circumstances): Facts {
  const sameSchool = shareSchool(from, to) || isParentHere(from, to);
  const relation =
    from.kind === 'person' ? relationOf(from.standing, to, circumstances) : STRANGERS;
  const listed = to.kind === 'person' ? to.through : null;
  const due = dutiesOf(from, circumstances);
  const classes = bearingClasses(from, to);
  return {
    ...relation,
    from: senderRole(from, to),
    to: recipientRole(from, to),
    through: listed === null || listed.kind === 'account' ? null : listed.kind,
    sameSchool,
    inAgentsArea: isInAgentsArea(from, to, circumstances),
    approvedCorrespondent:
      from.kind === 'outside' && approvingClass(from.address, to, circumstances) !== null,
    authentication: from.kind === 'outside' ? from.authentication : 'pass',
    senderState: from.kind === 'person' ? from.standing.state : 'active',
    recipientState: recipientState(to, circumstances),
    charterDue: due.includes('charter'),
    familyDue: due.includes('family'),
    senderPaused:
      from.kind === 'person' &&
      from.standing.person.pausedUntil !== null &&
      from.standing.person.pausedUntil > circumstances.now,
    keptApart: areKeptApart(from, to, circumstances),
    wayClosed: isClosedWay(from, to, circumstances),
    overRate: circumstances.recentActivity.overRate,
    overNewPeople: circumstances.recentActivity.overNewPeople,
    pupilMailStopped: isStopped(from, to, circumstances),
    moderation: mostModerated(classes)?.moderation ?? 'open',
    secondLook: mostLookedAt(classes)?.secondLook ?? 'off',
    photosOpen: arePhotosOpen(from, classes),
    wroteBefore: wroteBefore(to, circumstances.recentActivity),
    schoolClosed: isPupil(from) && !isSchoolOpen(from.standing, circumstances),
    content: contentBetween(from, to, circumstances),
    lifted: circumstances.lifted,
  };
}

/**
 * With a pupil at either end their schools say which links are forbidden; else the writer's school,
 * and of a stranger's letter the reader's.
 */
function contentBetween(from: From, to: To, circumstances: Circumstances): ContentFacts {
  const { sites, tooManyLinks, malware, unscannable } = circumstances.content;
  const { attachments, doubtfulWords, photograph } = circumstances.content;
  const isKeptOut = sites.length > 0 && keptOutBetween(from, to, circumstances) !== null;
  const forbiddenLink = tooManyLinks || isKeptOut;
  return { malware, unscannable, attachments, forbiddenLink, doubtfulWords, photograph };
}

/** The first site that a letter between these leads to and may not; null for none. */
export function keptOutBetween(
  from: From,
  to: To,
  { content: { sites }, rosters }: Circumstances,
): ListedSite | null {
  const people = [from, to].flatMap((one) => (one.kind === 'person' ? [one.standing] : []));
  const pupils = people.filter(({ person }) => person.role === 'pupil');
  const readers: SiteReaders = pupils.length > 0 ? 'pupils' : 'adults';
  const homes = (pupils.length > 0 ? pupils : people.slice(0, 1)).map(({ home }) => home);
  const schools = homes.length === 0 && to.kind === 'list' ? [to.entry.school] : homes;
  const found = schools.flatMap((school) => {
    const own = rosters.get(school)?.school.sites;
    return own === undefined ? [] : sites.filter((site) => keepsOut(own, readers, site));
  });
  return found[0] ?? null;
}

/** What comes before a pupil may write, as the school of their home has it. */
function dutiesOf(from: From, { rosters }: Circumstances): ReturnType<typeof dueOf> {
  return from.kind === 'person' ? dueOf(from.standing.person, rosters.get(from.standing.home)) : [];
}

/**
 * Two pupils of whom some school that one of them is in says so; it is written down in one, and
 * holds in both.
 */
function areKeptApart(from: From, to: To, { rosters }: Circumstances): boolean {
  if (!isPupil(from) || to.kind !== 'person' || to.standing.person.role !== 'pupil') return false;
  const { addressId: one } = from.standing.person;
  const { addressId: other } = to.standing.person;
  for (const { apartFrom } of rosters.values()) if (apartFrom.get(one)?.has(other)) return true;
  return false;
}

/** Null of a list itself, whose members are asked about one by one, and of the service's words. */
function endsOf(from: From, to: To): LetterEnds | null {
  if (from.kind === 'system' || to.kind === 'list') return null;
  return {
    sender: from.kind === 'person' ? from.standing : null,
    reader: to.kind === 'person' ? to.standing : null,
    list: to.kind === 'person' ? to.through : null,
  };
}

function isClosedWay(from: From, to: To, { rosters }: Circumstances): boolean {
  const ends = endsOf(from, to);
  return ends !== null && isWayClosed(ends, rosters);
}

/** A list is closed with its school. */
function recipientState(to: To, { rosters, now }: Circumstances): Facts['recipientState'] {
  if (to.kind === 'person') return to.standing.state;
  const school = to.kind === 'list' ? rosters.get(to.entry.school)?.school : undefined;
  return school && isClosed(school, dayAt(now, school.timeZone)) ? 'archived' : 'active';
}

const STRANGERS = {
  sharesClass: false,
  linkedClass: 'none',
  linkTravels: false,
  family: false,
  teachesChild: false,
  headOfChild: false,
  reachableStaff: false,
  pupilsReachAllTeachers: false,
  wroteRecently: false,
  outsideForbidden: false,
} as const satisfies Partial<Facts>;

type Relation = Pick<Facts, keyof typeof STRANGERS>;

function relationOf(sender: PersonStanding, to: To, circumstances: Circumstances): Relation {
  const { rosters, recentActivity } = circumstances;
  if (to.kind === 'outside')
    return {
      ...STRANGERS,
      outsideForbidden: rosters.get(sender.home)?.school.adultsReachOutside === false,
    };
  if (to.kind === 'list')
    return {
      ...STRANGERS,
      sharesClass: isOwnClassList(sender, to.entry),
      headOfChild: to.listKind === 'headship' && sender.childrensSchools.has(to.entry.school),
    };
  const other = to.standing;
  const id = other.person.addressId;
  const linkedClass = linkBetween(sender, other, circumstances);
  return {
    sharesClass: sharesClass(sender, other),
    linkedClass,
    linkTravels: linkedClass !== 'none' && roadBetween(sender, other, circumstances) !== null,
    family: sender.children.has(id) || sender.guardians.has(id),
    teachesChild: isAny(sender.children, (child) => teaches(other, child, circumstances)),
    headOfChild: isAny(sender.childrensSchools, (school) => other.posts.get(school) === 'head'),
    reachableStaff: isAny(
      other.reachableIn,
      (school) => sender.schools.has(school) && other.schools.has(school),
    ),
    pupilsReachAllTeachers: isAny(
      other.schools,
      (school) =>
        sender.schools.has(school) && rosters.get(school)?.school.pupilsReachAllTeachers === true,
    ),
    wroteRecently: recentActivity.wroteToSender.has(id),
    outsideForbidden: false,
  };
}

const sharesClass = (one: PersonStanding, other: PersonStanding): boolean =>
  isInClassOf(one, other) || isInClassOf(other, one);

/** Whether the other is in a class that somebody is a pupil of, or is their own aide. */
const isInClassOf = (pupil: PersonStanding, other: PersonStanding): boolean =>
  meet(pupil.pupilOf, other.pupilOf) ||
  meet(pupil.pupilOf, other.teacherOf) ||
  meet(pupil.pupilOf, other.aideOf) ||
  pupil.aides.has(other.person.addressId);

/**
 * Whether something holds of one of these. For each recipient of each letter an array of them would
 * cost more than the question; most are none.
 */
function isAny<T>(items: ReadonlySet<T>, holds: (item: T) => boolean): boolean {
  if (items.size > 0) for (const item of items) if (holds(item)) return true;
  return false;
}

function isOwnClassList(sender: PersonStanding, entry: AddressEntry): boolean {
  const id = entry.target;
  return (
    entry.kind === 'class' &&
    id !== null &&
    (sender.pupilOf.has(id) || sender.teacherOf.has(id) || sender.aideOf.has(id))
  );
}

/** Whether somebody teaches a class that this child is in today. */
function teaches(
  teacher: PersonStanding,
  child: AddressId,
  { rosters, now }: DatedRosters,
): boolean {
  return [...teacher.teacherOf.values()].some((schoolClass) => {
    const roster = rosters.get(schoolClass.school);
    if (!roster) return false;
    const day = dayAt(now, roster.school.timeZone);
    return (roster.membersOf.get(schoolClass.id) ?? []).some(
      (one) => one.person === child && one.role === 'pupil' && isCurrent(one, day),
    );
  });
}

function shareSchool(from: From, to: To): boolean {
  if (from.kind !== 'person') return false;
  if (to.kind === 'person') return meet(from.standing.schools, to.standing.schools);
  if (to.kind === 'outside') return false;
  return to.entry.school === 0 || from.standing.schools.has(to.entry.school);
}

function senderRole(from: From, to: To): Role {
  if (from.kind !== 'person') return from.kind;
  if (to.kind === 'person') return roleTowards(from.standing, to.standing.schools);
  return roleTowards(
    from.standing,
    to.kind === 'list' ? new Set([to.entry.school]) : from.standing.schools,
  );
}

function recipientRole(from: From, to: To): Facts['to'] {
  if (to.kind === 'list') return to.listKind;
  if (to.kind === 'outside') return 'outside';
  if (isParentHere(from, to)) return 'guardian';
  return roleTowards(
    to.standing,
    from.kind === 'person' ? from.standing.schools : to.standing.schools,
  );
}

/**
 * A town agent may be a parent too: to the adults of their child's school, and to its lists of
 * families, they are one.
 */
function isParentHere(from: From, to: To): boolean {
  if (from.kind !== 'person' || to.kind !== 'person' || to.standing.person.role !== 'agent')
    return false;
  const asked =
    to.through === null || to.through.kind === 'families' || to.through.kind === 'class-families';
  return asked && meet(from.standing.posts, to.standing.childrensSchools);
}

/** Either may be it: a letter to the town's posts comes to those who answer for its writer. */
function isInAgentsArea(from: From, to: To, { rosters }: Circumstances): boolean {
  const sender = from.kind === 'person' ? from.standing : null;
  const reader = to.kind === 'person' ? to.standing : null;
  const named = to.kind === 'list' ? to.entry : reader;
  return (
    (sender !== null && covers(sender, named, rosters)) ||
    (reader !== null && covers(reader, sender, rosters))
  );
}

/**
 * The class that approved this address, through which it may write to these: of the list that was
 * named, else of the pupil, else of a guardian's child.
 */
export function approvingClass(
  address: string | null,
  to: To,
  around: DatedRosters,
): Pick<SchoolClass, 'school' | 'id'> | null {
  if (address === null || to.kind === 'outside') return null;
  const classes =
    to.kind === 'person'
      ? [...(to.through ? listedClass(to.through) : []), ...classesTowards(to.standing, around)]
      : listedClass(to.entry);
  return classes.find((one) => approves(one, address, around)) ?? null;
}

/** A guardian is reached through the classes of their children. */
function classesTowards(
  standing: PersonStanding,
  { rosters, now }: DatedRosters,
): { school: SchoolId; id: ClassId }[] {
  const own = [...standing.pupilOf.values()];
  const childrens = [...standing.childrensSchools].flatMap((school) => {
    const roster = rosters.get(school);
    if (!roster) return [];
    const day = dayAt(now, roster.school.timeZone);
    return [...standing.children]
      .flatMap((child) => roster.membershipsOf.get(child) ?? [])
      .filter(
        (one) =>
          one.role === 'pupil' && isCurrent(one, day) && runs(roster.classes.get(one.classId), day),
      )
      .map((one) => ({ school, id: one.classId }));
  });
  return [...own, ...childrens];
}

function listedClass(entry: AddressEntry): { school: SchoolId; id: ClassId }[] {
  return entry.target === null ? [] : [{ school: entry.school, id: entry.target }];
}

function runs(schoolClass: SchoolClass | undefined, day: string): boolean {
  return schoolClass !== undefined && (schoolClass.endsOn === null || day <= schoolClass.endsOn);
}

function approves(
  { school, id }: Pick<SchoolClass, 'school' | 'id'>,
  address: string,
  { rosters, now }: DatedRosters,
): boolean {
  const roster = rosters.get(school);
  if (!roster) return false;
  const day = dayAt(now, roster.school.timeZone);
  return (roster.correspondentsOf.get(id) ?? []).some(
    (one) => one.address === address.toLowerCase() && day <= one.until,
  );
}

function isPupil(from: From): from is From & { kind: 'person' } {
  return from.kind === 'person' && from.standing.person.role === 'pupil';
}

/**
 * One is a pupil, and a school of either has stopped its pupils' mail: nothing goes round the
 * switch by way of a colleague.
 */
function isStopped(from: From, to: To, { rosters, now }: Circumstances): boolean {
  // On nearly every day, and for each recipient of each letter, nothing is stopped.
  if (!isAnyStopped(rosters)) return false;
  const people = [from, to].flatMap((one) => (one.kind === 'person' ? [one.standing] : []));
  if (!people.some(({ person }) => person.role === 'pupil')) return false;
  return people.some(({ schools }) =>
    [...schools].some(
      (school) => runningStops(rosters.get(school)?.school.mailStops ?? [], now).length > 0,
    ),
  );
}

function isAnyStopped(rosters: Circumstances['rosters']): boolean {
  for (const { school } of rosters.values()) if (school.mailStops.length > 0) return true;
  return false;
}

function isSchoolOpen(standing: PersonStanding, { rosters, now }: Circumstances): boolean {
  const school = rosters.get(standing.home)?.school;
  return !school || isOpen(school, now);
}

const MODERATIONS: readonly ModerationMode[] = ['open', 'first-contact', 'all'];

/** The class whose moderation bears on a pupil's message: the strictest. */
export const moderatingClass = (from: From, to: To): SchoolClass | null =>
  mostModerated(bearingClasses(from, to));

const mostModerated = (classes: readonly SchoolClass[]): SchoolClass | null =>
  strictest(classes, ({ moderation }) => MODERATIONS.indexOf(moderation));

/** The class whose second look bears on a pupil's message: the strictest. */
export const lookingClass = (from: From, to: To): SchoolClass | null =>
  mostLookedAt(bearingClasses(from, to));

const mostLookedAt = (classes: readonly SchoolClass[]): SchoolClass | null =>
  strictest(classes, ({ secondLook }) => CLASS_SWITCHES.secondLook.indexOf(secondLook));

/** Whether a pupil may send a photo where these classes have a say; nobody asks of an adult's. */
function arePhotosOpen(from: From, classes: readonly SchoolClass[]): boolean {
  if (!isPupil(from)) return true;
  const isOpen = classes.length > 0 && classes.every(({ photosOpen }) => photosOpen);
  return isOpen && from.standing.person.photoAllowed !== false;
}

/**
 * The classes that have a say in a pupil's message: those that join the two, else all of theirs, a
 * pupil written to counted.
 */
function bearingClasses(from: From, to: To): readonly SchoolClass[] {
  if (!isPupil(from)) return [];
  const own = [...from.standing.pupilOf.values()];
  const joining =
    to.kind === 'person'
      ? own.filter(
          ({ id }) =>
            to.standing.pupilOf.has(id) ||
            to.standing.teacherOf.has(id) ||
            to.standing.aideOf.has(id),
        )
      : own.filter(({ id }) => to.kind === 'list' && id === to.entry.target);
  const theirs = to.kind === 'person' ? [...to.standing.pupilOf.values()] : [];
  return joining.length > 0 ? joining : [...own, ...theirs];
}

function strictest(
  classes: readonly SchoolClass[],
  strictness: (one: SchoolClass) => number,
): SchoolClass | null {
  return classes.reduce<SchoolClass | null>(
    (before, one) => (before && strictness(before) >= strictness(one) ? before : one),
    null,
  );
}

/** A list counts as one correspondent. */
function wroteBefore(to: To, { inContact }: RecentActivity): boolean {
  if (to.kind === 'outside') return false;
  if (to.kind === 'list') return inContact.has(to.entry.id);
  return inContact.has(to.through?.id ?? to.standing.person.addressId);
}
