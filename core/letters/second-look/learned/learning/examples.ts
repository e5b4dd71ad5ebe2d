import { createHash } from 'node:crypto';
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
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.txt'))
    .sort()
    .flatMap((file) => examplesIn(file, readFileSync(new URL(file, FOLDER), 'utf8')));
}

/** By which one sees whether weights were learned from these sentences or from others. */
export const sumOf = (all: readonly Example[]): string =>
  createHash('sha256')
    .update(
      all
        .map(({ words, phrases, kind }) => `${kind} ${[...words, ...phrases].join(' ')}\n`)
        .join(''),
    )
    .digest('hex');

function examplesIn(file: string, text: string): readonly Example[] {
  const kind = KINDS.findIndex((name) => file.startsWith(name));
  const found: Example[] = [];
  let theme = file;
  for (const line of text.split('\n')) {
    if (line.startsWith('#')) theme = `${file} ${line}`;
    else for (const said of spelledOut(line)) found.push(...sentences(said, { kind, theme }));
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
