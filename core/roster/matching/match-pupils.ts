import { folded } from '../../ground/folding.ts';
import type { PupilLine } from './identity.ts';
import {
  ask,
  claim,
  classNameOf,
  decided,
  differBy,
  isCommon,
  isHere,
  knownBy,
  NEW,
  NONE,
  peopleNamed,
  refuse,
  tooMany,
  type Match,
  type MatchingState,
} from './match.ts';
import type { KnownPerson } from './state.ts';

/** Who each line is, and for a child in several classes the lines of the others, by the first. */
interface PupilMatches {
  readonly matches: ReadonlyMap<PupilLine, Match>;
  readonly also: ReadonlyMap<PupilLine, readonly PupilLine[]>;
}

/**
 * Who each pupil of the file is: by the national number, else by name and birth date, else by the
 * name alone where this school has exactly one such pupil whose birth date isn't known. What may be
 * one of several, or a mistyped birth date, is asked.
 */
export function matchPupils(matching: MatchingState, lines: readonly PupilLine[]): PupilMatches {
  const matches = new Map<PupilLine, Match>();
  const { kept: once, also } = oncePerChild(matching, lines);
  const open: PupilLine[] = [];
  // Numbers first: what they say must not be taken by a line that only has a name.
  for (const line of once) {
    const found = byNumber(matching, line);
    if (found !== null) matches.set(line, found);
  }
  for (const line of once) {
    if (matches.has(line)) continue;
    const found = byBirth(matching, line);
    if (found === null) open.push(line);
    else matches.set(line, found);
  }
  for (const group of Map.groupBy(open, ({ nameKey }) => nameKey).values()) {
    const inClass = Map.groupBy(group, classKeyOf);
    const rivalsOf = (line: PupilLine) => inClass.get(classKeyOf(line)) ?? [];
    for (const line of group)
      matches.set(line, byName(matching, line, { isAlone: group.length === 1, rivalsOf }));
  }
  return { matches, also };
}

/**
 * One line a child, and those of other classes of theirs; the same child twice in one class is
 * refused, and two children with one national number both are.
 */
function oncePerChild(
  matching: MatchingState,
  lines: readonly PupilLine[],
): {
  readonly kept: readonly PupilLine[];
  readonly also: ReadonlyMap<PupilLine, readonly PupilLine[]>;
} {
  const seen = new Map<string, PupilLine>();
  const classesOf = new Map<PupilLine, Set<string>>();
  const clashing = new Set<PupilLine>();
  const kept: PupilLine[] = [];
  const also = new Map<PupilLine, PupilLine[]>();
  for (const line of lines) {
    const key = line.keys[0] ?? `${line.nameKey}\0${folded(line.className ?? '')}`;
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, line);
      kept.push(line);
    } else if (first.nameKey === line.nameKey || !key.startsWith('ine:')) {
      const others = also.get(first) ?? [];
      const classes = classesOf.get(first) ?? new Set([classKeyOf(first)]);
      classesOf.set(first, classes);
      const isTwice = first.className === null || classes.has(classKeyOf(line));
      if (line.className === null || isTwice) refuse(matching, line, 'twice');
      else {
        classes.add(classKeyOf(line));
        others.push(line);
        also.set(first, others);
      }
    } else {
      clashing.add(first);
      refuse(matching, line, 'ine-twice');
    }
  }
  for (const line of clashing) refuse(matching, line, 'ine-twice');
  return { kept: kept.filter((line) => !clashing.has(line)), also };
}

function byNumber(matching: MatchingState, line: PupilLine): Match | null {
  const people = pupilsOf(knownBy(matching, line, 'ine'));
  const [only, ...more] = people;
  if (only === undefined) return null;
  return more.length === 0 ? claim(matching, line, only) : ask(matching, line, { people });
}

function byBirth(matching: MatchingState, line: PupilLine): Match | null {
  if (isCommon(matching, line, 'born')) return tooMany(matching, line);
  const born = pupilsOf([
    ...knownBy(matching, line, 'born'),
    ...knownBy(matching, line, 'sourced'),
  ]).filter(
    (person) => isFree(matching, person) && !differBy(matching, { line, person, kind: 'ine' }),
  );
  const here = born.filter(({ home }) => home === matching.state.school);
  const people = here.length === 1 ? here : born;
  const [only, ...more] = people;
  if (only === undefined) return null;
  const said = decided(matching, line, people);
  if (said !== null) return said;
  return more.length === 0 ? claim(matching, line, only) : ask(matching, line, { people });
}

/** All lines of one name that nothing else has told apart. */
interface Group {
  readonly isAlone: boolean;
  /** Those of the line's class, itself among them. */
  readonly rivalsOf: (line: PupilLine) => readonly PupilLine[];
}

function byName(matching: MatchingState, line: PupilLine, { isAlone, rivalsOf }: Group): Match {
  const named = peopleNamed(matching, line.nameKeys);
  if (named === null) return tooMany(matching, line);
  const namesakes = named.filter(
    (person) =>
      isHere(matching, person) &&
      person.role === 'pupil' &&
      isFree(matching, person) &&
      !differBy(matching, { line, person, kind: 'ine' }),
  );
  const sure = namesakes.filter((person) => !differBy(matching, { line, person, kind: 'born' }));
  // Another birth date: somebody else, or a mistake mended. Who left long ago isn't asked about.
  const doubtful = namesakes.filter((person) => !sure.includes(person) && !person.left);
  const options = [...sure, ...doubtful];
  if (options.length === 0)
    return matching.decisions[`${line.at.file}:${line.at.line}`] === 'skip' ? NONE : NEW;
  const said = decided(matching, line, options);
  if (said !== null) return said;
  const [only, ...more] = sure;
  if (only !== undefined && more.length === 0 && doubtful.length === 0 && isAlone)
    return claim(matching, line, only);
  const classKey = classKeyOf(line);
  const [mate, ...mates] = sure.filter(
    (person) => folded(classNameOf(matching, person) ?? '') === classKey,
  );
  const rivals = rivalsOf(line);
  if (
    classKey !== '' &&
    mate !== undefined &&
    mates.length === 0 &&
    rivals.length === 1 &&
    doubtful.length === 0
  )
    return claim(matching, line, mate);
  return ask(matching, line, { people: options });
}

const classKeyOf = ({ className }: PupilLine): string => folded(className ?? '');

function pupilsOf(people: readonly KnownPerson[]): KnownPerson[] {
  return [...new Set(people)].filter(({ role }) => role === 'pupil' || role === null);
}

function isFree(matching: MatchingState, { addressId }: KnownPerson): boolean {
  return (matching.claimed.get(addressId) ?? null) === null;
}
