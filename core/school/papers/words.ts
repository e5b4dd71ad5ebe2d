import { clockAt } from '../../ground/clock.ts';
import type { Language } from '../../ground/ids.ts';
import { dayInWords } from '../../roster/days.ts';
import type { Frame, Occasion } from './contract/slips.ts';
import { wordsFor } from './slip.ts';

/** « mercredi 25 novembre 2026 à 18 h ». */
function momentInWords(at: Date, timeZone: string, language: Language): string {
  const { date, time } = clockAt(at, timeZone);
  return `${dayInWords(date, language)}${language === 'fr' ? ` à ${hour(time)}` : `, ${time}`}`;
}

/** « 8 h 30 », « 18 h ». */
const hour = (time: string): string => {
  const [hours, minutes] = time.split(':');
  return `${Number(hours)}\u00a0h${minutes === '00' ? '' : `\u00a0${minutes}`}`;
};

function occasionInWords(occasion: Occasion, language: Language): string {
  const { day, lastDay, from, to } = occasion;
  const days = [day, ...(lastDay === null ? [] : [lastDay])].map((one) =>
    dayInWords(one, language),
  );
  const hours = [from, to].flatMap((one) =>
    one === null ? [] : [language === 'fr' ? hour(one) : one],
  );
  return [days.join(language === 'fr' ? ' au ' : ' to '), hours.join(' – ')]
    .filter((one) => one !== '')
    .join(', ');
}

interface LetterWords {
  readonly frame: Frame;
  readonly until: Date;
  readonly timeZone: string;
  readonly page: string;
  readonly language: Language;
  readonly isChange: boolean;
}

/**
 * What stands below a letter that brings a paper: what is asked, until when, and where one answers,
 * for who reads it in a mail program.
 */
export function belowLetter(words: LetterWords): string {
  const { frame, until, timeZone, page, language, isChange } = words;
  const say = WORDS[language];
  const { occasion } = frame;
  const lines = [
    isChange ? say.changed : say.toSign,
    wordsFor(frame, say.yourChild),
    ...(occasion === null ? [] : [say.when(occasionInWords(occasion, language))]),
    ...(frame.place === '' ? [] : [say.place(frame.place)]),
    ...(frame.price === '' ? [] : [say.price(frame.price)]),
    say.answer(momentInWords(until, timeZone, language)),
    page,
  ];
  return `\n\n${lines.join('\n')}`;
}

const WORDS = {
  fr: {
    yourChild: 'votre enfant',
    toSign: '–– À signer ––',
    changed: '–– Ce papier a changé\u00a0: à relire et à signer de nouveau ––',
    when: (days: string) => `Quand\u00a0: ${days}`,
    place: (place: string) => `Où\u00a0: ${place}`,
    price: (price: string) => `Prix\u00a0: ${price}`,
    answer: (until: string) => `Répondre avant ${until}, sur cette page\u00a0:`,
  },
  en: {
    yourChild: 'your child',
    toSign: '–– To sign ––',
    changed: '–– This paper has changed: to read and to sign again ––',
    when: (days: string) => `When: ${days}`,
    place: (place: string) => `Where: ${place}`,
    price: (price: string) => `Price: ${price}`,
    answer: (until: string) => `Answer before ${until}, on this page:`,
  },
} as const;

/** A paper that waits for somebody, in the word that reminds them. */
export interface WaitingPaper {
  readonly subject: string;
  readonly child: string;
  readonly until: Date;
  readonly page: string;
}

/** The one word of a day to a guardian: all that waits for them in a school. */
export function reminderLetter(
  papers: readonly WaitingPaper[],
  { timeZone, language }: { readonly timeZone: string; readonly language: Language },
): { readonly subject: string; readonly text: string } {
  const say = REMINDER[language];
  const lines = papers.map((paper) => waitingLine(paper, { timeZone, language }));
  const [first] = papers;
  return {
    subject:
      papers.length === 1 && first ? say.one(first.subject, first.child) : say.some(papers.length),
    text: [say.intro, ...lines].join('\n\n'),
  };
}

/** What waits, for whom and until when, and the way to it. */
export const waitingLine = (
  { subject, child, until, page }: WaitingPaper,
  { timeZone, language }: { readonly timeZone: string; readonly language: Language },
): string =>
  REMINDER[language].line({
    subject,
    child,
    page,
    until: momentInWords(until, timeZone, language),
  });

type WaitingWords = Readonly<Record<keyof WaitingPaper, string>>;

const REMINDER = {
  fr: {
    one: (subject: string, child: string) => `À signer pour ${child}\u00a0: ${subject}`,
    some: (count: number) => `${count} papiers à signer`,
    intro: 'Votre réponse est attendue\u00a0:',
    line: ({ subject, child, until, page }: WaitingWords) =>
      `${subject}, pour ${child}, avant ${until}.\n${page}`,
  },
  en: {
    one: (subject: string, child: string) => `To sign for ${child}: ${subject}`,
    some: (count: number) => `${count} papers to sign`,
    intro: 'Your answer is waited for:',
    line: ({ subject, child, until, page }: WaitingWords) =>
      `${subject}, for ${child}, before ${until}.\n${page}`,
  },
} as const;

/** To who handed a paper in that could no longer be asked when it was to leave. */
export function unaskedLetter(
  subject: string,
  language: Language,
): { readonly subject: string; readonly text: string } {
  const say = UNASKED[language];
  return { subject: say.subject(subject), text: say.text };
}

const UNASKED = {
  fr: {
    subject: (subject: string) => `Votre papier n’est pas parti\u00a0: ${subject}`,
    text:
      'Ce qu’il demande ne peut plus être demandé\u00a0: un jour est passé, ou le papier qu’il devait changer a été changé ou retiré.\n\n' +
      'Il est dans vos brouillons avec son talon. Ouvrez-le\u00a0: la page dit ce qui ne va pas.',
  },
  en: {
    subject: (subject: string) => `Your paper was not sent: ${subject}`,
    text:
      'What it asks can be asked no more: a day has gone by, or the paper that it was to change has been changed or withdrawn.\n\n' +
      'It is among your drafts with its slip. Open it: the page says what is wrong.',
  },
} as const;
