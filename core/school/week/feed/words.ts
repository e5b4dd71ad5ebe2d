import type { Language } from '../../../ground/ids.ts';
import { WEEK_WORDS, type WeekWords } from '../../../roster/week/words.ts';

interface FeedWords extends WeekWords {
  readonly name: string;
  readonly holidays: string;
  /** Of a public holiday. */
  readonly noSchool: string;
  readonly toSign: string;
}

/** What stands in an agenda that reads a feed. The name says of whom it is to nobody. */
export const FEED_WORDS: Readonly<Record<Language, FeedWords>> = {
  fr: {
    name: 'Préau, la semaine',
    holidays: 'Vacances scolaires',
    noSchool: 'Pas d’école',
    toSign: 'Papier à signer',
    ...WEEK_WORDS.fr,
    kinds: { ...WEEK_WORDS.fr.kinds, other: 'Cours' },
    specials: { ...WEEK_WORDS.fr.specials, visit: 'Visite' },
  },
  en: {
    name: 'Préau, the week',
    holidays: 'School holidays',
    noSchool: 'No school',
    toSign: 'Paper to sign',
    ...WEEK_WORDS.en,
    kinds: { ...WEEK_WORDS.en.kinds, other: 'Lesson' },
    specials: { ...WEEK_WORDS.en.specials, visit: 'Visit' },
  },
};
