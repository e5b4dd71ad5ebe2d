import type { AddressId } from '../../ground/ids.ts';
import {
  LEAVE_OUT,
  SOMEBODY_NEW,
  type Decisions,
  type PreviewLine,
  type RosterQuestion,
} from '../preview.ts';
import type { FilePosition, RefusedLine } from '../reading/rows.ts';
import type { KnownBy, RosterLine } from './identity.ts';
import { halvesOf, indexOf, type SchoolIndex } from './school-index.ts';
import type { KnownPerson, SchoolState } from './state.ts';

/** Whom a line of the file means. */
export type Match =
  | { readonly kind: 'known'; readonly person: KnownPerson }
  | { readonly kind: 'new' }
  /** A question without an answer, or left out, or refused. */
  | { readonly kind: 'none' };

/** What matching looks at and what it leaves behind. */
export interface MatchingState {
  readonly state: SchoolState;
  readonly index: SchoolIndex;
  readonly day: string;
  readonly decisions: Decisions;
  /** People whom a line has claimed, or may yet claim. */
  readonly claimed: Map<AddressId, RosterLine | null>;
  readonly questions: RosterQuestion[];
  /** Questions that nothing answers: their lines wait. */
  readonly asked: AmbiguousLine[];
  readonly refused: RefusedLine[];
}

/** Whom a line in doubt may mean: people, or whoever earlier lines of the file are. */
export interface AmbiguousLine {
  readonly line: RosterLine;
  readonly people: readonly KnownPerson[];
  readonly lines: readonly RosterLine[];
}

interface MatchingWish {
  readonly day: string;
  readonly decisions: Decisions;
  readonly refused: readonly RefusedLine[];
}

/** Matching that has not begun. */
export function newMatching(state: SchoolState, wish: MatchingWish): MatchingState {
  return {
    state,
    index: indexOf(state, wish.day),
    day: wish.day,
    decisions: wish.decisions,
    claimed: new Map(),
    questions: [],
    asked: [],
    refused: [...wish.refused],
  };
}

export const NEW: Match = { kind: 'new' };
export const NONE: Match = { kind: 'none' };
/**
 * So many people of one name, or lines, a line may mean at most: no school has more, and a question
 * about more is none that anybody answers.
 */
export const MOST_NAMESAKES = 50;

export function questionKey(at: FilePosition): string {
  return `${at.file}:${at.line}`;
}

/** A line's name while it waits: those of two kinds may come from two files of one name. */
export function lineKey({ kind, at }: Pick<RosterLine, 'kind' | 'at'>): string {
  return `${kind} ${questionKey(at)}`;
}

/** The answer that says: the person of that line. */
export function wordFor(at: FilePosition): string {
  return `line:${questionKey(at)}`;
}

/** Those known by a key of this kind; nobody where the line has none. */
export function knownBy(matching: MatchingState, line: KnownBy, kind: string): KnownPerson[] {
  const { byKey, people } = matching.state;
  const ids = line.keys
    .filter((key) => key.startsWith(`${kind}:`))
    .flatMap((key) => byKey.get(key) ?? []);
  return [...new Set(ids)].sort((one, other) => one - other).flatMap((id) => people.get(id) ?? []);
}

/** Whether more people than may be asked about are known by the line's keys of this kind. */
export function isCommon({ state }: MatchingState, { keys }: KnownBy, kind: string): boolean {
  return keys.some(
    (key) => key.startsWith(`${kind}:`) && (state.byKey.get(key)?.length ?? 0) > MOST_NAMESAKES,
  );
}

/** Everybody of one of these names, each once; null where they are more than may be asked about. */
export function peopleNamed(
  { index }: MatchingState,
  nameKeys: readonly string[],
): readonly KnownPerson[] | null {
  const groups = nameKeys.map((name) => index.byName.get(name) ?? []);
  if (groups.some(({ length }) => length > MOST_NAMESAKES)) return null;
  return [...new Set(groups.flat())];
}

/** A line and a person, by one kind of key. */
interface Compared {
  readonly line: KnownBy;
  readonly person: KnownPerson;
  readonly kind: string;
}

/** Whether both have a key of this kind, and not the same. */
export function differBy(matching: MatchingState, { line, person, kind }: Compared): boolean {
  const theirs = [...(matching.state.keysOf.get(person.addressId) ?? [])].filter((key) =>
    key.startsWith(`${kind}:`),
  );
  const ours = line.keys.filter((key) => key.startsWith(`${kind}:`));
  return theirs.length > 0 && ours.length > 0 && !ours.some((key) => theirs.includes(key));
}

const KINDS = ['ine:', 'born:', 'mail:', 'phone:', 'sourced:'] as const;

/** Some of whom a line may mean, and what they have in common. */
interface MayBe {
  /** The same for all lines that have it in common with them. */
  readonly by: string;
  readonly people: () => readonly KnownPerson[];
}

/**
 * Whom of this school a line may mean that can't be used: those known by one of its keys; else
 * those of its name, or of the half of a name that it has. Nothing is done to them for want of a
 * line. Lists are filtered by whoever walks them, with `isHere`.
 */
export function candidatesFor(matching: MatchingState, line: RosterLine): readonly MayBe[] {
  const { state } = matching;
  const peopleOf = (key: string): readonly KnownPerson[] =>
    (state.byKey.get(key) ?? []).flatMap((id) => state.people.get(id) ?? []);
  const sure = line.keys.filter(
    (key) =>
      KINDS.some((kind) => key.startsWith(kind)) &&
      state.byKey.get(key)?.some((id) => isHere(matching, state.people.get(id))),
  );
  return sure.length > 0
    ? sure.map((key) => ({ by: key, people: () => peopleOf(key) }))
    : (line.kind === 'pupil' ? line.nameKeys : [line.nameKey]).map((name) => ({
        by: `name:${name}`,
        people: () => namedLike(matching, name),
      }));
}

/** Those of a name whose one half may be missing. */
function namedLike({ index }: MatchingState, nameKey: string): readonly KnownPerson[] {
  const { family, given } = halvesOf(nameKey);
  if (family === '' && given === '') return [];
  if (given === '') return index.byFamilyName.get(family) ?? [];
  if (family === '') return index.byGivenName.get(given) ?? [];
  return index.byName.get(nameKey) ?? [];
}

/** Whether somebody has their account in this school. */
export function isHere({ state }: MatchingState, person: KnownPerson | undefined): boolean {
  return person !== undefined && person.home === state.school && person.account !== null;
}

/** Takes somebody for a line; a second line for the same person is refused as being there twice. */
export function claim(matching: MatchingState, line: RosterLine, person: KnownPerson): Match {
  const holder = matching.claimed.get(person.addressId);
  if (holder !== undefined && holder !== null && holder.kind === line.kind)
    return refuse(matching, line, 'twice');
  matching.claimed.set(person.addressId, line);
  return { kind: 'known', person };
}

export function refuse(matching: MatchingState, line: RosterLine, reason: string): Match {
  matching.refused.push({
    at: line.at,
    reason,
    cell: `${line.givenName} ${line.familyName}`.slice(0, 80),
  });
  return NONE;
}

/** A line that may mean more people than anybody can choose from. */
export const tooMany = (matching: MatchingState, line: RosterLine): Match =>
  refuse(matching, line, 'namesakes');

/**
 * What somebody decided about this line; null where nobody did, or for an address that isn't among
 * the people looked at.
 */
export function decided(
  matching: MatchingState,
  line: RosterLine,
  options: readonly KnownPerson[],
): Match | null {
  const word = matching.decisions[questionKey(line.at)];
  if (word === undefined) return null;
  if (word === SOMEBODY_NEW) return NEW;
  if (word === LEAVE_OUT) return NONE;
  const person = options.find(({ address }) => address === word.toLowerCase());
  return person === undefined ? null : claim(matching, line, person);
}

interface WhoItMayBe {
  readonly people: readonly KnownPerson[];
  /** Lines of the file that may mean the same person. */
  readonly lines?: readonly RosterLine[];
  /** What stands in the answer until somebody says otherwise. */
  readonly preset?: RosterQuestion['preset'];
}

/** Asks who it is, unless that has been said; those it may be don't count as leaving meanwhile. */
export function ask(
  matching: MatchingState,
  line: RosterLine,
  { people, lines = [], preset = null }: WhoItMayBe,
): Match {
  const said = decided(matching, line, people);
  if (said !== null) return said;
  if (people.length + lines.length > MOST_NAMESAKES) return tooMany(matching, line);
  matching.questions.push({
    key: questionKey(line.at),
    preset,
    about: previewOf(line),
    options: [
      ...people.map((person) => ({
        address: person.address,
        name: `${person.givenName} ${person.familyName}`,
        className: classNameOf(matching, person),
        here: person.home === matching.state.school,
        sameAs: null,
      })),
      ...lines.map((one) => ({
        address: wordFor(one.at),
        name: `${one.givenName} ${one.familyName}`,
        className: null,
        here: true,
        sameAs: one.at,
      })),
    ],
  });
  if (preset === SOMEBODY_NEW) return NEW;
  matching.asked.push({ line, people, lines });
  for (const { addressId } of people)
    if (!matching.claimed.has(addressId)) matching.claimed.set(addressId, null);
  return NONE;
}

export function previewOf(line: RosterLine): PreviewLine {
  return {
    kind: line.kind,
    name: `${line.givenName} ${line.familyName}`,
    className: firstClassOf(line),
    address: null,
    at: line.at,
  };
}

function firstClassOf(line: RosterLine): string | null {
  if (line.kind === 'adult') return line.classNames[0] ?? null;
  return line.kind === 'pupil' ? line.className : null;
}

/** The class that somebody is in today, here. */
export function classNameOf(
  { index }: Pick<MatchingState, 'index'>,
  person: KnownPerson,
): string | null {
  return index.classOf.get(person.addressId)?.name ?? null;
}
