import { partAtQuote } from '../message/quoted.ts';
import type { Doubt } from './doubt.ts';
import { doubtsIn } from './doubts.ts';

/** A letter as somebody writes it. */
interface Letter {
  readonly subject: string;
  readonly text: string;
  /** Its title, and what it repeats at its end, are then the words of somebody else. */
  readonly isAnswer: boolean;
}

/** The doubtful words of a letter, by where they stand. */
export interface LookedAt {
  readonly subject: readonly Doubt[];
  readonly text: readonly Doubt[];
}

/** Looks at what a letter's writer says in it. */
export function lookAgain({ subject, text, isAnswer }: Letter): LookedAt {
  const said = isAnswer ? partAtQuote(text).said : text;
  return { subject: isAnswer ? [] : doubtsIn(subject), text: doubtsIn(said) };
}

/** Whether there is any. */
export const isDoubtful = ({ subject, text }: LookedAt): boolean =>
  subject.length + text.length > 0;

/** The words themselves, each once, as they are written. */
export function doubtfulWords(letter: Letter): readonly string[] {
  const { subject, text } = lookAgain(letter);
  return [
    ...new Set([
      ...subject.map(({ start, end }) => letter.subject.slice(start, end)),
      ...text.map(({ start, end }) => letter.text.slice(start, end)),
    ]),
  ];
}
