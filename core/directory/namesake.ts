import type { HeaderAddress } from '../message/message.ts';
import { nameKey } from '../roster/matching/names.ts';
import type { Person } from '../roster/snapshot.ts';
import type { Namesake } from '../viewer.ts';

/**
 * Letters of other scripts that look like ours on a screen (Unicode UTS 39 §4, the everyday ones).
 */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  а: 'a',
  в: 'b',
  с: 'c',
  е: 'e',
  ё: 'e',
  н: 'h',
  і: 'i',
  ї: 'i',
  ј: 'j',
  к: 'k',
  ӏ: 'l',
  м: 'm',
  о: 'o',
  р: 'p',
  ѕ: 's',
  т: 't',
  у: 'y',
  х: 'x',
  α: 'a',
  β: 'b',
  ε: 'e',
  η: 'n',
  ι: 'i',
  κ: 'k',
  ν: 'v',
  ο: 'o',
  ρ: 'p',
  τ: 't',
  υ: 'u',
  χ: 'x',
};
/** Words of a display name that are looked at. */
const MAX_WORDS = 12;

/**
 * Who bears the name that a stranger gives, and has another address: somebody of the school by
 * their given and family name, in whatever order and whatever stands around them, or by the name
 * that others see; or a correspondent whose letters went through before. A name is anybody's to
 * write, so it is looked at and believed by nobody. Null where nobody does.
 */
export function namesakeOf(
  stranger: HeaderAddress,
  people: Iterable<Person>,
  correspondents: readonly HeaderAddress[],
): Namesake | null {
  const words = wordsOf(stranger.name);
  if (words.size === 0) return null;
  for (const { givenName, familyName, displayName, address } of people) {
    const isTheirs = holds(words, wordsOf(`${givenName} ${familyName}`), 2);
    if (isTheirs || same(words, wordsOf(displayName))) return { name: displayName, address };
  }
  const own = stranger.address.toLowerCase();
  const other = correspondents.find(
    ({ name, address }) => address.toLowerCase() !== own && same(words, wordsOf(name)),
  );
  return other === undefined ? null : { name: other.name, address: other.address };
}

function wordsOf(name: string): ReadonlySet<string> {
  const lower = name.normalize('NFKC').toLowerCase();
  const plain = lower.replace(/[\u0370-\u04ff]/gu, (letter) => LOOK_ALIKES[letter] ?? letter);
  const words = nameKey(plain)
    .split(' ')
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  return new Set(words.slice(0, MAX_WORDS));
}

function holds(words: ReadonlySet<string>, others: ReadonlySet<string>, atLeast: number): boolean {
  return others.size >= atLeast && [...others].every((word) => words.has(word));
}

function same(words: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  return words.size === others.size && holds(words, others, 1);
}
