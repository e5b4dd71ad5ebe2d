import confusables from 'unhomoglyph/data.json' with { type: 'json' };

/** A text as an eye reads it. */
export interface SeenText {
  readonly text: string;
  /** Where each unit of it stands in what was written, in UTF-16 units; the last is the end. */
  readonly at: readonly number[];
}

/** What nearly all children write: nothing in it is taken for anything else. */
const AS_WRITTEN = /^(?:[!-~¡¦-¬®-ÖØ-öø-ÿŒœŸ–—‘’“”…€]|(?<![ \n]) |(?<!\n)\n)*$/;
/** « nuI »: a capital i after a small letter is read as an l. */
const READ_AS_L = /\p{Ll}I/u;

const ENDS_LINE = /^[\n\v\f\r\u0085\u2028\u2029]$/;
/** Fillers and the empty pattern of Braille are as wide as a letter, and empty. */
const EMPTY = /^[\p{Z}\t\u115F\u1160\u2800\u3164\uFFA0]$/u;
/** Draws nothing, or is drawn upon the letter before it. */
const UNSEEN = /[\p{M}\p{Cf}\p{Cc}\p{Default_Ignorable_Code_Point}]/u;
const UNSEEN_ALL = /[\p{M}\p{Cf}\p{Cc}\p{Default_Ignorable_Code_Point}]/gu;
const LETTER = /^\p{L}/u;
const LETTER_OR_DIGIT = /^[\p{L}\p{N}\u2460-\u24FF\u{1F110}-\u{1F14F}]$/u;
const DIGIT = /^\p{Nd}$/u;
/** What a letter is read as: one of ours, a few for a ligature, or a sign that stands for one. */
const OURS = /^\(?([a-z0-9]{1,3}|!)\)?$/i;

/** By letter: what Unicode holds for easily taken for it (UTS 39 §4). */
const CONFUSABLES: ReadonlyMap<string, string> = new Map(Object.entries(confusables));
/** Letters whose likeness Unicode's list doesn't know: small capitals, turned and Greek ones. */
const BY_SHAPE: ReadonlyMap<string, string> = new Map(
  `
  ᴀa ʙb ᴅd ᴇe ꜰf ɢg ʜh ᴊj ᴋk ʟl ᴍm ɴn ᴘp ʀr ᴛt
  ǝe əe ɘe ɛe ɐa ʌv ɹr ʇt ɥh ʞk βb λl πn пn ωw
`
    .trim()
    .split(/\s+/)
    .map((pair): [string, string] => [pair.slice(0, -1), pair.slice(-1)]),
);

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz';
/** White letters on black circles and squares, which Unicode doesn't decompose; those of flags. */
const PICTURED = [0x1f150, 0x1f170, 0x1f1e6];
/** Two together are a flag; fewer or more are letters. */
const FLAG_LETTERS = /[\u{1F1E6}-\u{1F1FF}]+/gu;
const FLAG_UNITS = 4;

const FROM_RIGHT = '\u202E';
/** Begins or ends what is shown in another order than it is written (UAX 9 §2). */
const TURNS = /^[\u202A-\u202E]$/;

interface Sign {
  readonly sign: string;
  /** Where it stands in what was written. */
  readonly start: number;
}

/**
 * Reads a text code point by code point as it is seen: without marks and without what draws
 * nothing, much empty space as little, letters and digits of other alphabets by what they look
 * like, what is written to be shown from the right (UAX 9 §2.2) turned round. It reads so much that
 * little more than `most` units are seen. Pure; its time grows with the length alone.
 */
export function asSeen(written: string, most: number): SeenText {
  const lines = written.replaceAll('\r\n', ' \n');
  if (AS_WRITTEN.test(lines) && !READ_AS_L.test(lines))
    return { text: lines, at: Array.from({ length: lines.length + 1 }, (_, at) => at) };
  const signs = inReadingOrder(drawn(lines));
  const looks: string[] = [];
  const at: number[] = [];
  let last = '';
  for (const [index, { sign, start }] of signs.entries()) {
    if (at.length > most) break;
    const look = lookOf(sign, last, signs[index + 1]?.sign ?? '');
    const isMoreSpace = last === '\n' ? /^[ \n]$/.test(look) : last === ' ' && look === ' ';
    if (isMoreSpace) continue;
    for (let unit = 0; unit < look.length; unit += 1) at.push(start);
    looks.push(look);
    last = look.at(-1) ?? last;
  }
  return { text: looks.join(''), at: [...at, written.length] };
}

/** Keeps the drawn signs of a text and those that turn its order round; a flag is a picture. */
function drawn(written: string): Sign[] {
  const flags = new Set(
    [...written.matchAll(FLAG_LETTERS)]
      .filter(([run]) => run.length === FLAG_UNITS)
      .flatMap(({ index }) => [index, index + FLAG_UNITS / 2]),
  );
  const signs: Sign[] = [];
  let start = 0;
  for (const sign of written) {
    const isDrawn = !UNSEEN.test(sign) || ENDS_LINE.test(sign) || EMPTY.test(sign);
    if (TURNS.test(sign) || (isDrawn && !flags.has(start))) signs.push({ sign, start });
    start += sign.length;
  }
  return signs;
}

/** What is written behind an override stands from right to left until it is taken back. */
function inReadingOrder(signs: readonly Sign[]): readonly Sign[] {
  if (!signs.some(({ sign }) => sign === FROM_RIGHT)) return signs.filter(isNoTurn);
  const read: Sign[] = [];
  let turned: Sign[] | null = null;
  for (const one of [...signs, END]) {
    if (TURNS.test(one.sign) || ENDS_LINE.test(one.sign)) {
      for (const back of turned?.reverse() ?? []) read.push(back);
      turned = one.sign === FROM_RIGHT ? [] : null;
    }
    (turned ?? read).push(one);
  }
  return read.filter(isNoTurn);
}
const END: Sign = { sign: '\u202C', start: 0 };
const isNoTurn = ({ sign }: Sign): boolean => !TURNS.test(sign);

/** What a sign is read as behind what was read; itself where it is like nothing of ours. */
function lookOf(sign: string, before: string, after: string): string {
  if (ENDS_LINE.test(sign)) return '\n';
  if (EMPTY.test(sign)) return ' ';
  if (sign === 'I' && /^\p{Ll}$/u.test(before)) return 'l';
  if (sign < '\u0080') return sign;
  if (DIGIT.test(sign)) return valueOf(sign);
  if (LETTER_OR_DIGIT.test(sign) || (LETTER.test(before) && LETTER.test(after)))
    return likeOurs(sign) ?? sign;
  return pictured(sign) ?? sign;
}

/** Decimal digits of each alphabet stand in tens, from nought on (Unicode §4.6). */
function valueOf(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let nought = code;
  while (DIGIT.test(String.fromCodePoint(nought - 1))) nought -= 1;
  return String((code - nought) % 10);
}

/** By its decomposition, else by what it is taken for, be it small or big. */
function likeOurs(sign: string): string | null {
  const bare = bareOf(sign);
  const likes = [sign, bare, bare.toLowerCase(), bare.toUpperCase()].map(
    (form) => BY_SHAPE.get(form) ?? bareOf(CONFUSABLES.get(form) ?? ''),
  );
  for (const like of [bare, ...likes]) {
    const [, ours] = OURS.exec(like) ?? [];
    if (ours !== undefined) return ours === 'rn' ? 'm' : ours;
  }
  return null;
}

const bareOf = (letters: string): string => letters.normalize('NFKD').replace(UNSEEN_ALL, '');

function pictured(sign: string): string | null {
  const code = sign.codePointAt(0) ?? 0;
  const letter = PICTURED.map((first) => ALPHABET.charAt(code - first)).find((one) => one !== '');
  return letter ?? null;
}
