import type { Language } from '../../ground/ids.ts';
import type { Envelope } from '../../letters/message/message.ts';
import type { Person } from '../../roster/snapshot.ts';
import { SERVICE_LETTERS } from '../delivery/telling/service-letters.ts';

interface Taken {
  /** It lay in their mailbox; else they are told as head. */
  readonly isReader: boolean;
  readonly envelope: Envelope;
  readonly receivedAt: Date;
  /** Of the school whose mail it is. */
  readonly timeZone: string;
}

interface Words {
  readonly subject: string;
  readonly text: string;
}

/** What stands in the place of a letter that was taken out, and what a head reads of it. */
export function takenWords(
  { role, language }: Pick<Person, 'role' | 'language'>,
  { isReader, envelope, receivedAt, timeZone }: Taken,
): Words {
  const [from] = envelope.from;
  const about = {
    from: from?.name || from?.address || '',
    subject: envelope.subject ?? '',
    when: dayIn(receivedAt, { language, timeZone }),
  };
  const says = SERVICE_LETTERS[language].takenOut;
  if (!isReader) return says.head(about);
  return role === 'pupil' ? says.child(about) : says.adult(about);
}

/** « le 24 novembre ». */
function dayIn(
  at: Date,
  { language, timeZone }: { readonly language: Language; readonly timeZone: string },
): string {
  const day = new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    day: 'numeric',
    month: 'long',
    timeZone,
  }).format(at);
  return language === 'fr' ? `le ${day}` : `on ${day}`;
}
