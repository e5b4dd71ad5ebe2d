import type { Doubt } from './doubt.ts';
import { doubtfulIn } from './learned/learned.ts';
import { numbersIn } from './phrases/numbers.ts';
import { phrasesIn } from './said.ts';
import { asSeen, type SeenText } from './words/seen.ts';
import { wordsOf } from './words/words.ts';

/** How much of a text is looked through, in characters as seen; no child writes as much. */
const MAX_CHARACTERS = 20_000;
/** How much of it is read at all, marks and empty space among it. */
const MAX_WRITTEN = 100_000;

/**
 * The words of a child's letter that may hurt or frighten whoever reads it, or tell what one keeps
 * for oneself, in their order and none within another; last what stands too far behind to be looked
 * at. Pure; nothing is remembered.
 */
export function doubtsIn(text: string): readonly Doubt[] {
  const seen = asSeen(text.slice(0, MAX_WRITTEN), MAX_CHARACTERS);
  const some = seen.text.slice(0, MAX_CHARACTERS);
  const joined = joinedLines(some);
  const found = [...saidIn(some), ...(joined === some ? [] : saidIn(joined)), ...numbersIn(some)];
  const looked = seen.text.length > some.length ? placeOf(seen, some.length) : MAX_WRITTEN;
  return apart([
    ...found.map((doubt) => inWritten(seen, doubt)),
    ...(text.length > looked ? [{ kind: 'unread' as const, start: looked, end: text.length }] : []),
  ]);
}

function saidIn(text: string): readonly Doubt[] {
  const words = wordsOf(text);
  return doubtfulIn(words, phrasesIn(words));
}

/** A program ends a line by itself behind so many characters. */
const FULL_LINE = 60;
/** Of so few words a line is hardly a sentence. */
const FEW_WORDS = /^\s*\S+(?:\s+\S+)?\s*$/;
const ENDS_SENTENCE = /[.!?;:…]\s*$/;

/** Its lines with a space between where a sentence seems to go on over them: as long as it was. */
function joinedLines(text: string): string {
  const lines = text.split('\n');
  return lines
    .map((line, at) => {
      const next = lines[at + 1];
      if (next === undefined) return line;
      const isCut = line.length >= FULL_LINE || FEW_WORDS.test(line) || FEW_WORDS.test(next);
      return `${line}${isCut && !ENDS_SENTENCE.test(line) ? ' ' : '\n'}`;
    })
    .join('');
}

/** Where a character that is seen stands in what was written. */
const placeOf = ({ at }: SeenText, index: number): number => at[index] ?? at.at(-1) ?? 0;

/** A doubt where it stands in what was written; its order may be another there. */
function inWritten(seen: SeenText, { kind, start, end }: Doubt): Doubt {
  let [first, last] = [placeOf(seen, start), placeOf(seen, end)];
  for (let index = start; index < end; index += 1) {
    first = Math.min(first, placeOf(seen, index));
    last = Math.max(last, placeOf(seen, index) + 1);
  }
  return { kind, start: first, end: last };
}

/** What overlaps is one, of the kind that begins first. */
function apart(doubts: readonly Doubt[]): readonly Doubt[] {
  const one: Doubt[] = [];
  for (const doubt of [...doubts].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = one.at(-1);
    if (last === undefined || doubt.start >= last.end) one.push(doubt);
    else if (doubt.end > last.end) one[one.length - 1] = { ...last, end: doubt.end };
  }
  return one;
}
