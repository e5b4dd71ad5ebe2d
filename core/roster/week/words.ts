import type { Language } from '../../ground/ids.ts';
import type { LessonKind, NeedKind, SpecialKind } from './plan.ts';

export interface WeekWords {
  readonly kinds: Readonly<Record<LessonKind, string>>;
  readonly specials: Readonly<Record<SpecialKind, string>>;
  readonly needs: Readonly<Record<NeedKind, string>>;
}

/** What things of a week are called, on its pages and in the agendas that read its feed. */
export const WEEK_WORDS: Readonly<Record<Language, WeekWords>> = {
  fr: {
    kinds: {
      rituals: 'Rituels',
      french: 'Français',
      maths: 'Maths',
      world: 'Découvrir le monde',
      language: 'Anglais',
      sport: 'Sport',
      music: 'Musique',
      arts: 'Arts',
      break: 'Récréation',
      rest: 'Temps calme',
      other: 'Autre',
    },
    specials: {
      outing: 'Sortie',
      pool: 'Piscine',
      photo: 'Photo de classe',
      party: 'Fête',
      visit: 'Visite, réunion',
      'no-class': 'Pas d’école',
    },
    needs: { bring: 'À apporter', do: 'À faire', 'hand-in': 'À rendre' },
  },
  en: {
    kinds: {
      rituals: 'Routine',
      french: 'French',
      maths: 'Maths',
      world: 'The world around us',
      language: 'English',
      sport: 'PE',
      music: 'Music',
      arts: 'Art',
      break: 'Break',
      rest: 'Quiet time',
      other: 'Other',
    },
    specials: {
      outing: 'Outing',
      pool: 'Swimming',
      photo: 'Class photo',
      party: 'Party',
      visit: 'Visit, meeting',
      'no-class': 'No school',
    },
    needs: { bring: 'To bring', do: 'To do', 'hand-in': 'To hand in' },
  },
};
