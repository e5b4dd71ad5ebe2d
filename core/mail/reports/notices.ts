import type { Language } from '../../ground/ids.ts';
import type { ServiceWords } from '../delivery/telling/notice.ts';

/** Why somebody is told of a report. */
export type ReportNews =
  /** It has just come. */
  | 'new'
  /** The child asks for help at once. */
  | 'now'
  /** Nobody has closed it within a school day. */
  | 'still-open'
  /** To the town's contact: about a teacher or a head, or nobody at the school has closed it. */
  | 'town';

interface About {
  /** « Lina (CE1 A) »; the town's contact is told no name. */
  readonly child: string;
  readonly school: string;
  /** Where it is read. */
  readonly page: string;
}

/**
 * A notice names the child and nothing of the letter: it may lie on a telephone. The rest is read
 * where it is kept.
 */
export function noticeOf(telling: ReportNews, about: About, language: Language): ServiceWords {
  return WORDS[language][telling](about);
}

const WORDS = {
  fr: {
    new: ({ child, page }: About) => ({
      subject: `${child} demande de l’aide`,
      text: `${child} a touché «\u00a0Ça me gêne\u00a0» sous une lettre. La lettre n’est plus dans sa boîte, elle est gardée entière.\n\nOuvrez «\u00a0Signalements\u00a0» pour la lire\u00a0: ${page}\n\nParlez avec l’élève dès que vous le pouvez.`,
    }),
    now: ({ child, page }: About) => ({
      subject: `${child} demande de l’aide tout de suite`,
      text: `${child} a signalé une lettre, et demande à parler à un adulte maintenant.\n\nAllez voir l’élève, puis ouvrez «\u00a0Signalements\u00a0»\u00a0: ${page}`,
    }),
    'still-open': ({ child, page }: About) => ({
      subject: `Un signalement de ${child} attend encore`,
      text: `Depuis plus d’un jour d’école, personne n’a clos ce que ${child} a signalé.\n\nCe qui est déjà fait est écrit dans «\u00a0Signalements\u00a0»\u00a0: ${page}`,
    }),
    town: ({ school, page }: About) => ({
      subject: `Un signalement vous attend\u00a0: ${school}`,
      text: `Un élève de ${school} a signalé une lettre, et l’on vous demande de vous en occuper.\n\nOuvrez «\u00a0Signalements\u00a0»\u00a0: ${page}\n\nCe que vous y lisez s’écrit au journal de l’école.`,
    }),
  },
  en: {
    new: ({ child, page }: About) => ({
      subject: `${child} asks for help`,
      text: `${child} pressed “This bothers me” under a letter. The letter is no longer in their mailbox, it is kept whole.\n\nOpen “Reports” to read it: ${page}\n\nSpeak with the pupil as soon as you can.`,
    }),
    now: ({ child, page }: About) => ({
      subject: `${child} asks for help right now`,
      text: `${child} reported a letter, and asks to speak with an adult now.\n\nPlease see the pupil, then open “Reports”: ${page}`,
    }),
    'still-open': ({ child, page }: About) => ({
      subject: `A report of ${child} still waits`,
      text: `For more than a school day nobody has closed what ${child} reported.\n\nWhat has been done is written in “Reports”: ${page}`,
    }),
    town: ({ school, page }: About) => ({
      subject: `A report waits for you: ${school}`,
      text: `A pupil of ${school} reported a letter, and you are asked to look after it.\n\nOpen “Reports”: ${page}\n\nWhat you read there is written to the school’s journal.`,
    }),
  },
} as const;
