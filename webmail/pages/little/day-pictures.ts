import { folded } from '../../../core/ground/folding.ts';
import { picture } from '../../frame/little-parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, type Html } from '../../html.ts';

/** A picture of the day's own sheet, which the first page of theirs doesn’t load. */
export const dayPicture = (visit: Pick<Visit, 'asset'>, name: string): Html =>
  name === 'photo'
    ? picture(visit, name)
    : html`
        <svg class="pic" aria-hidden="true"><use href="${visit.asset('day.svg')}#${name}" /></svg>
      `;

/** What has a picture, by how the words begin that speak of it; the plainest things first. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  bottes: ['botte', 'flaque', 'pluie', 'jardin'],
  doudou: ['doudou', 'peluche'],
  gateau: ['gateau', 'gouter', 'anniversaire', 'bougie', 'crepe', 'galette'],
  sieste: ['sieste', 'drap', 'couverture', 'oreiller'],
  histoire: ['livre', 'album', 'histoire', 'conte', 'bibliotheque', 'mediatheque'],
  musique: ['musique', 'chanson', 'chante', 'chorale', 'tambour'],
  gym: ['sport', 'gym', 'basket', 'piscine', 'maillot', 'jogging'],
  peinture: ['peinture', 'peindre', 'peint', 'pinceau', 'tablier', 'dessin', 'fresque'],
  cantine: ['cantine', 'repas', 'pique', 'gourde', 'legume', 'soupe'],
  car: ['car', 'bus', 'autocar', 'sortie', 'voyage', 'musee', 'ferme', 'promenade', 'zoo'],
  photo: ['photo'],
  recre: ['recre', 'velo', 'ballon', 'trottinette', 'cour'],
};

/** Words that only begin like one of those: « la carte », « le courage ». */
const ONLY_WHOLE: ReadonlySet<string> = new Set(['car', 'bus', 'cour', 'drap', 'conte', 'zoo']);

/** The picture of what words speak of: of what is named first; null where they name nothing. */
export function pictureOf(words: string): string | null {
  for (const word of folded(words).split('-'))
    for (const [name, stems] of Object.entries(WORDS))
      if (stems.some((stem) => isOf(word, stem))) return name;
  return null;
}

const isOf = (word: string, stem: string): boolean =>
  ONLY_WHOLE.has(stem) ? word === stem || word === `${stem}s` : word.startsWith(stem);
