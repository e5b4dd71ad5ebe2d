import type { Language } from '../../ground/ids.ts';
import type { RefusedLetter } from '../../store/mail/refused-letters.ts';
import type { ServiceWords } from '../delivery/telling/notice.ts';

/** Lines of one notice. */
const MOST_LINES = 30;

/** What somebody is told of, once a day. */
interface Digest {
  readonly refused: readonly RefusedLetter[];
  /** Letters that wait for their word. */
  readonly waiting: number;
}

/** What the notice of a day says: what waits for its reader's word, and what was refused. */
export function digestWords(language: Language, { refused, waiting }: Digest): ServiceWords {
  const says = SAYS[language];
  const because = new Map<string, string>(Object.entries(says.why));
  const lines = refused
    .slice(0, MOST_LINES)
    .map(({ sender, subject, why }) => `- ${sender} : « ${subject} ». ${because.get(why) ?? ''}`);
  return {
    subject: waiting > 0 ? says.waiting.subject(waiting) : says.refused.subject(refused.length),
    text: [
      ...(waiting > 0 ? [says.waiting.text(waiting)] : []),
      ...(lines.length > 0 ? [says.refused.lead, lines.join('\n'), says.refused.end] : []),
    ].join('\n\n'),
  };
}

const SAYS = {
  fr: {
    why: {
      malware: 'Un fichier contenait un virus.',
      'file-kind': 'Un fichier pouvait être un programme.',
      'locked-archive': 'L’antivirus n’a pas pu ouvrir un fichier.',
      'forbidden-link': 'Un lien menait à un site que l’école bloque.',
    },
    waiting: {
      subject: (count: number) =>
        count === 1 ? 'Un message attend votre accord' : `${count} messages attendent votre accord`,
      text: (count: number) =>
        `${count === 1 ? 'Un message attend' : `${count} messages attendent`} que vous décidiez, sous « En attente ». Sans réponse pendant 30 jours, un message entre adultes revient à qui l’a écrit.`,
    },
    refused: {
      subject: (count: number) =>
        count === 1
          ? 'Un message pour vous a été refusé'
          : `${count} messages pour vous ont été refusés`,
      lead: 'Ces messages venus de l’extérieur ne vous ont pas été remis, à cause de ce qu’ils contiennent. Leurs expéditeurs le savent.',
      end: 'Si vous attendiez l’un d’eux, demandez à la personne de l’envoyer autrement. La liste est sous « Refusés » pendant 30 jours.',
    },
  },
  en: {
    why: {
      malware: 'A file held a virus.',
      'file-kind': 'A file could be a program.',
      'locked-archive': 'The virus scanner could not open a file.',
      'forbidden-link': 'A link led to a site that the school blocks.',
    },
    waiting: {
      subject: (count: number) =>
        count === 1 ? 'A message waits for your word' : `${count} messages wait for your word`,
      text: (count: number) =>
        `${count === 1 ? 'A message waits' : `${count} messages wait`} for you to decide, under “Waiting”. Without an answer for 30 days, a message between adults goes back to who wrote it.`,
    },
    refused: {
      subject: (count: number) =>
        count === 1 ? 'A message for you was refused' : `${count} messages for you were refused`,
      lead: 'These messages from outside were not delivered to you, because of what is in them. Their senders know.',
      end: 'If you expected one of them, ask the person to send it another way. The list is under “Refused” for 30 days.',
    },
  },
} as const;
