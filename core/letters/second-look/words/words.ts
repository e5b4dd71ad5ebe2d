import { plain, soundOf, unstretched, withoutLeet } from '../letters.ts';
import { ROUGH, STRONG } from '../vocabulary.ts';
import {
  BY_SOUND,
  HEARD_LENGTH,
  GLUED,
  HARMLESS,
  SAID_TO_SOMEBODY,
  SPELLINGS,
  VOCABULARY,
} from './spellings.ts';

/** A text as words, brought to the spelling of the vocabulary, with where each stands in it. */
export interface SpelledWords {
  /** All words with a space around each; « . » ends a sentence, « ? » asks, « , » ends a clause. */
  readonly line: string;
  /** By offset in `line`: which of `tokens` begins there. */
  readonly at: ReadonlyMap<number, number>;
  readonly tokens: readonly Token[];
}

interface Token {
  readonly word: string;
  /** Offsets in the text; the second is exclusive. */
  readonly start: number;
  readonly end: number;
}

/**
 * A word: letters and what stands for letters. « ! » and « | » stand for one only between two
 * letters; an apostrophe parts (« t'es »).
 */
const WORD = /[\p{L}\p{M}\p{N}@$€*]+(?:[!|][\p{L}\p{N}]+)*|[.!?;:…\n,()«»"“”]|🖕|💩|🐷|🐖/gu;
const ENDS_SENTENCE = /^[.!;:…\n()«»"“”]$/;
/** Single letters with little between them: « c o n », « c.o.n », « c-o-n ». */
const SPACED =
  /(?<![\p{L}\p{N}])[\p{L}\p{N}@$*](?:[ .\-_/*'\n]{1,3}[\p{L}\p{N}@$*]){2,}(?![\p{L}\p{N}])/gu;

/** Reads a text into words. Pure. */
export function wordsOf(text: string): SpelledWords {
  const folded = plain(text);
  const tokens = tokensOf(text, folded);
  const at = new Map<number, number>();
  let line = ' ';
  for (const [index, { word }] of tokens.entries()) {
    at.set(line.length, index);
    line += `${word} `;
  }
  return { line, at, tokens };
}

function tokensOf(text: string, folded: string): Token[] {
  const end: Token = { word: '.', start: 0, end: 0 };
  const spaced = new Map(
    [...folded.matchAll(SPACED)]
      .flatMap((found) => spacedOut(found))
      .map((run) => [run.start, run]),
  );
  const tokens: Token[] = [end];
  let next = 0;
  for (const { 0: written, index } of folded.matchAll(WORD)) {
    if (index < next) continue;
    const run = spaced.get(index);
    next = run === undefined ? index + written.length : run.end;
    for (const word of run?.words ?? spelled(written))
      tokens.push({ word, start: index, end: next });
  }
  return [...joined(tokens), { ...end, start: text.length, end: text.length }];
}

/** Letters one by one that make a word of ours together; « t n u l » makes two. */
function spacedOut(
  found: RegExpMatchArray,
): readonly { start: number; end: number; words: readonly string[] }[] {
  const start = found.index ?? 0;
  const letters = found[0].replace(/[ .\-_/'\n]/g, '');
  const words = spelled(letters);
  const isOurs = words.every((word) => VOCABULARY.has(word)) && words.join('').length > 2;
  return isOurs ? [{ start, end: start + found[0].length, words }] : [];
}

/** A word cut in two by a space: « con nard », « sa lope »; the halves of short ones are words. */
function joined(tokens: readonly Token[]): Token[] {
  const whole: Token[] = [];
  for (const token of tokens) {
    const before = whole.at(-1);
    const word = before === undefined ? '' : before.word + token.word;
    const isCut =
      before !== undefined &&
      word.length >= CUT_LENGTH &&
      NEVER_KIND.has(word) &&
      !(VOCABULARY.has(before.word) && VOCABULARY.has(token.word));
    if (isCut && before) whole[whole.length - 1] = { ...before, word, end: token.end };
    else whole.push(token);
  }
  return whole;
}
const CUT_LENGTH = 6;
const NEVER_KIND: ReadonlySet<string> = new Set([...STRONG, ...ROUGH]);

/** How the vocabulary spells what is written: one word as a rule, more where it is glued. */
function spelled(written: string): readonly string[] {
  if (ENDS_SENTENCE.test(written)) return ['.'];
  if (written === ',' || written === '?' || /^\d+$/.test(written) || HARMLESS.has(written))
    return [written];
  for (const reading of readingsOf(written)) {
    const known = SPELLINGS.get(reading) ?? (VOCABULARY.has(reading) ? reading : null);
    if (known !== null) return known.split(' ');
  }
  const letters = withoutLeet(written);
  const known = letters.includes('*') ? unmasked(letters) : (heard(letters) ?? unglued(letters));
  return known?.split(' ') ?? [written];
}

/** As it is written, and with what was stretched or hidden undone. */
function readingsOf(written: string): readonly string[] {
  const letters = /[a-z]/.test(written) ? withoutLeet(written) : written;
  const bare = written.replace(/(?<![0-9])[0-9]+$/, ''); // « merd1 »
  return [
    written,
    letters,
    ...(/[a-z][1|]/.test(written) ? [withoutLeet(written.replace(/[1|]/g, 'l'))] : []), // « nu1 »
    written.replaceAll('rn', 'm'), // « rnerde »
    ...unstretched(letters),
    ...(bare.length < HEARD_LENGTH ? [] : [bare, `${letters}e`]),
  ];
}

/** By its sound; « 2e » and « 12h » have none. */
function heard(letters: string): string | null {
  const readings = letters.length < HEARD_LENGTH ? [] : [letters, ...unstretched(letters)];
  const known = readings.map((word) => BY_SOUND.get(soundOf(word)));
  return known.find((word) => word !== undefined) ?? null;
}

/** « p*te », « m**de »: the one word of those that nobody says kindly that it can be. */
function unmasked(letters: string): string | null {
  if (letters.replaceAll('*', '').length < 2) return null;
  const masked = new RegExp(`^${letters.replaceAll('*', '[a-z]')}$`);
  return STRONG.find((word) => masked.test(word)) ?? null;
}

/** « tnul », « tesmoche », « grosconnard ». */
function unglued(letters: string): string | null {
  const [, before = '', word = ''] =
    /^(tes|te|t|d|gros|grosse|sale|trop)(.{3,})$/.exec(letters) ?? [];
  if (SAID_TO_SOMEBODY.has(word) && (before !== 'd' || word.length >= GLUED_TO_D))
    return `${before.startsWith('te') || before === 't' ? 'tu es' : before} ${word}`;
  return letters.length < GLUED_LENGTH
    ? null
    : (GLUED.find((one) => letters.includes(one)) ?? null);
}
const GLUED_LENGTH = 7;
const GLUED_TO_D = 5;
