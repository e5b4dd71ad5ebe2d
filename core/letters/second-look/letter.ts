import { withoutAnswerMarks } from '../message/compose.ts';
import type { LookedAt } from './doubt.ts';
import { doubtsIn } from './doubts.ts';

/** A letter as somebody writes it. */
interface Letter {
  readonly subject: string;
  readonly text: string;
}

/** The words of a letter, wherever a reader may meet them. */
export interface LetterWords {
  readonly subject: string;
  /** All wordings of its text. */
  readonly texts: readonly string[];
  /** What it calls its files, and whom it is for. */
  readonly names: readonly string[];
}

/**
 * The letter of somebody else that is answered, as it lies with whoever answers: what is repeated
 * of it is nobody's second thought. Null where none is.
 */
export type AnsweredLetter = Pick<LetterWords, 'subject' | 'texts'> | null;

/** Looks at what a letter's writer says in it. */
export function lookAgain({ subject, text }: Letter, answered: AnsweredLetter): LookedAt {
  return {
    subject: doubtsIn(ownTitle(subject, answered)),
    text: doubtsIn(ownText(text, answered)),
  };
}

/** Whether there is any. */
export const isDoubtful = ({ subject, text }: LookedAt): boolean =>
  subject.length + text.length > 0;

/** Whether anything that a letter may show is doubtful. */
export const saysDoubtful = (words: LetterWords, answered: AnsweredLetter): boolean =>
  doubtsIn(together(words, answered)).length > 0;

/** So many characters of what was too long to be looked at tell where it begins. */
const MOST_QUOTED = 80;

/**
 * The doubtful words themselves, each once, as they are written: those of its writer where it has
 * any, else what it repeats.
 */
export function doubtfulWords(words: LetterWords): readonly string[] {
  const quoted = { subject: '', texts: words.texts.map(quoteIn) };
  const said = quotedFrom(together(words, quoted));
  return said.length > 0 ? said : quotedFrom(together(words, null));
}

const quotedFrom = (all: string): readonly string[] => [
  ...new Set(doubtsIn(all).map(({ start, end }) => all.slice(start, end).slice(0, MOST_QUOTED))),
];

/** One text of all: how much of a letter is looked at is one limit. */
function together({ subject, texts, names }: LetterWords, answered: AnsweredLetter): string {
  const own = texts.map((text) => ownText(text, answered));
  return [ownTitle(subject, answered), ...names, ...own].filter((one) => one !== '').join('\n\n');
}

function ownTitle(subject: string, answered: AnsweredLetter): string {
  const [own, theirs] = [subject, answered?.subject ?? ''].map(withoutAnswerMarks);
  const isRepeated = answered !== null && own === theirs;
  return isRepeated ? '' : subject;
}

/** With nothing in place of what it quotes, where that repeats the letter that is answered. */
function ownText(text: string, answered: AnsweredLetter): string {
  if (answered === null) return text;
  const repeated = bare(quoteIn(text));
  return answered.texts.some((one) => bare(one).includes(repeated))
    ? text.replace(QUOTED_LINE, (line) => ' '.repeat(line.length))
    : text;
}

/** RFC 3676 §4.5. */
const QUOTED_LINE = /^>.*/gm;
const quoteIn = (text: string): string => (text.match(QUOTED_LINE) ?? []).join('\n');

/** Words alone: mail programs break the lines of what they quote anew. */
const bare = (text: string): string =>
  text
    .replace(/^[> ]*>/gm, '')
    .replace(/\s+/g, ' ')
    .trim();
