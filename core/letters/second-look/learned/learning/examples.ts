import { hash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { phrasesIn } from '../../said.ts';
import { wordsOf } from '../../words/words.ts';
import { sentencesOf, type JudgedSentence } from '../sentences.ts';
import { KINDS } from '../weights.ts';

/** A sentence to learn from, or to try on. */
export interface Example extends JudgedSentence {
  /** Which of `KINDS`; -1: harmless. */
  readonly kind: number;
  /** What was written in one go on one matter; kept out of learning together. */
  readonly theme: string;
}

const FOLDER = new URL('sentences/', import.meta.url);

/**
 * The sentences of this folder. A file is named by its kind (`hurts-left-out.txt`); a line that
 * begins with « # » begins a theme; « [one|another|] » in a line stands for each of them.
 */
export function examples(): readonly Example[] {
  return files().flatMap((file) => examplesIn(file, 1));
}

/**
 * By which one sees whether weights were learned from these sentences or from others: what the
 * files say; how one line in eight of them is read, which takes an eighth of the time; how all are.
 */
export const sums = {
  said: (): string => sumOf(files().map(({ name, text }) => `${name}\n${text}`)),
  readInPart: (): string =>
    sumOf(
      files()
        .flatMap((file) => examplesIn(file, 8))
        .map(inShort),
    ),
  read: (): string => sumOf(examples().map(inShort)),
};

const sumOf = (all: readonly string[]): string => hash('sha256', all.join(''));

const inShort = ({ words, phrases, kind }: Example): string =>
  `${kind} ${[...words, ...phrases].join(' ')}\n`;

/** A file of sentences. */
interface SentencesFile {
  readonly name: string;
  readonly text: string;
}

function files(): readonly SentencesFile[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .map((name) => ({ name, text: readFileSync(new URL(name, FOLDER), 'utf8') }));
}

/** One line in `every` of a file. */
function examplesIn({ name, text }: SentencesFile, every: number): readonly Example[] {
  const kind = KINDS.findIndex((one) => name.startsWith(one));
  const found: Example[] = [];
  let theme = name;
  for (const [at, line] of text.split('\n').entries()) {
    if (line.startsWith('#')) theme = `${name} ${line}`;
    else if (at % every === 0)
      for (const said of spelledOut(line)) found.push(...sentences(said, { kind, theme }));
  }
  return found;
}

function sentences(text: string, about: Pick<Example, 'kind' | 'theme'>): readonly Example[] {
  const words = wordsOf(text);
  return sentencesOf(words, phrasesIn(words)).map((sentence) => ({
    words: sentence.words,
    phrases: sentence.phrases,
    ...about,
  }));
}

/** How many sentences a line stands for at most, so that no line speaks louder than others. */
const MOST_OF_A_LINE = 12;

/** Each choice of a line at least once, and other choices beside it in turn. */
function spelledOut(line: string): readonly string[] {
  const parts = [...line.matchAll(/\[([^[\]]*)\]|[^[]+/g)].map(
    ([all, choices]) => choices?.split('|') ?? [all],
  );
  const possible = parts.reduce((count, { length }) => count * length, 1);
  const longest = Math.max(0, ...parts.map(({ length }) => length));
  const count = Math.min(possible, Math.max(longest, MOST_OF_A_LINE));
  const said = Array.from({ length: count }, (_, turn) => {
    let rest = turn;
    return parts
      .map((choices, at) => {
        const all = possible === count ? rest : turn * (at + 1) + Math.floor(turn / choices.length);
        rest = Math.floor(rest / choices.length);
        return choices[all % choices.length] ?? '';
      })
      .join('');
  });
  return [...new Set(said.map((one) => one.replace(/ +/g, ' ').trim()))].filter(Boolean);
}
