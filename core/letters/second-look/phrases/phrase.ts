import type { SaidKind } from '../doubt.ts';
import {
  AFTER_BIG,
  AFTER_DIRTY,
  BLOWS,
  BODY,
  OF_PEOPLE,
  OF_THE_NAMED,
  OF_THEIR_THINGS,
  ROUGH,
  STRONG,
  VIOLENT,
} from '../vocabulary.ts';
import { firstWordsOf } from './first-words.ts';

/** Words that hurt where they stand together; matched on `Words.line`. */
export interface DoubtPhrase {
  readonly kind: SaidKind;
  /** Sticky: it is asked where a word begins. */
  readonly pattern: RegExp;
  /** Words that it may begin with. */
  readonly first: ReadonlySet<string>;
  /** The words that it asks for by themselves, not by a part. */
  readonly words: readonly string[];
  /** Said before it, it hurts nobody: « je suis », « pas ». */
  readonly unless?: RegExp;
  /** Said after it, it hurts nobody: « dis rien à maman, c'est une surprise ». */
  readonly unlessAfter?: RegExp;
}

const oneOf = (words: readonly string[]): string => `(?:${words.join('|')})`;

/** Phrases with « | » between them, over as many lines as they take. */
const anyOf = (phrases: string): string => `(?:${phrases.replace(/\n */g, '')})`;

/** What stands in braces in a phrase. */
const PARTS: Readonly<Record<string, string>> = {
  strong: oneOf(STRONG),
  rough: oneOf(ROUGH),
  mean: oneOf([
    ...OF_PEOPLE.filter((word) => !/^(?:gros|grosse|sale|sales)$/.test(word)),
    ...ROUGH,
    ...STRONG,
  ]),
  named: oneOf([...OF_THE_NAMED, ...ROUGH]),
  things: oneOf(OF_THEIR_THINGS),
  big: oneOf(AFTER_BIG),
  dirty: oneOf(AFTER_DIRTY),
  violent: oneOf(VIOLENT),
  blow: oneOf(BLOWS),
  body: oneOf(BODY),
  /** « t'es », « té », « tu es », « tu est », « tes », « t ». */
  you: anyOf(`
    tu es|tu est|tu e|tu et|tu ai|tu|t es|t est|t e|t|tes|te|tai|ti es|vous etes|vous ete|
    toi tu es|tu as l air|t as l air|tu a l air|ta l air|tu etais|tu seras|tu serais|
    tu restes|tu resteras|tu deviens|tu ressembles a|on dirait|c est toi|t etais|je te trouve|
    on te trouve|tu te crois|t nes|tu n es que|t n es que|tu n es qu|tu n es rien qu
  `),
  /** How much, and whatever else stands between. */
  how:
    '(?:' +
    anyOf(`
    trop|vraiment|tellement|tres|super|hyper|mega|ultra|grave|archi|completement|toujours|
    juste|rien|qu|que|un|une|le|la|l|les|des|de|d|plus|aussi|tout|toute|bien|si|assez|
    franchement|peu|en|encore|pire|gros|grosse|petit|petite|sale|vrai|vraie|pauvre|espece|
    bande|vieux|vieille|sacre|sacree|genre|carrement|totalement|comme|meme|quand|moche|bete|
    nul|nulle|et|kun|kune|hyperr|fin|mec|ptit|ptite|vrement|vrmt
  `) +
    ' ){0,6}',
  end: '(?= [.,?] )',
  begin: '(?<=[.,?] )',
  /** No question follows: « tu joues pas avec nous ? » is one. */
  told: '(?!(?: [a-z0-9]+){0,8} [?])',
  groups: anyOf(`
    filles|garcons|noirs|arabes|juifs|blancs|chinois|musulmans|gitans|roms|etrangers|pd|homos|
    gros|grosses|handicapes|rebeus|renois|intellos|roux|africains|portugais|turcs
  `),
  any: '(?:[a-z0-9]+ )',
  word: '[a-z0-9]+',
  street: anyOf(`
    rue|avenue|boulevard|allee|impasse|chemin|place|square|quai|route|residence|lotissement|
    immeuble|batiment|bat|etage|tour|cite|hameau|appartement
  `),
  give:
    anyOf(`
    donne|donnes|dis|dit|envoie|envoies|file|filer|passe|passes|prete|pretes|montre|ecris|
    veux|partage|donner|dire|avoir|echange
  `) + ' (?:moi |nous |me |stp )?',
  number: anyOf(`
    zero|un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|
    seize|vingt|trente|quarante|cinquante|soixante|quatre vingt|et|[0-9]{1,2}
  `),
  network: anyOf(`
    snap|snapchat|insta|instagram|tiktok|tik tok|whatsapp|watsap|wattsapp|whatsap|discord|
    facebook|telegram|gmail|mail|email|e mail|skype|messenger|signal
  `),
  password: anyOf(`
    mot de passe|mots de passe|mot de pass|mot passe|motdepasse|code secret|codes secrets|
    code|codes|password|images secretes|code d acces|identifiant|identifiants
  `),
  friends: '(?:ami|amis|amie|amies|copain|copains|copine|copines|pote|potes|camarade|camarades)',
};

/** A phrase: words with one space between them; `{…}` is a part. */
function phrase(source: string): Pick<DoubtPhrase, 'pattern' | 'first' | 'words'> {
  const line = source.replace(/\n */g, '').trim();
  const filled = line.replace(/\{(\w+)\}/g, (_, name: string) => PARTS[name] ?? '');
  const first = firstWordsOf(filled);
  if (first === null) throw new Error(`any word may begin ${line}`);
  return {
    pattern: new RegExp(`${filled}(?= )`, 'y'),
    first,
    words: filled.match(/[a-z]+/g) ?? [],
  };
}

type More = Pick<DoubtPhrase, 'unless' | 'unlessAfter'>;

/** Words that hurt whoever reads them, or whom they are about. */
export const hurts = (source: string, more: More = {}): DoubtPhrase => ({
  kind: 'hurts',
  ...phrase(source),
  ...more,
});

/** Words that frighten. */
export const threatens = (source: string, more: More = {}): DoubtPhrase => ({
  kind: 'threatens',
  ...phrase(source),
  ...more,
});

/** Words that tell what one keeps for oneself. */
export const keep = (source: string, more: More = {}): DoubtPhrase => ({
  kind: 'private',
  ...phrase(source),
  ...more,
});

/** Words by which one is to be met outside school. */
export const meet = (source: string, more: More = {}): DoubtPhrase => ({
  kind: 'meeting',
  ...phrase(source),
  ...more,
});
