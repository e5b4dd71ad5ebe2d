/** Where a text has what somebody looked for, so that a page can mark it. */

/** What to mark, in lower case and without accents. */
export interface Sought {
  readonly words: readonly SoughtWord[];
  /** The words of each phrase, in their order. */
  readonly phrases: readonly (readonly string[])[];
}

interface SoughtWord {
  readonly typed: string;
  /** What the index makes of it: « autoris » of « autorisations »; null for « de ». */
  readonly root: string | null;
  /** Not typed to its end: words that go on are marked too. */
  readonly isBeginning: boolean;
}

/** A stretch of a text. */
interface Piece {
  readonly text: string;
  readonly isHit: boolean;
}

const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const ASCII = /^[\x00-\x7f]*$/;

/** A word as it is compared: lower case, without accents, œ as oe. */
export function plainWord(word: string): string {
  if (ASCII.test(word)) return word.toLowerCase();
  return word
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae');
}

/** The words of a text as they are compared; an apostrophe parts them (« l’école »). */
export function plainWords(text: string): string[] {
  return (text.match(WORD) ?? []).map(plainWord);
}

/** The text in pieces: those that were looked for, and the rest; whole words are marked. */
export function piecesOf(text: string, sought: Sought): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const hit of hitsIn(text, sought)) {
    if (hit.start > end) pieces.push({ text: text.slice(end, hit.start), isHit: false });
    pieces.push({ text: text.slice(hit.start, hit.end), isHit: true });
    ({ end } = hit);
  }
  if (end < text.length) pieces.push({ text: text.slice(end), isHit: false });
  return pieces;
}

/** Whether anything in the text would be marked. */
export function hasHit(text: string, sought: Sought): boolean {
  return hitsIn(text, sought).length > 0;
}

/** Whether these words stand one after the other in the text. */
export function hasPhrase(text: string, phrase: readonly string[]): boolean {
  return hitsIn(text, { words: [], phrases: [phrase] }).length > 0;
}

/** Characters before the first hit that an excerpt shows, few in a narrow list; and all of it. */
const BEFORE = 14;
const EXCERPT = 160;

/** The text around the first hit, on one line; null where there is none. */
export function excerptOf(text: string, sought: Sought): string | null {
  const line = text.replace(/\s+/gu, ' ').trim();
  const [first] = hitsIn(line, sought);
  if (first === undefined) return null;
  if (first.start <= BEFORE) return line.slice(0, EXCERPT);
  const from = line.indexOf(' ', first.start - BEFORE);
  const start = from < 0 || from >= first.start ? first.start : from + 1;
  return `… ${line.slice(start, start + EXCERPT)}`;
}

interface Place {
  readonly start: number;
  readonly end: number;
}

/** Hits in their order; none within another. */
function hitsIn(text: string, sought: Sought): Place[] {
  const words = Array.from(text.matchAll(WORD), ({ 0: word, index }) => ({
    plain: plainWord(word),
    start: index,
    end: index + word.length,
  }));
  const hits: Place[] = [];
  for (let at = 0; at < words.length;) {
    const length = hitLength(words, at, sought);
    const [first, last] = [words[at], words[at + length - 1]];
    if (length > 0 && first && last) hits.push({ start: first.start, end: last.end });
    at += Math.max(1, length);
  }
  return hits;
}

/** How many words from here on are a hit; 0: this one is none. */
function hitLength(
  words: readonly { readonly plain: string }[],
  at: number,
  { words: single, phrases }: Sought,
): number {
  const phrase = phrases.find(
    (one) => one.length > 0 && one.every((word, step) => words[at + step]?.plain === word),
  );
  if (phrase !== undefined) return phrase.length;
  const word = words[at]?.plain ?? '';
  return single.some((one) => isHit(word, one)) ? 1 : 0;
}

/** Letters of a root that say enough to go by it, and how far a word goes on behind it. */
const SURE_ROOT = 4;
const ENDING = 7;

function isHit(word: string, { typed, root, isBeginning }: SoughtWord): boolean {
  if (word === typed || (isBeginning && word.startsWith(typed))) return true;
  if (root === null) return false;
  return (
    word === root ||
    word === `${root}s` ||
    word === `${root}x` ||
    (root.length >= SURE_ROOT && word.startsWith(root) && word.length - root.length <= ENDING)
  );
}
