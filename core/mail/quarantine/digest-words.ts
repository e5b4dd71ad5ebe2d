import type { Language } from '../../ground/ids.ts';
import type { RefusedLetter } from '../../store/mail/refused-letters.ts';
import type { ServiceWords } from '../delivery/telling/notice.ts';
import { SERVICE_LETTERS } from '../delivery/telling/service-letters.ts';

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
  const says = SERVICE_LETTERS[language].dayOfMail;
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
