import { withoutAccents } from '../roster/matching/names.ts';

/** Said of every school, so it tells none from another. */
const SAID_OF_ALL = new Set([
  'ecole',
  'ecoles',
  'groupe',
  'scolaire',
  'maternelle',
  'elementaire',
  'primaire',
  'publique',
  'public',
  'privee',
  'prive',
  'polyvalente',
  'application',
  'intercommunale',
  'communale',
  'regroupement',
  'pedagogique',
  'intercommunal',
]);
const PARTICLES = new Set(['de', 'du', 'des', 'd', 'la', 'le', 'les', 'l', 'et', 'a', 'au', 'aux']);
const MOST_SIGNS = 24;
/** Schools of one name in a town; far more than any has. */
const MOST_NAMESAKES = 999;

const SHAPE = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const LONGEST = 40;
/** Words of addresses of the whole town, and of the pages. */
const RESERVED = new Set(['ville', 'support', 'postmaster', 'abuse', 'town', 'bench']);

/**
 * Whether a school may be called by this: small letters, digits and hyphens, as it stands at the
 * end of its addresses (`equipe.tilleuls@`).
 */
export function isShortName(text: string): boolean {
  return text.length <= LONGEST && SHAPE.test(text) && /[a-z]/.test(text) && !RESERVED.has(text);
}

/**
 * A short name for a school, from its name: what every school's has is left out (« École
 * élémentaire publique Jean Jaurès » is `jean-jaures`), and where the name is taken it is numbered.
 */
export function shortName(name: string, taken: ReadonlySet<string>): string {
  const words = withoutAccents(name.normalize('NFC').toLowerCase())
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const telling = words.filter((word) => !SAID_OF_ALL.has(word));
  while (PARTICLES.has(telling[0] ?? '')) telling.shift();
  const short = cut(telling.length > 0 ? telling : words);
  const plain = isShortName(short) ? short : `ecole-${short}`.replace(/-$/, '');
  for (let number = 2; taken.has(plain) && number <= MOST_NAMESAKES; number += 1) {
    const numbered = `${plain}-${number}`;
    if (!taken.has(numbered)) return numbered;
  }
  return plain;
}

/** As many whole words as fit. */
function cut(words: readonly string[]): string {
  let text = '';
  for (const word of words) {
    const longer = text === '' ? word.slice(0, MOST_SIGNS) : `${text}-${word}`;
    if (longer.length > MOST_SIGNS) break;
    text = longer;
  }
  return text.replace(/(?:-(?:de|du|des|d|la|le|les|l|et))+$/, '');
}
