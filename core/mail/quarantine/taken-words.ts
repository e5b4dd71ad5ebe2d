import type { Language } from '../../ground/ids.ts';
import type { Envelope } from '../../letters/message/message.ts';
import type { Person } from '../../roster/snapshot.ts';

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

interface About {
  readonly from: string;
  readonly subject: string;
  readonly when: string;
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
  const says = SAYS[language];
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

const SAYS: Readonly<
  Record<Language, Record<'child' | 'adult' | 'head', (about: About) => Words>>
> = {
  fr: {
    child: ({ from }) => ({
      subject: 'Un message a été enlevé',
      text: `Le message de ${from} avait un fichier qui peut abîmer l’ordinateur. Nous l’avons enlevé.\n\nTu as ouvert ce fichier ? Dis-le à ta maîtresse ou à ton maître. Ce n’est pas ta faute.`,
    }),
    adult: ({ from, subject, when }) => ({
      subject: `Un message a été retiré : ${subject}`,
      text: `Le message « ${subject} » de ${from}, arrivé ${when}, contenait un fichier dangereux que l’antivirus ne connaissait pas encore. Il est retiré de votre boîte.\n\nSi vous avez ouvert ce fichier, n’utilisez plus cet ordinateur et prévenez la direction de l’école ou les agents de la ville. Si vous ne l’avez pas ouvert, il n’y a rien à faire.`,
    }),
    head: ({ from, subject, when }) => ({
      subject: `Un message dangereux a été retiré : ${subject}`,
      text: `Le message « ${subject} » de ${from}, arrivé ${when}, contenait un fichier dangereux que l’antivirus ne connaissait pas encore. Il est retiré des boîtes de votre école, et chaque personne qui l’avait reçu le sait.\n\nDemandez si quelqu’un a ouvert ce fichier ; si oui, prévenez les agents de la ville.`,
    }),
  },
  en: {
    child: ({ from }) => ({
      subject: 'A message was taken away',
      text: `The message of ${from} had a file that can harm the computer. We took it away.\n\nDid you open the file? Tell your teacher. It is not your fault.`,
    }),
    adult: ({ from, subject, when }) => ({
      subject: `A message was taken out: ${subject}`,
      text: `The message “${subject}” of ${from}, which came ${when}, had a harmful file that the virus scanner didn’t know yet. It is taken out of your mailbox.\n\nIf you opened the file, don’t use this computer any more and tell the head of the school or the agents of the town. If you didn’t, there is nothing to do.`,
    }),
    head: ({ from, subject, when }) => ({
      subject: `A harmful message was taken out: ${subject}`,
      text: `The message “${subject}” of ${from}, which came ${when}, had a harmful file that the virus scanner didn’t know yet. It is taken out of the mailboxes of your school, and everybody who had it knows.\n\nAsk whether somebody opened the file; if so, tell the agents of the town.`,
    }),
  },
};
