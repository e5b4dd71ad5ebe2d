import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../../ground/ids.ts';

/** What everybody may say, in the order of the page; names are those of the pages' sprite. */
export const EVERYBODYS = ['merci', 'fini', 'aide', 'pense', 'coucou', 'bravo'] as const;
/** Drawings that a class's own phrase may have besides. */
const MORE = ['lu', 'maison', 'lettre', 'ecoute', 'triste', 'encore'] as const;
/**
 * What a page makes by them: a phrase that looked like the crayons could not be told from them with
 * its words covered. Phrases that have one already keep it.
 */
const MAKINGS = ['dessin', 'voix', 'photo'] as const;

/** Drawings of ours that a class may choose for a phrase. */
export const OFFERED = [...EVERYBODYS, ...MORE] as const;
/** All of them, each a file in `pictures/`, made by `npm run shots -- phrases`. */
export const DRAWINGS = [...OFFERED, ...MAKINGS] as const;
export type Drawing = (typeof DRAWINGS)[number];

export const isDrawing = (name: string): name is Drawing =>
  DRAWINGS.some((drawing) => drawing === name);

/** What each of everybody's phrases says. */
export const WORDS: Readonly<Record<Language, Record<(typeof EVERYBODYS)[number], string>>> = {
  fr: {
    merci: 'Merci\u00a0!',
    fini: 'J’ai fini.',
    aide: 'J’ai besoin d’aide.',
    pense: 'Je pense à toi.',
    coucou: 'Coucou\u00a0!',
    bravo: 'Bravo\u00a0!',
  },
  en: {
    merci: 'Thank you!',
    fini: 'I have finished.',
    aide: 'I need help.',
    pense: 'I am thinking of you.',
    coucou: 'Hello!',
    bravo: 'Well done!',
  },
};

const FOLDER = join(import.meta.dirname, 'pictures');
const read = new Map<Drawing, Buffer>();

/** A drawing as a PNG, which every mail program shows; a browser's SVG it would not. */
export function drawnPicture(name: Drawing): Buffer {
  const known = read.get(name);
  if (known !== undefined) return known;
  const bytes = readFileSync(join(FOLDER, `${name}.png`));
  read.set(name, bytes);
  return bytes;
}
