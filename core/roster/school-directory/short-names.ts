import { folded } from '../../ground/folding.ts';

/**
 * A school's short name: the last part of the addresses of its classes, `ce1-a.<short name>@`, and
 * what the command line calls it.
 */

/** Signs that a short name has at most; a class's list adds its own name and `familles.`. */
const LONGEST = 40;
/** Signs of a proposal, and those that it takes of the school's own name. */
const PROPOSED_SIGNS = 30;
const OWN_SIGNS = 20;
const SHAPE = /^(?=[0-9-]*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Other addresses of the service end in these, or begin with them. */
const RESERVED: ReadonlySet<string> = new Set([
  'abuse',
  'agents',
  'bench',
  'direction',
  'ecole',
  'eleves',
  'equipe',
  'familles',
  'postmaster',
  'support',
  'town',
  'ville',
]);

/** Words that say that something is a school, and not which. */
const GENERIC: ReadonlySet<string> = new Set([
  'application',
  'communale',
  'ecole',
  'ecoles',
  'elementaire',
  'groupe',
  'intercommunale',
  'maternelle',
  'mixte',
  'municipale',
  'intercommunal',
  'pedagogique',
  'polyvalente',
  'primaire',
  'prive',
  'privee',
  'public',
  'publique',
  'regroupement',
  'rpi',
  'scolaire',
]);
/** Between such a word and a name: « école de la Mairie ». */
const JOINING: ReadonlySet<string> = new Set(['d', 'de', 'des', 'du']);
const ARTICLES: ReadonlySet<string> = new Set(['l', 'la', 'le', 'les']);

const KINDS = { maternelle: 'mat', elementaire: 'elem', primaire: 'prim' } as const;

/** Whether a text may be a school's short name, as far as its letters go. */
export function isShortName(text: string): boolean {
  return text.length <= LONGEST && SHAPE.test(text) && !RESERVED.has(text);
}

/** A commune's short name, free of those that are taken. */
export function communeShortName(name: string, taken: ReadonlySet<string>): string {
  const plain = cut(folded(name).split('-'), PROPOSED_SIGNS) || 'commune';
  return numbered(plain, taken);
}

/** A short name for one school; its commune is '' where it has none. */
export function proposeShortName(
  school: Omit<Nameless, 'uai'>,
  taken: ReadonlySet<string>,
): string {
  return proposeShortNames([{ ...school, uai: '' }], taken).get('') ?? '';
}

/** A school that has no short name yet. */
interface Nameless {
  readonly uai: string;
  readonly name: string;
  readonly commune: string;
}

/**
 * A short name for each, by its number: what is the school's own in its name, and where that is
 * several schools' or taken, with its kind (`-mat`, `-elem`), its commune, at last a number. The
 * same whatever the order of the schools.
 */
export function proposeShortNames(
  schools: readonly Nameless[],
  taken: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const used = new Set([...taken, ...RESERVED]);
  const proposals = new Map<string, string>();
  const groups = [...Map.groupBy(schools, ownName)].toSorted(([one], [other]) =>
    one < other ? -1 : 1,
  );
  // Who is alone with a name has it, whatever those who share another are called at last.
  const [alone, shared] = [
    groups.filter(([name, group]) => group.length === 1 && !used.has(name)),
    groups.filter(([name, group]) => group.length > 1 || used.has(name)),
  ];
  for (const [name, group] of [...alone, ...shared])
    for (const [uai, proposal] of toldApart(name, group, used)) {
      proposals.set(uai, proposal);
      used.add(proposal);
    }
  return proposals;
}

/** The first way of telling a group apart that gives each a name of its own. */
function toldApart(
  name: string,
  group: readonly Nameless[],
  used: ReadonlySet<string>,
): [uai: string, proposal: string][] {
  const ways: readonly ((one: Nameless) => readonly string[])[] = [
    () => [],
    (one) => kindOf(one),
    (one) => [folded(one.commune)],
    (one) => [...kindOf(one), folded(one.commune)],
  ];
  for (const way of ways) {
    const names = group.map((one): [string, string] => [one.uai, withMore(name, way(one))]);
    const different = new Set(names.map(([, proposal]) => proposal));
    if (different.size === group.length && [...different].every((one) => !used.has(one)))
      return names;
  }
  const taken = new Set(used);
  return group
    .toSorted((one, other) => (one.uai < other.uai ? -1 : 1))
    .map(({ uai }) => {
      const proposal = numbered(name, taken);
      taken.add(proposal);
      return [uai, proposal];
    });
}

function numbered(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  for (let number = 2; ; number += 1) {
    const end = `-${number}`;
    const one = `${name.slice(0, PROPOSED_SIGNS - end.length).replace(/-$/, '')}${end}`;
    if (!taken.has(one)) return one; // ends: each turn tries another of finitely many taken
  }
}

function withMore(name: string, more: readonly string[]): string {
  return cut([name, ...more.flatMap((one) => one.split('-'))], PROPOSED_SIGNS);
}

/** What is left of a school's name without the words that every school's has. */
function ownName({ name, commune }: Nameless): string {
  const words = folded(name).split('-');
  const begin = words.findIndex((word, index) => !isFiller(words, word, index));
  const end = words.findLastIndex((word) => !GENERIC.has(word));
  const own = begin < 0 ? [] : words.slice(begin, end + 1);
  const kept = own.some((word) => word.length > 1) ? own : folded(commune).split('-');
  const short = cut(kept, OWN_SIGNS);
  if (isShortName(short)) return short;
  const longer = cut(['ecole', ...kept], OWN_SIGNS);
  return isShortName(longer) ? longer : 'ecole-1';
}

/**
 * An article counts as part of the name, but in the plural and after « de »: « La Fontaine », « Les
 * Tilleuls », « de la Mairie ».
 */
function isFiller(words: readonly string[], word: string, index: number): boolean {
  if (GENERIC.has(word)) return true;
  const before = words[index - 1] ?? '';
  if (JOINING.has(word)) return GENERIC.has(before);
  return ARTICLES.has(word) && (word === 'les' || JOINING.has(before));
}

/** The kinds that the name says, shortened; a school of all ages may have two. */
function kindOf({ name }: Nameless): string[] {
  const words = new Set(folded(name).split('-'));
  return Object.entries(KINDS).flatMap(([word, short]) => (words.has(word) ? [short] : []));
}

/** As many whole words as fit; the beginning of the first where even that is too long. */
function cut(given: readonly string[], signs: number): string {
  const words = given.filter((word) => word !== '');
  let text = '';
  for (const word of words) {
    const longer = text === '' ? word : `${text}-${word}`;
    if (longer.length > signs) break;
    text = longer;
  }
  return text === '' ? (words[0] ?? '').slice(0, signs).replace(/-$/, '') : text;
}
