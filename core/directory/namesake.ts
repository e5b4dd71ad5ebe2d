import type { HeaderAddress } from '../letters/message/message.ts';
import { nameKey } from '../roster/names.ts';
import type { Person, Roster } from '../roster/snapshot.ts';
import type { Namesake } from '../rules/viewer.ts';

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

/** The people of a school by their names, as they are compared. */
interface NamesOfSchool {
  /** Each person's words of given and family name, under the first of them by the alphabet. */
  readonly byWord: ReadonlyMap<string, readonly Named[]>;
  /** Those whose shown name has just these words. */
  readonly shown: ReadonlyMap<string, readonly Named[]>;
}

interface Named {
  readonly person: Person;
  readonly words: ReadonlySet<string>;
  /** Their place in the roster: among several the first is named. */
  readonly place: number;
}

/**
 * The names of a roster are cut into words once, however many letters come on it: a roster is never
 * changed, a new version is another one.
 */
const kept = new WeakMap<Roster['people'], NamesOfSchool>();

/**
 * Who bears the name that a stranger gives, and has another address: somebody of the school by
 * their given and family name, in whatever order and whatever stands around them, or by the name
 * that others see; or a correspondent whose letters went through before. A name is anybody's to
 * write, so it is looked at and believed by nobody. Null where nobody does.
 *
 * @param isAsked whose names count, where not everybody's of the school
 */
export function namesakeOf(
  stranger: HeaderAddress,
  people: Roster['people'],
  {
    correspondents = [],
    isAsked = () => true,
  }: {
    readonly correspondents?: readonly HeaderAddress[];
    readonly isAsked?: (person: Person) => boolean;
  } = {},
): Namesake | null {
  const words = nameWords(stranger.name);
  if (words.size === 0) return null;
  const names = namesOf(people);
  const alike = [
    ...[...words].flatMap((word) => names.byWord.get(word) ?? []).filter(holdsAll(words)),
    ...(names.shown.get(keyOf(words)) ?? []),
  ].filter(({ person }) => isAsked(person));
  const [first] = alike.sort((one, other) => one.place - other.place);
  if (first !== undefined) return { name: first.person.displayName, address: first.person.address };
  const own = stranger.address.toLowerCase();
  const key = keyOf(words);
  const other = correspondents.find(
    ({ name, address }) => address.toLowerCase() !== own && keyOf(nameWords(name)) === key,
  );
  return other === undefined ? null : { name: other.name, address: other.address };
}

function namesOf(people: Roster['people']): NamesOfSchool {
  const known = kept.get(people);
  if (known !== undefined) return known;
  const byWord = new Map<string, Named[]>();
  const shown = new Map<string, Named[]>();
  let place = 0;
  for (const person of people.values()) {
    const words = nameWords(`${person.givenName} ${person.familyName}`);
    const [firstWord] = [...words].sort();
    // one word alone is half of too many names
    if (words.size >= 2 && firstWord !== undefined)
      add(byWord, firstWord, { person, words, place });
    const shownWords = nameWords(person.displayName);
    if (shownWords.size > 0) add(shown, keyOf(shownWords), { person, words: shownWords, place });
    place += 1;
  }
  const names = { byWord, shown };
  kept.set(people, names);
  return names;
}

function add(names: Map<string, Named[]>, key: string, named: Named): void {
  const there = names.get(key);
  if (there === undefined) names.set(key, [named]);
  else there.push(named);
}

const holdsAll =
  (words: ReadonlySet<string>) =>
  (named: Named): boolean =>
    [...named.words].every((word) => words.has(word));

/** The same for the same words in any order. */
const keyOf = (words: ReadonlySet<string>): string => [...words].sort().join(' ');

/** The words of a name, without case, accents, and letters that only look like ours. */
export function nameWords(name: string): ReadonlySet<string> {
  const lower = name.normalize('NFKC').toLowerCase();
  const plain = lower.replace(/[\u0370-\u04ff]/gu, (letter) => LOOK_ALIKES[letter] ?? letter);
  const words = nameKey(plain)
    .split(' ')
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  return new Set(words.slice(0, MAX_WORDS));
}
