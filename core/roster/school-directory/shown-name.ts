/**
 * How a school's name is shown. The national directory has some in capitals without accents,
 * « ECOLE ELEMENTAIRE JULES FERRY », which nobody reads gladly; what is kept stays as it was given.
 */

/** Words of schools' names as French writes them; of others no accent is guessed. */
const WRITTEN: ReadonlyMap<string, string> = new Map(
  [
    'école',
    'écoles',
    'élémentaire',
    'maternelle',
    'primaire',
    'polyvalente',
    'publique',
    'privée',
    'intercommunale',
    'communale',
    'spécialisée',
    'groupe',
    'scolaire',
    "d'application",
    'regroupement',
    'pédagogique',
    'intercommunal',
    'mixte',
    'hôpital',
    'château',
    'église',
    'forêt',
    'vallée',
    'prés',
    'mairie',
    'centre',
    'bourg',
    'village',
  ].map((word) => [plain(word), word]),
);
/** The first names that schools bear most, and towns of theirs, with their accents. */
const NAMES: ReadonlyMap<string, string> = new Map(
  [
    'Aimé',
    'André',
    'Andrée',
    'Angélique',
    'Aragon',
    'Césaire',
    'Châteaubriand',
    'Curie',
    'Édouard',
    'Émile',
    'Éluard',
    'Félix',
    'François',
    'Françoise',
    'Frédéric',
    'Geneviève',
    'Gérard',
    'Hélène',
    'Irène',
    'Jaurès',
    'Joliot-Curie',
    'Joséphine',
    'Léo',
    'Léon',
    'Léonard',
    'Mendès',
    'Molière',
    'Pagnol',
    'Péguy',
    'Prévert',
    'René',
    'Renée',
    'Saint-Exupéry',
    'Sévigné',
    'Thérèse',
    'Valéry',
    'Zoé',
  ].map((name) => [plain(name), name]),
);
/** Between the words of a name they are small. */
const SMALL: ReadonlySet<string> = new Set([
  'a',
  'au',
  'aux',
  'de',
  'des',
  'du',
  'en',
  'et',
  'la',
  'le',
  'les',
  'lès',
  'sous',
  'sur',
]);
/** Letters that stand for words. */
const SIGLES: ReadonlySet<string> = new Set(['RPI', 'RPC', 'REP', 'ZAC', 'ULIS']);
const ROMAN = /^(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})$/;

function plain(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** « École élémentaire Jules Ferry ». A name with any small letter is shown as it is. */
export function shownSchoolName(name: string): string {
  if (name !== name.toUpperCase() || !/\p{L}{2}/u.test(name)) return name;
  const words = name.split(/(\s+)/).map((word, at) => shownWord(word, { isFirst: at === 0 }));
  const shown = words.join('');
  return shown.charAt(0).toUpperCase() + shown.slice(1);
}

interface OfCommune {
  readonly name: string;
  readonly commune: string | null;
}

/**
 * Schools as a list names them, in the order of their names: those that share one each with its
 * commune, « École Jean Zay (Rivières) ».
 */
export function toldApart<School extends OfCommune>(
  schools: readonly School[],
): (School & { readonly shownName: string })[] {
  const shown = schools.map((school) => ({ ...school, shownName: shownSchoolName(school.name) }));
  const ofName = Map.groupBy(shown, ({ shownName }) => plain(shownName));
  return shown
    .map((school) =>
      school.commune === null || ofName.get(plain(school.shownName))?.length === 1
        ? school
        : { ...school, shownName: `${school.shownName} (${school.commune})` },
    )
    .sort((one, other) => collator.compare(one.shownName, other.shownName));
}

const collator = new Intl.Collator('fr', { numeric: true });

/** Parts of a word after a hyphen or an apostrophe are words themselves. */
function shownWord(word: string, { isFirst }: { readonly isFirst: boolean }): string {
  const whole = NAMES.get(plain(word)) ?? WRITTEN.get(plain(word));
  if (whole !== undefined) return whole;
  if (SIGLES.has(word) || ROMAN.test(word)) return word;
  const elided = /^([DL])(['’])(.+)$/.exec(word);
  if (elided !== null) {
    const [, letter = '', mark = '', rest = ''] = elided;
    return `${letter.toLowerCase()}${mark}${shownWord(rest, { isFirst: false })}`;
  }
  return word
    .split('-')
    .map((part, at) => shownPart(part, { isFirst: isFirst && at === 0 }))
    .join('-');
}

function shownPart(part: string, { isFirst }: { readonly isFirst: boolean }): string {
  const small = part.toLowerCase();
  if (!isFirst && SMALL.has(small)) return small;
  const known = NAMES.get(plain(part));
  return known ?? small.charAt(0).toUpperCase() + small.slice(1);
}
