import type { AddressId } from '../../../core.ts';
import type { AdultLine, GuardianLine } from './identity.ts';
import { ask, claim, decided, differBy, isOn, knownBy, NEW, refuse, type Match, type Matching } from './match.ts';
import { SOMEBODY_NEW, type PersonRef } from '../preview.ts';
import type { KnownPerson } from '../planning/state.ts';

const ADULT_ROLES = new Set(['teacher', 'head', 'staff']);

/** Who each adult of the file is: by mail address and name or the source's id, else by the name within this school's team. */
export function matchAdults(matching: Matching, lines: readonly AdultLine[]): Map<AdultLine, Match> {
  return new Map(lines.map((line) => [line, matchAdult(matching, line)]));
}

function matchAdult(matching: Matching, line: AdultLine): Match {
  const known = [...knownBy(matching, line, 'mail'), ...knownBy(matching, line, 'sourced')];
  const [person] = known;
  // A parent or a pupil of that name and mail address: a file makes nobody a teacher.
  if (person !== undefined && person.role !== null && !ADULT_ROLES.has(person.role)) return refuse(matching, line, 'role-raise');
  if (person !== undefined) return claim(matching, line, person);
  const team = teamOf(matching).filter((one) => one.nameKey === line.nameKey);
  const [only, ...more] = team;
  if (only !== undefined && more.length === 0) return decided(matching, line, team) ?? claim(matching, line, only);
  if (only !== undefined) return ask(matching, line, team, null);
  const elsewhere = knownBy(matching, line, 'name').filter(({ role }) => role !== null && ADULT_ROLES.has(role));
  return elsewhere.length > 0 ? ask(matching, line, elsewhere, SOMEBODY_NEW) : NEW;
}

function teamOf({ state, day }: Matching): KnownPerson[] {
  const placed = new Set(state.posts.filter((post) => isOn(post, day)).map(({ person }) => person));
  return [...state.people.values()].filter((person) => person.role !== null && ADULT_ROLES.has(person.role) && (person.home === state.school || placed.has(person.addressId)));
}

/** A guardian's line with the children that it names, as far as they are found. */
export interface GuardianOf {
  readonly line: GuardianLine;
  readonly children: readonly PersonRef[];
}

/** `same`: the person of an earlier line. */
export type GuardianMatch = Match | { readonly kind: 'same'; readonly as: GuardianLine };

/**
 * Who each guardian is: by mail address and name, else by the name among those who have one of these children already, blocked
 * ones included; where that one has another mail address, it is asked. Nothing less makes two lines one person, for a wrong guess would show one family's child to another: lines
 * without either become accounts of their own. Lines of one person come as one match, in the order of the file.
 */
export function matchGuardians(matching: Matching, guardians: readonly GuardianOf[]): Map<GuardianLine, GuardianMatch> {
  const matches = new Map<GuardianLine, GuardianMatch>();
  const met = new Map<string, GuardianLine>();
  const around = familiesOf(matching);
  for (const { line, children } of guardians) {
    const marks = [...line.keys, ...children.map((child) => `${line.nameKey}\0${child}`)];
    const first = marks.flatMap((mark) => met.get(mark) ?? [])[0];
    for (const mark of marks) if (!met.has(mark)) met.set(mark, first ?? line);
    matches.set(line, first === undefined ? matchGuardian(matching, line, { children, around }) : { kind: 'same', as: first });
  }
  return matches;
}

function matchGuardian(matching: Matching, line: GuardianLine, { children, around }: { children: readonly PersonRef[]; around: ReadonlyMap<PersonRef, readonly KnownPerson[]> }): GuardianMatch {
  const known = [...knownBy(matching, line, 'mail'), ...knownBy(matching, line, 'sourced')].filter(({ role }) => role !== 'pupil');
  const family = [...new Set(children.flatMap((child) => around.get(child) ?? []))].filter((person) => person.nameKey === line.nameKey);
  // The same name with another mail address may be another person. One who is blocked is never let in by a new address.
  const sure = family.filter((person) => known.includes(person) || isBlocked(matching, person, children) || !differBy(matching, line, person, 'mail'));
  const [person] = [...sure, ...known];
  if (person === undefined) return family.length > 0 ? ask(matching, line, family, null) : NEW;
  const holder = matching.claimed.get(person.addressId);
  return holder?.kind === 'guardian' ? { kind: 'same', as: holder } : claim(matching, line, person);
}

function isBlocked({ state }: Matching, person: KnownPerson, children: readonly PersonRef[]): boolean {
  return state.guardianships.some(({ child, guardian, blocked }) => blocked && guardian === person.addressId && children.includes(child));
}

/** The guardians that each child has, blocked ones too. */
function familiesOf({ state }: Matching): ReadonlyMap<AddressId, readonly KnownPerson[]> {
  const around = new Map<AddressId, KnownPerson[]>();
  for (const { child, guardian } of state.guardianships) {
    const person = state.people.get(guardian);
    if (person === undefined) continue;
    const group = around.get(child);
    if (group === undefined) around.set(child, [person]);
    else group.push(person);
  }
  return around;
}
