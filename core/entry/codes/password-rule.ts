import { SIGNS_FOR_LETTERS } from '../../ground/folding.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { COMMON_WORDS } from './common-words.ts';

/** Counted in characters; a sentence is welcome, hence no upper limit that a person meets. */
const LEAST = { pupil: 8, adult: 12 } as const;
const MOST = 200;
/** One sign may fold to eighteen (Unicode, UAX #15): what is looked at must end. */
const MOST_FOLDED = 2 * MOST;
/** What a password must be worth, all that lies near taken together: two words, or three. */
const NEEDED = { pupil: 6, adult: 9 } as const;

/** What a piece that lies near is worth, where a letter of its own is worth 1. */
const WORTH = { name: 0, school: 0, word: 3, repeat: 3, run: 1, year: 1 } as const;
/** Digits and signs beside such a piece: the 12 or the ! that everybody adds. */
const ORNAMENT = 0.5;

/** A name shorter than this stands in too many words. */
const SHORTEST_NAME = 3;
const SHORTEST_WORD = 3;
const LONGEST_WORD = Math.max(...[...COMMON_WORDS].map((word) => word.length));

/**
 * Rows of keyboards, French and English, the alphabet and the digits; each is gone along both ways.
 */
const ROWS = [
  'azertyuiop',
  'qsdfghjklm',
  'wxcvbn',
  'qwertyuiop',
  'qwertzuiop',
  'asdfghjkl',
  'zxcvbnm',
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
].flatMap((row) => [row, [...row].toReversed().join('')]);
const SHORTEST_RUN = { letters: 4, digits: 3 } as const;
const YEAR = /^(?:19|20)\d\d/;
/**
 * Something at least three long that comes again at once, two signs three times, one sign four
 * times.
 */
const REPEAT = /^(?:(.{3,40}?)\1+|(..)\2{2,}|(.)\3{3,})/su;

export type PasswordFault =
  | 'short'
  | 'long'
  /** The person's own name or address, the school's or the town's, and little else. */
  | 'own-name'
  | 'school-name'
  /** One word many times. */
  | 'repeated'
  | 'common'
  /** Neighbouring keys, a row of digits, a date. */
  | 'pattern';

export interface PasswordOwner {
  readonly audience: keyof typeof LEAST;
  /** The person's names, and what their address is made of. */
  readonly names: readonly string[];
  /** The same of their school and their town. */
  readonly school: readonly string[];
}

/** Whose password it is to be. */
export function ownerOf({
  role,
  address,
  givenName,
  displayName,
  schoolName,
  classes,
}: Viewer): PasswordOwner {
  const [local = '', domain = ''] = address.split('@');
  return {
    audience: role === 'pupil' ? 'pupil' : 'adult',
    names: [givenName, displayName, local],
    school: [schoolName, domain, ...classes.map(({ name }) => name)],
  };
}

/**
 * What is wrong with a new password, or null: too short, or nothing but what is tried first (NIST
 * SP 800-63B §5.1.1.2: a list of common words, repeats and runs, words of the context; no rule
 * about signs and capitals). What lies near is no fault by itself, only where too little stands
 * beside it.
 */
export function passwordFault(password: string, who: PasswordOwner): PasswordFault | null {
  const length = [...password].length;
  if (length < LEAST[who.audience]) return 'short';
  if (length > MOST) return 'long';
  const ownWords = ownWordsOf(who);
  const plain = folded(password);
  if (plain.length > MOST_FOLDED) return 'long';
  const readings = new Set([
    plain,
    plain.replace(/[013457@€$!]/g, (sign) => SIGNS_FOR_LETTERS[sign] ?? sign),
  ]);
  const weights = [...readings].map((text) => weigh(text, ownWords));
  const weakest = weights.reduce((one, other) => (other.worth < one.worth ? other : one));
  return weakest.worth >= NEEDED[who.audience] ? null : reasonOf(weakest.kinds);
}

type Kind = keyof typeof WORTH;

/** Words that lie near for this person, and as what. */
type OwnWords = ReadonlyMap<string, Kind>;

function ownWordsOf({ names, school }: PasswordOwner): OwnWords {
  const wordsOf = (texts: readonly string[], kind: Kind) =>
    texts
      .flatMap((text) => [folded(text), ...text.split(/[^\p{L}\p{N}]+/u).map(folded)])
      .filter((word) => word.length >= SHORTEST_NAME)
      .map((word) => [word, kind] as const);
  return new Map([...wordsOf(school, 'school'), ...wordsOf(names, 'name')]);
}

interface Weight {
  readonly worth: number;
  readonly kinds: ReadonlySet<Kind>;
}

interface Piece {
  readonly kind: Kind;
  readonly text: string;
}

/** The end of a text, put together. */
interface Covered {
  readonly worth: number;
  readonly pieces: readonly Piece[];
}

/** The cheapest way to put a text together from what lies near and single signs. */
function weigh(text: string, ownWords: OwnWords): Weight {
  const best: Covered[] = [];
  best[text.length] = { worth: 0, pieces: [] };
  for (let at = text.length - 1; at >= 0; at -= 1) {
    const ways = piecesAt(text, at, ownWords).map((piece) =>
      taking(piece, best[at + piece.text.length]),
    );
    const after = best[at + 1] ?? { worth: 0, pieces: [] };
    ways.push({ worth: worthOf(text[at] ?? '') + after.worth, pieces: after.pieces });
    best[at] = ways.reduce((one, other) => (other.worth < one.worth ? other : one));
  }
  const { worth, pieces } = best[0] ?? { worth: 0, pieces: [] };
  const kinds = new Set(pieces.map(({ kind }) => kind));
  if (new Set(pieces.map((piece) => piece.text)).size < pieces.length) kinds.add('repeat');
  return { worth: kinds.size === 0 && /\p{L}/u.test(text) ? text.length : worth, kinds };
}

/** A word that comes again says nothing new. */
function taking(piece: Piece, after: Covered | undefined): Covered {
  const { worth, pieces } = after ?? { worth: 0, pieces: [] };
  const isNew = !pieces.some(({ text }) => text === piece.text);
  return { worth: worth + (isNew ? WORTH[piece.kind] : 0), pieces: [piece, ...pieces] };
}

function worthOf(sign: string): number {
  return /\p{L}/u.test(sign) ? 1 : ORNAMENT;
}

function piecesAt(text: string, at: number, ownWords: OwnWords): Piece[] {
  const rest = text.slice(at);
  const pieces: Piece[] = [];
  for (let length = SHORTEST_WORD; length <= rest.length; length += 1) {
    const word = rest.slice(0, length);
    const kind =
      ownWords.get(word) ?? (length <= LONGEST_WORD && COMMON_WORDS.has(word) ? 'word' : null);
    if (kind) pieces.push({ kind, text: word });
  }
  const run = runAt(rest);
  if (run) pieces.push({ kind: 'run', text: run });
  const [year] = YEAR.exec(rest) ?? [];
  if (year) pieces.push({ kind: 'year', text: year });
  const [repeat] = REPEAT.exec(rest) ?? [];
  if (repeat) pieces.push({ kind: 'repeat', text: repeat });
  return pieces;
}

/** The longest row of keys, letters or digits that a text begins with. */
function runAt(text: string): string | null {
  const shortest = /^\d/.test(text) ? SHORTEST_RUN.digits : SHORTEST_RUN.letters;
  const isRun = (length: number): boolean =>
    ROWS.some((row) => row.includes(text.slice(0, length)));
  if (text.length < shortest || !isRun(shortest)) return null;
  let longest = shortest;
  while (longest < text.length && isRun(longest + 1)) longest += 1;
  return text.slice(0, longest);
}

/** What is said: the nearest first. */
function reasonOf(kinds: ReadonlySet<Kind>): PasswordFault {
  if (kinds.has('name')) return 'own-name';
  if (kinds.has('school')) return 'school-name';
  if (kinds.has('repeat')) return 'repeated';
  return kinds.has('word') ? 'common' : 'pattern';
}

function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .replace(/[\s'’.,;:_-]/g, '');
}
