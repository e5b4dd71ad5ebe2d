import type { Language } from '../../../ground/ids.ts';
import type { LessonKind, NeedKind, SpecialKind } from '../../../roster/week/plan.ts';

interface FeedWords {
  readonly name: string;
  readonly holidays: string;
  /** Of a public holiday. */
  readonly noSchool: string;
  readonly toSign: string;
  readonly kinds: Readonly<Record<LessonKind, string>>;
  readonly specials: Readonly<Record<SpecialKind, string>>;
  readonly needs: Readonly<Record<NeedKind, string>>;
}

/** What stands in an agenda that reads a feed. The name says of whom it is to nobody. */
export const FEED_WORDS: Readonly<Record<Language, FeedWords>> = {
  fr: {
    name: 'Préau, la semaine',
    holidays: 'Vacances scolaires',
    noSchool: 'Pas d’école',
    toSign: 'Papier à signer',
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
      other: 'Cours',
    },
    specials: {
      outing: 'Sortie',
      pool: 'Piscine',
      photo: 'Photo de classe',
      party: 'Fête',
      visit: 'Visite',
      'no-class': 'Pas d’école',
    },
    needs: { bring: 'À apporter', do: 'À faire', 'hand-in': 'À rendre' },
  },
  en: {
    name: 'Préau, the week',
    holidays: 'School holidays',
    noSchool: 'No school',
    toSign: 'Paper to sign',
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
      other: 'Lesson',
    },
    specials: {
      outing: 'Outing',
      pool: 'Swimming',
      photo: 'Class photo',
      party: 'Party',
      visit: 'Visit',
      'no-class': 'No school',
    },
    needs: { bring: 'To bring', do: 'To do', 'hand-in': 'To hand in' },
  },
};
