import { nameForChild } from '../../../directory/child-names.ts';
import { dayAt } from '../../../ground/clock.ts';
import { nextOpening } from '../../../roster/hours.ts';
import { roadBetween } from '../../../roster/linked-classes.ts';
import {
  lookingClass,
  moderatingClass,
  type Circumstances,
  type From,
  type To,
} from '../../../roster/relate.ts';
import { isCurrent, type SchoolClass } from '../../../roster/snapshot.ts';
import { meet, type PersonStanding } from '../../../roster/standing.ts';
import type { Refusal } from '../../../rules/outcome.ts';
import type { RuleName } from '../../../rules/verdict.ts';

interface About {
  readonly rule: RuleName;
  readonly address: string;
  /** The forbidden site for which it is. */
  readonly site: string | null;
}

/**
 * A refusal with the words its sentence needs. Only inside one school does it name the person: to
 * anybody else a child, a list and an address that doesn't exist must look the same.
 */
export function refusalOf(
  { rule, address, site }: About,
  { from, to }: { readonly from: From; readonly to: To },
  circumstances: Circumstances,
): Refusal {
  const words: Record<string, string> = {};
  if (from.kind === 'person') {
    // A child isn't told where not to go.
    if (site !== null && from.standing.person.role !== 'pupil') words['site'] = site;
    Object.assign(words, ownWords(rule, from.standing, circumstances));
    const road =
      rule === 'on-the-road' && to.kind === 'person'
        ? roadBetween(from.standing, to.standing, circumstances)
        : null;
    if (road !== null) words['until'] = road.arrives.toISOString();
    if (to.kind === 'person' && meet(from.standing.schools, to.standing.schools))
      Object.assign(words, otherWords(to.standing));
    const moderated = moderatingClass(from, to);
    if (moderated) words['ownClassName'] = moderated.name;
    const reading = rule === 'doubtful-words' ? lookingClass(from, to) : moderated;
    if (reading !== null && READ_FIRST.has(rule))
      Object.assign(words, teacherWords(from.standing, reading, circumstances));
  }
  return { address, rule, words };
}

/** By these a teacher of the class reads a child's letter before it goes. */
const READ_FIRST: ReadonlySet<RuleName> = new Set([
  'class-moderated',
  'first-contact',
  'link-moderated',
  'doubtful-words',
]);

/** Who reads it first, as the child calls them: the teachers of their own class. */
function teacherWords(
  { person, pupilOf }: PersonStanding,
  reading: SchoolClass,
  { rosters, now }: Circumstances,
): Record<string, string> {
  const roster = rosters.get(reading.school);
  if (roster === undefined || !pupilOf.has(reading.id)) return {};
  const day = dayAt(now, roster.school.timeZone);
  const child = { addressId: person.addressId, roster, now };
  const [teacher, otherTeacher] = (roster.membersOf.get(reading.id) ?? [])
    .filter((one) => one.role === 'teacher' && isCurrent(one, day))
    .flatMap((one) => roster.people.get(one.person) ?? [])
    .map((one) => nameForChild(one, roster, child));
  if (teacher === undefined) return {};
  return otherTeacher === undefined ? { teacher } : { teacher, otherTeacher };
}

function ownWords(
  rule: RuleName,
  { person, home, pupilOf }: PersonStanding,
  { rosters, now }: Circumstances,
): Record<string, string> {
  const words: Record<string, string> = {};
  const [own] = pupilOf.values();
  if (own) words['ownClassName'] = own.name;
  if (rule === 'sending-paused' && person.pausedUntil)
    words['until'] = person.pausedUntil.toISOString();
  const school = rosters.get(home)?.school;
  if (rule === 'school-closed' && school) words['until'] = nextOpening(school, now).toISOString();
  return words;
}

function otherWords({ person, pupilOf }: PersonStanding): Record<string, string> {
  const [theirs] = pupilOf.values();
  const name = person.role === 'pupil' ? person.givenName : person.displayName;
  return theirs ? { name, className: theirs.name } : { name };
}
