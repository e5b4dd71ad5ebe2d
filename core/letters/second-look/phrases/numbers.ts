import type { Doubt } from '../doubt.ts';
import { plain } from '../letters.ts';

/** Telephone numbers, streets and addresses of mail, by what they look like in a text. */

interface Look {
  readonly pattern: RegExp;
  /** Whether what was found is one after all. */
  readonly holds: (found: RegExpExecArray, text: string) => boolean;
}

/** Between the digits of a telephone number: signs and ends of lines, no words. */
const GAP = '[^a-z0-9]{0,4}';
const DIGIT = '[0-9o]';
/** Between single digits, a sign at most: more of them are a child's sums. */
const NARROW_GAP = ' ?[.,;:*\\-_/\\n]? ?';
const MOBILE = `(?:(?:\\+|00)33${GAP}(?:\\(0\\)${GAP})?[1-9]|[0o]${NARROW_GAP}[1-9])`;

const STREETS = `
  rue avenue av ave bd bld boulevard boulevar bvd allee allees impasse chemin place square quai
  route residence lotissement faubourg esplanade montee
`
  .trim()
  .split(/\s+/);

/** Nobody is called at 01 23 45 67 89 or 05 10 15 20 25, which children write to count. */
function isNoCounting([found]: RegExpExecArray): boolean {
  const digits = found.replace(/\D/g, '');
  const isBinary = /^[01]+$/.test(digits);
  return (
    digits !== '0123456789' &&
    !isBinary &&
    !isSeries(digits.match(/\d\d/g) ?? []) &&
    !isSeries(found.match(/\d+/g) ?? [])
  );
}

/** Numbers that grow, or lessen, by as much each: five or more of them. */
function isSeries(written: readonly string[]): boolean {
  const numbers = written.map(Number);
  const step = (numbers[1] ?? 0) - (numbers[0] ?? 0);
  return (
    numbers.length >= SERIES &&
    numbers.every((one, at) => at === 0 || one - (numbers[at - 1] ?? 0) === step)
  );
}
const SERIES = 5;

/** « 3 place » is of a street where a name comes after it, or the small word before one. */
function namesStreet(found: RegExpExecArray, text: string): boolean {
  const next = found[1] ?? '';
  const start = found.index + found[0].length - next.length;
  return (
    /^(?:de|du|des|d|la|le|les|l|saint|sainte|st|ste)$/.test(next) ||
    /^\p{Lu}/u.test(text.slice(start))
  );
}

/** Looked for in the folded text. */
const LOOKS: readonly Look[] = [
  {
    pattern: new RegExp(`(?<!\\d)${MOBILE}(?:${GAP}${DIGIT}{2}){4}(?!\\d)`, 'g'),
    holds: isNoCounting,
  },
  {
    pattern: new RegExp(`(?<!\\d)${MOBILE}(?:${NARROW_GAP}${DIGIT}){8}(?!\\d)`, 'g'),
    holds: isNoCounting,
  },
  {
    pattern: new RegExp(
      `(?<![\\d,])\\d{1,4} ?(?:bis|ter|quater|b)?[ ,\\n]{1,3}(?:${STREETS.join('|')})\\.? ([a-z]+)`,
      'g',
    ),
    holds: namesStreet,
  },
  { pattern: /(?<![\w.+-])[\w.+-]{2,64}@[\w-]{2,64}\.[a-z]{2,8}/g, holds: () => true },
];

/** What looks like one in a text. Pure. */
export function numbersIn(text: string): Doubt[] {
  const folded = plain(text);
  return LOOKS.flatMap(({ pattern, holds }) =>
    [...folded.matchAll(pattern)]
      .filter((found) => holds(found, text))
      .map((found): Doubt => ({
        kind: 'private',
        start: found.index,
        end: found.index + found[0].length,
      })),
  );
}
