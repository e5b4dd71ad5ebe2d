import type { AddressId } from '../../ground/ids.ts';
import { SOMEBODY_NEW } from '../preview.ts';
import { knownId, refKey, type PersonRef } from '../ref.ts';
import type { AdultLine, GuardianLine } from './identity.ts';
import {
  ask,
  claim,
  decided,
  differBy,
  isCommon,
  knownBy,
  MOST_NAMESAKES,
  NEW,
  peopleNamed,
  questionKey,
  refuse,
  tooMany,
  wordFor,
  type Match,
  type MatchingState,
} from './match.ts';
import { tieOf } from './school-index.ts';
import type { KnownPerson } from './state.ts';

const ADULT_ROLES = new Set(['teacher', 'head', 'staff']);

/**
 * Who each adult of the file is: by mail address and name or the source's id, else by the name
 * within this school's team.
 */
export function matchAdults(
  matching: MatchingState,
  lines: readonly AdultLine[],
): Map<AdultLine, Match> {
  return new Map(lines.map((line) => [line, matchAdult(matching, line)]));
}

function matchAdult(matching: MatchingState, line: AdultLine): Match {
  const known = [...knownBy(matching, line, 'mail'), ...knownBy(matching, line, 'sourced')];
  const [person] = known;
  // A parent or a pupil of that name and mail address: a file makes nobody a teacher.
  if (person !== undefined && person.role !== null && !ADULT_ROLES.has(person.role))
    return refuse(matching, line, 'role-raise');
  if (person !== undefined) return claim(matching, line, person);
  const namesakes = peopleNamed(matching, [line.nameKey]);
  if (namesakes === null || isCommon(matching, line, 'name')) return tooMany(matching, line);
  const team = namesakes.filter((one) => isOfTeam(matching, one));
  const [only, ...more] = team;
  if (only !== undefined && more.length === 0)
    return decided(matching, line, team) ?? claim(matching, line, only);
  if (only !== undefined) return ask(matching, line, { people: team });
  const elsewhere = knownBy(matching, line, 'name').filter(
    ({ role }) => role !== null && ADULT_ROLES.has(role),
  );
  return elsewhere.length > 0
    ? ask(matching, line, { people: elsewhere, preset: SOMEBODY_NEW })
    : NEW;
}

function isOfTeam(
  { state, index }: MatchingState,
  { role, home, addressId }: KnownPerson,
): boolean {
  return (
    role !== null &&
    ADULT_ROLES.has(role) &&
    (home === state.school || index.postsOf.has(addressId))
  );
}

/** A guardian's line with the children that it names, as far as they are found. */
export interface GuardianOf {
  readonly line: GuardianLine;
  readonly children: readonly PersonRef[];
  /** Who it is, where that has been said or found before. */
  readonly said: GuardianMatch | null;
}

/** `same`: the person of an earlier line. */
export type GuardianMatch = Match | { readonly kind: 'same'; readonly as: GuardianLine };

/**
 * Who each guardian is: by mail address and name, by mobile phone and name, else by the name among
 * those who have one of these children already, blocked ones included. Where that one, or an
 * earlier line of the file, has another mail address, it is asked: a father and a son may have one
 * name and one child. Nothing less makes two lines one person, for a wrong guess would show one
 * family's child to another: lines without either become accounts of their own. Lines of one person
 * come as one match, in the order of the file.
 */
export function matchGuardians(
  matching: MatchingState,
  guardians: readonly GuardianOf[],
): Map<GuardianLine, GuardianMatch> {
  const matches = new Map<GuardianLine, GuardianMatch>();
  const met = new Map<string, GuardianLine>();
  const named = new Map<string, GuardianLine[]>();
  const families = namedFamiliesOf(matching);
  for (const { line, children, said } of guardians) {
    const marks = children.map((child) => `${line.nameKey}\0${refKey(child)}`);
    const namesakes = [...new Set(marks.flatMap((mark) => named.get(mark) ?? []))];
    const first =
      line.keys.flatMap((key) => met.get(key) ?? [])[0] ??
      namesakes.find((one) => !haveOtherMail(one, line));
    const looked = (): GuardianMatch =>
      first === undefined
        ? matchGuardian(matching, line, {
            children: children.flatMap((child) => knownId(child) ?? []),
            families,
            namesakes,
          })
        : { kind: 'same', as: first };
    const match = said === null ? looked() : taken(matching, line, said);
    const who = match.kind === 'same' ? match.as : line;
    for (const key of line.keys) if (!met.has(key)) met.set(key, who);
    for (const mark of marks) {
      const same = named.get(mark) ?? [];
      if (same.length <= MOST_NAMESAKES && !same.includes(who)) named.set(mark, [...same, who]);
    }
    matches.set(line, match);
  }
  return matches;
}

/** A second line with another mail address, and nothing that says it is the same person. */
function haveOtherMail(one: GuardianLine, other: GuardianLine): boolean {
  const mails = (line: GuardianLine): string[] =>
    line.keys.filter((key) => key.startsWith('mail:'));
  return mails(one).length > 0 && mails(other).length > 0;
}

interface FamilyFacts {
  /** Those that the line names and the school has. */
  readonly children: readonly AddressId[];
  /** By `withName`. */
  readonly families: ReadonlyMap<string, readonly KnownPerson[]>;
  /**
   * Earlier lines of the file with this name and one of these children, and another mail address.
   */
  readonly namesakes: readonly GuardianLine[];
}

function matchGuardian(
  matching: MatchingState,
  line: GuardianLine,
  { children, families, namesakes }: FamilyFacts,
): GuardianMatch {
  const adults = (kind: string): KnownPerson[] =>
    knownBy(matching, line, kind).filter(({ role }) => role !== 'pupil');
  const byMail = [...adults('mail'), ...adults('sourced')];
  const known = byMail.length > 0 ? byMail : adults('phone');
  const family = [
    ...new Set(children.flatMap((child) => families.get(withName(child, line.nameKey)) ?? [])),
  ];
  if (family.length > MOST_NAMESAKES || namesakes.length > MOST_NAMESAKES)
    return tooMany(matching, line);
  // The same name with another mail address may be another person. One who is blocked is never let
  // in by a new address.
  const sure = family.filter(
    (person) =>
      known.includes(person) ||
      isBlocked(matching, person, children) ||
      !differBy(matching, { line, person, kind: 'mail' }),
  );
  const [person] =
    namesakes.length > 0
      ? [...known, ...family.filter((one) => isBlocked(matching, one, children))]
      : [...sure, ...known];
  if (person !== undefined) return take(matching, line, person);
  return family.length > 0 || namesakes.length > 0
    ? askGuardian(matching, line, { family, namesakes })
    : NEW;
}

/** What was said, one line a person. */
function taken(matching: MatchingState, line: GuardianLine, said: GuardianMatch): GuardianMatch {
  return said.kind === 'known' ? take(matching, line, said.person) : said;
}

/** Lines of one guardian may be many. */
function take(matching: MatchingState, line: GuardianLine, person: KnownPerson): GuardianMatch {
  const holder = matching.claimed.get(person.addressId);
  return holder?.kind === 'guardian' ? { kind: 'same', as: holder } : claim(matching, line, person);
}

/** Asks whether it is one of those who have the child, or the person of an earlier line. */
function askGuardian(
  matching: MatchingState,
  line: GuardianLine,
  { family, namesakes }: { family: readonly KnownPerson[]; namesakes: readonly GuardianLine[] },
): GuardianMatch {
  const word = matching.decisions[questionKey(line.at)];
  const person = family.find(({ address }) => address === word?.toLowerCase());
  if (person !== undefined) return take(matching, line, person);
  const earlier = namesakes.find(({ at }) => wordFor(at) === word);
  if (earlier !== undefined) return { kind: 'same', as: earlier };
  // Whom an earlier line was found to be is offered once, as that person.
  const holders = new Set(family.map(({ addressId }) => matching.claimed.get(addressId)));
  return ask(matching, line, {
    people: family,
    lines: namesakes.filter((one) => !holders.has(one)),
  });
}

function isBlocked(
  { index }: MatchingState,
  { addressId }: KnownPerson,
  children: readonly AddressId[],
): boolean {
  return children.some((child) => index.ties.get(tieOf(child, addressId))?.blocked);
}

/** The guardians of one name that each child has, blocked ones too. */
function namedFamiliesOf({ state }: MatchingState): ReadonlyMap<string, readonly KnownPerson[]> {
  const tied = state.guardianships.flatMap(({ child, guardian }) => {
    const person = state.people.get(guardian);
    return person === undefined ? [] : [{ mark: withName(child, person.nameKey), person }];
  });
  const families = Map.groupBy(tied, ({ mark }) => mark);
  return new Map([...families].map(([mark, all]) => [mark, all.map(({ person }) => person)]));
}

const withName = (child: AddressId, nameKey: string): string => `${child} ${nameKey}`;
