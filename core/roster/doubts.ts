import type { AddressId } from '../ground/ids.ts';
import type { AdultLine, GuardianLine, RosterLine, PupilLine } from './matching/identity.ts';
import type { FilePosition } from './reading/rows.ts';
import { known, type PersonRef } from './ref.ts';

/**
 * What of a file waits for an answer: lines that may mean one of several people, and lines of
 * guardians that name a child in such a line. Everything else of the file doesn't need it, and an
 * answer needs nothing else of the file.
 */
export interface Remainder {
  readonly pupils: readonly PupilDoubt[];
  readonly guardians: readonly GuardianDoubt[];
  readonly adults: readonly AdultDoubt[];
}

interface Doubt<L extends RosterLine> {
  /** The line's name within one import (`lineKey`). */
  readonly key: string;
  readonly line: L;
  readonly choices: readonly DoubtChoice[];
}

export type AdultDoubt = Doubt<AdultLine>;

/**
 * What somebody new would have got with the import itself. Set aside for them, so that it doesn't
 * hang on which question is answered first.
 */
export interface SetAside {
  readonly local: string | null;
  readonly face: string | null;
}

export interface PupilDoubt extends Doubt<PupilLine> {
  /** Lines of the same child in other classes. */
  readonly also: readonly PupilLine[];
}

export interface GuardianDoubt {
  readonly key: string;
  readonly line: GuardianLine;
  /** Null: nothing is asked of them, only a child of theirs is in doubt. */
  readonly choices: readonly DoubtChoice[] | null;
  /** Who they are, once that is known. */
  readonly person: PersonRef | null;
  /** Children who are certain, and not tied to them yet. */
  readonly children: readonly PersonRef[];
  /** Keys of the pupils in doubt that the line names. */
  readonly awaits: readonly string[];
  /** Said already, and waiting for another question: who the earlier line is that was named. */
  readonly answer: DoubtAnswer | null;
}

/** Somebody whom a line in doubt may mean. */
export interface DoubtChoice {
  /** Stays the same while other choices go. */
  readonly id: number;
  /** `line`: whoever an earlier line in doubt turns out to be. */
  readonly who: PersonRef | { readonly kind: 'line'; readonly key: string };
  readonly name: string;
  readonly className: string | null;
  readonly address: string | null;
  /** Whether their home is the school that asks. */
  readonly here: boolean;
  /** The children of a guardian, the guardians of a child, by name. */
  readonly family: readonly string[];
  /** The line of the file that is theirs, where there is one. */
  readonly sameAs: { readonly key: string; readonly at: FilePosition } | null;
  readonly marks: Marks;
}

/** Whether what is known of both is the same; null where either has none. */
export type Mark = 'same' | 'other' | null;

/** What tells the line and the one it may mean apart. */
export interface Marks {
  readonly mail: Mark;
  readonly phone: Mark;
  readonly home: Mark;
  readonly born: Mark;
  /** Of a child: mail address or telephone of the parents. */
  readonly parents: Mark;
}

/** The answer to one question. */
export type DoubtAnswer =
  | { readonly kind: 'person'; readonly choice: number }
  /** Another person, not yet known. */
  | { readonly kind: 'new' }
  /** The line isn't used. */
  | { readonly kind: 'skip' };

export const NOTHING_IN_DOUBT: Remainder = { pupils: [], guardians: [], adults: [] };

/** Everything of a remainder that is asked, in the order of the file within each kind. */
export function askedIn({
  pupils,
  guardians,
  adults,
}: Remainder): readonly (Doubt<RosterLine> & { readonly answer: DoubtAnswer | null })[] {
  const unanswered = <D extends Doubt<RosterLine>>(doubt: D) => ({ ...doubt, answer: null });
  return [
    ...pupils.map(unanswered),
    ...adults.map(unanswered),
    ...guardians.flatMap(({ choices, ...doubt }) =>
      choices === null || doubt.person !== null ? [] : { ...doubt, choices },
    ),
  ];
}

/** What waits without these questions, and without guardians who waited for nothing else. */
export function withoutQuestions(remainder: Remainder, keys: ReadonlySet<string>): Remainder {
  const isLeft = ({ key }: { readonly key: string }): boolean => !keys.has(key);
  return {
    pupils: remainder.pupils.filter(isLeft),
    adults: remainder.adults.filter(isLeft),
    guardians: remainder.guardians.filter(isLeft).flatMap((doubt): GuardianDoubt[] => {
      const awaits = doubt.awaits.filter((key) => !keys.has(key));
      const isAsked = doubt.choices !== null && doubt.person === null;
      return isAsked || awaits.length > 0 ? [{ ...doubt, awaits }] : [];
    }),
  };
}

/** Every line of a remainder. */
export function linesIn({ pupils, guardians, adults }: Remainder): readonly RosterLine[] {
  return [
    ...pupils.flatMap(({ line, also }) => [line, ...also]),
    ...adults.map(({ line }) => line),
    ...guardians.map(({ line }) => line),
  ];
}

/** The same with the people who have been made meanwhile. */
export function withMade(remainder: Remainder, made: readonly AddressId[]): Remainder {
  const settled = (ref: PersonRef): PersonRef => {
    const id = ref.kind === 'new' ? made[ref.index] : undefined;
    return id === undefined ? ref : known(id);
  };
  const choices = (all: readonly DoubtChoice[]): readonly DoubtChoice[] =>
    all.map((one) => (one.who.kind === 'line' ? one : { ...one, who: settled(one.who) }));
  const chosen = <D extends { readonly choices: readonly DoubtChoice[] }>(doubt: D): D => ({
    ...doubt,
    choices: choices(doubt.choices),
  });
  return {
    pupils: remainder.pupils.map(chosen),
    adults: remainder.adults.map(chosen),
    guardians: remainder.guardians.map((doubt) => ({
      ...doubt,
      choices: doubt.choices === null ? null : choices(doubt.choices),
      person: doubt.person === null ? null : settled(doubt.person),
      children: doubt.children.map(settled),
    })),
  };
}

/**
 * The answer that mail, telephone or postal address speak for, or null. Only ever proposed: the
 * rules that recognise somebody by themselves have said that they can't.
 */
export function proposedAnswer(choices: readonly DoubtChoice[]): DoubtAnswer | null {
  const speaksFor = choices.filter(({ marks }) =>
    [marks.mail, marks.phone, marks.parents, marks.home].includes('same'),
  );
  const [only, ...more] = speaksFor;
  if (only !== undefined && more.length === 0) return { kind: 'person', choice: only.id };
  // Families move: an address alone makes nobody another person.
  const isOther = ({ marks }: DoubtChoice): boolean =>
    [marks.phone, marks.parents].includes('other') && marks.home !== 'same';
  return only === undefined && choices.length > 0 && choices.every(isOther)
    ? { kind: 'new' }
    : null;
}
