/**
 * Names of people, for two uses: a key that tells whether two spellings are one name, and the local
 * part of an address. Neither is shown to anybody as a name; what is shown stays as the roster
 * wrote it.
 */
import { WHOLE_LETTERS } from '../ground/folding.ts';

/** And those of names from farther away. */
const OF_NAMES: Readonly<Record<string, string>> = {
  ...WHOLE_LETTERS,
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ŋ: 'ng',
};
const WHOLE = new RegExp(`[${Object.keys(OF_NAMES).join('')}]`, 'g');
const PLAIN = /^[\x20-\x7E]*$/;

/** RFC 5321 §4.5.3.1.1 gives 64 to a local part; the rest is for the number of a homonym. */
export const LOCAL_CHARACTERS = 58;
/** A given name leaves the greater part to the family name. */
const GIVEN_CHARACTERS = 24;

/**
 * Lower-case text without accents; letters of other scripts stay. Upper case is the caller's to
 * lower first.
 */
export function withoutAccents(lower: string): string {
  if (PLAIN.test(lower)) return lower;
  return lower
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(WHOLE, (letter) => OF_NAMES[letter] ?? letter)
    .normalize('NFC');
}

/**
 * One key for all spellings of a name: « D’ALMEIDA », « d'Almeida » and « d Almeida »; « Anne-Zoé »
 * and « ANNE ZOE »; « de La Tour » and « DE LA TOUR ». Particles count, for « Tour » and « de La
 * Tour » are two families.
 */
export function nameKey(name: string): string {
  const lower = withoutAccents(name.normalize('NFC').toLowerCase());
  const key = lower.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
  return key === '' ? lower.trim() : key;
}

interface NameAndBirth {
  readonly familyName: string;
  readonly givenName: string;
  readonly birthDate: string | null;
}

/**
 * One key for a person without a national number; the same for two homonyms born on one day, whom
 * only a human tells apart.
 */
export function personKey(person: NameAndBirth): string {
  return `${nameKey(person.familyName)}|${nameKey(person.givenName)}|${person.birthDate ?? ''}`;
}

/**
 * `given.family` as the local part of an address, at most `LOCAL_CHARACTERS` long: ASCII, pieces
 * joined by hyphens (« Jean-Baptiste de La Tour » is `jean-baptiste.de-la-tour`, « N’Diaye » is
 * `n-diaye`). Null where a name has no Latin letter or digit: somebody has to say how it is
 * written. Free of homonyms only once the caller has numbered it.
 */
export function localOf(givenName: string, familyName: string): string | null {
  const given = cut(piecesOf(givenName), GIVEN_CHARACTERS);
  const family = cut(piecesOf(familyName), LOCAL_CHARACTERS - GIVEN_CHARACTERS - 1);
  return given === '' || family === '' ? null : `${given}.${family}`;
}

/** Beginnings of addresses that are a function or a list, wherever they end. */
const FUNCTIONS = new Set([
  'direction',
  'ecole',
  'equipe',
  'eleves',
  'familles',
  'postmaster',
  'abuse',
  'support',
  'ville',
]);

/**
 * Whether a local part is the service's own, of today or to come: a post's or a list's,
 * `direction.<school>`, or a class's, `cp.<school>`. No person gets it, so that nobody receives in
 * the place of a head whose school has no address yet.
 */
export function isOfTheService(local: string, slugs: ReadonlySet<string>): boolean {
  const [first = '', ...rest] = local.split('.');
  return FUNCTIONS.has(first) || slugs.has(rest.at(-1) ?? '');
}

/**
 * The local part of the nth of several homonyms: the first has none, and a name that ends in a
 * digit gets a hyphen before it.
 */
export function numberedLocal(local: string, homonym: number): string {
  if (homonym < 2) return local;
  return /\d$/.test(local) ? `${local}-${homonym}` : `${local}${homonym}`;
}

const PARTICLES = new Set(['De', 'Du', 'Des']);

/**
 * A name as people write it: « MARTIN-DUPONT » is « Martin-Dupont », « N'DIAYE » « N’Diaye », « DE
 * LA TOUR » « de La Tour », « D'ALMEIDA » « d’Almeida ». One with any small letter keeps its
 * capitals; its apostrophes become typographic.
 */
export function inSmallLetters(name: string): string {
  const typographic = name.replace(/(\p{L})'(?=\p{L})/gu, '$1’');
  if (typographic !== typographic.toUpperCase() || typographic === typographic.toLowerCase())
    return typographic;
  const capitals = typographic
    .toLowerCase()
    .replace(
      /(^|[^\p{L}\p{M}])(\p{L})/gu,
      (_, before: string, letter: string) => before + letter.toUpperCase(),
    );
  return capitals
    .split(' ')
    .map((word, index, words) =>
      PARTICLES.has(word) && index < words.length - 1
        ? word.toLowerCase()
        : word.replace(/^D’/, 'd’'),
    )
    .join(' ');
}

function piecesOf(name: string): string[] {
  return withoutAccents(name.normalize('NFC').toLowerCase())
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
    .split(' ')
    .filter((piece) => piece !== '');
}

/**
 * As many whole pieces as fit; where they would be little more than a particle, the beginning of
 * the next too.
 */
function cut(pieces: readonly string[], characters: number): string {
  let text = '';
  for (const piece of pieces) {
    const longer = text === '' ? piece : `${text}-${piece}`;
    if (longer.length > characters)
      return text.length < characters / 2 ? longer.slice(0, characters) : text;
    text = longer;
  }
  return text;
}
