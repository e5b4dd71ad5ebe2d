import type { Language } from '../../ground/ids.ts';
import { waitingLine, type WaitingPaper } from '../papers/words.ts';

/** What a family hears of in its word of the day. */
export interface News {
  readonly papers: readonly (WaitingPaper & { readonly timeZone: string })[];
  readonly notices: readonly { readonly title: string; readonly board: string }[];
}

/** The word of a day: papers first, then notices by their titles. */
export function dailyLetter(
  { papers, notices }: News,
  { language, publicUrl }: { readonly language: Language; readonly publicUrl: string },
): { readonly subject: string; readonly text: string } {
  const say = WORDS[language];
  const counts = [
    ...(papers.length === 0 ? [] : [say.papers(papers.length)]),
    ...(notices.length === 0 ? [] : [say.notices(notices.length)]),
  ];
  const hung = notices.map(({ title, board }) => say.notice(title, board)).join('\n');
  const parts = [
    ...(papers.length === 0
      ? []
      : [say.toSign, ...papers.map((one) => waitingLine(one, { ...one, language }))]),
    ...(notices.length === 0 ? [] : [say.hung, `${hung}\n${publicUrl}/boards`]),
    say.why(`${publicUrl}/settings#notices`),
  ];
  return { subject: counts.join(', '), text: parts.join('\n\n') };
}

const counted = (count: number, one: string, some: string): string =>
  `${count} ${count === 1 ? one : some}`;

const WORDS = {
  fr: {
    papers: (count: number) => counted(count, 'papier à signer', 'papiers à signer'),
    notices: (count: number) => counted(count, 'annonce au panneau', 'annonces au panneau'),
    toSign: 'À signer\u00a0:',
    hung: 'Au panneau\u00a0:',
    notice: (title: string, board: string) => `${title} (${board})`,
    why: (page: string) =>
      `Vous avez demandé ce mot, un par jour au plus. Pour n’en plus recevoir\u00a0:\n${page}`,
  },
  en: {
    papers: (count: number) => counted(count, 'paper to sign', 'papers to sign'),
    notices: (count: number) => counted(count, 'notice on the board', 'notices on the board'),
    toSign: 'To sign:',
    hung: 'On the board:',
    notice: (title: string, board: string) => `${title} (${board})`,
    why: (page: string) =>
      `You asked for this word, one a day at most. To have none any more:\n${page}`,
  },
} as const;
