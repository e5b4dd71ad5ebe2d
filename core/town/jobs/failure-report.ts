import type { Language } from '../../ground/ids.ts';
import { composeBounce } from '../../letters/message/bounce.ts';
import type { DsnRequest } from '../../store/mail/contract.ts';

/** Mail to one recipient that came to nothing. */
export interface Failure {
  readonly domain: string;
  readonly messageId: string;
  readonly sender: string;
  readonly recipient: string;
  readonly language: Language;
  /** The peer's last words, or ours where it had none. */
  readonly reply: string;
  /** Tried for as long as mail is tried; otherwise the answer was a no at once. */
  readonly gaveUp: boolean;
  readonly failedAt: Date;
  readonly original: Buffer;
  /** What the sender asked to be told, and how (RFC 3461). */
  readonly dsn: DsnRequest;
}

type Why = 'unknown' | 'full' | 'too-big' | 'letters' | 'unreachable' | 'refused' | 'gave-up';

/** What the person reads, and what they can do. */
const SENTENCES: Readonly<
  Record<
    Language,
    {
      readonly subject: string;
      readonly first: string;
      readonly whys: Readonly<Record<Why, string>>;
      readonly answer: string;
    }
  >
> = {
  fr: {
    subject: 'Votre message n’est pas arrivé',
    first: 'Votre message pour {recipient} n’est pas arrivé.',
    whys: {
      unknown: 'Cette adresse n’existe pas. Relisez-la lettre par lettre, puis écrivez de nouveau.',
      full: 'La boîte de cette personne est pleine. Réessayez dans quelques jours, ou joignez-la autrement.',
      'too-big':
        'Il est trop gros pour cette adresse. Envoyez-le avec des fichiers plus petits, ou en plusieurs fois.',
      letters:
        'Cette adresse contient des lettres accentuées que son serveur ne prend pas. Demandez à cette personne une autre adresse.',
      unreachable:
        'Personne ne prend le courrier de cette adresse. Relisez ce qui suit le signe @, puis écrivez de nouveau.',
      refused:
        'Le serveur de cette adresse l’a refusé. Joignez cette personne autrement, ou montrez ce message à qui s’occupe du courrier de l’école.',
      'gave-up':
        'Nous avons essayé pendant plusieurs jours : le serveur de cette adresse ne l’a pas pris. Joignez cette personne autrement, ou réessayez plus tard.',
    },
    answer: 'Ce que le serveur a répondu :',
  },
  en: {
    subject: 'Your message didn’t arrive',
    first: 'Your message to {recipient} didn’t arrive.',
    whys: {
      unknown: 'This address doesn’t exist. Read it again letter by letter, then write again.',
      full: 'This person’s mailbox is full. Try again in a few days, or reach them another way.',
      'too-big': 'It is too big for this address. Send it with smaller files, or in several parts.',
      letters:
        'This address has letters with accents that its server doesn’t take. Ask this person for another address.',
      unreachable:
        'Nobody takes the mail of this address. Read what follows the @ sign again, then write again.',
      refused:
        'The server of this address refused it. Reach this person another way, or show this message to whoever looks after the school’s mail.',
      'gave-up':
        'We tried for several days: the server of this address didn’t take it. Reach this person another way, or try again later.',
    },
    answer: 'What the server answered:',
  },
};

/** RFC 3463 §3: what the codes of a refusal mean to a person; any other is `refused`. */
const KNOWN: readonly (readonly [RegExp, Why])[] = [
  [/^5\.1\.(0|1|2|3|6|10)$/, 'unknown'],
  [/^5\.2\.[12]$/, 'full'],
  [/^5\.(2\.3|3\.4)$/, 'too-big'],
  [/^5\.6\.7$/, 'letters'],
  [/^5\.4\.(4|6)$/, 'unreachable'],
];
/**
 * Delivery time expired (RFC 3463 §3.5), a bad destination address (§3.2), and something undefined.
 */
const EXPIRED = '4.4.7';
const BAD_ADDRESS = '5.1.3';
const UNDEFINED = '5.0.0';

/**
 * The bounce (RFC 3464), for the INBOX of who wrote: what happened, what to do, and the server's
 * own words for who looks after the mail.
 */
export function failureReport(failure: Failure): Buffer {
  const status = statusOf(failure);
  const words = SENTENCES[failure.language];
  const why = failure.gaveUp
    ? 'gave-up'
    : (KNOWN.find(([pattern]) => pattern.test(status))?.[1] ?? 'refused');
  return composeBounce({
    from: `mailer-daemon@${failure.domain}`,
    to: failure.sender,
    reportingHost: failure.domain,
    messageId: failure.messageId,
    date: failure.failedAt,
    subject: words.subject,
    text: `${words.first.replace('{recipient}', () => failure.recipient)}\n\n${words.whys[why]}\n\n${words.answer}\n${failure.reply}\n`,
    recipients: [
      {
        address: failure.recipient,
        writtenAs: failure.dsn.orcpt,
        action: { kind: 'failed' },
        status,
        diagnostic: failure.reply,
        remoteHost: null,
      },
    ],
    envid: failure.dsn.envid,
    original: failure.original,
    bringsAll: failure.dsn.ret === 'FULL',
  });
}

/** Mail to one recipient that is late, and tried on. */
interface Delay extends Omit<Failure, 'gaveUp' | 'failedAt'> {
  readonly at: Date;
  /** Of its writer's clock. */
  readonly timeZone: string;
  /** When it is given up. */
  readonly triedUntil: Date;
}

/** The word that a message is late (RFC 3464 §2.3.3), and that nothing is to be done. */
export function delayReport(delay: Delay): Buffer {
  const words = DELAYS[delay.language];
  const day = delay.triedUntil.toLocaleDateString(delay.language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: delay.timeZone,
  });
  return composeBounce({
    from: `mailer-daemon@${delay.domain}`,
    to: delay.sender,
    reportingHost: delay.domain,
    messageId: delay.messageId,
    date: delay.at,
    subject: words.subject,
    text: `${words.first(delay.recipient)}\n\n${words.then(day)}\n\n${SENTENCES[delay.language].answer}\n${delay.reply}\n`,
    recipients: [
      {
        address: delay.recipient,
        writtenAs: delay.dsn.orcpt,
        action: { kind: 'delayed', triedUntil: delay.triedUntil },
        status: /^4\d\d[ -](4\.\d{1,3}\.\d{1,3})(?= |$)/.exec(delay.reply)?.[1] ?? LATE,
        diagnostic: delay.reply,
        remoteHost: null,
      },
    ],
    envid: delay.dsn.envid,
    original: delay.original,
  });
}

/** Nothing more is known of why (RFC 3463 §3.1). */
const LATE = '4.0.0';

const DELAYS = {
  fr: {
    subject: 'Votre message a du retard',
    first: (recipient: string) => `Votre message pour ${recipient} n’est pas encore arrivé.`,
    then: (day: string) =>
      `Le serveur de cette adresse ne l’a pas encore pris. Nous essayons jusqu’au ${day}. Vous n’avez rien à faire ; ne l’envoyez pas de nouveau.`,
  },
  en: {
    subject: 'Your message is late',
    first: (recipient: string) => `Your message to ${recipient} hasn’t arrived yet.`,
    then: (day: string) =>
      `The server of this address hasn’t taken it yet. We try until ${day}. You have nothing to do; don’t send it again.`,
  },
} as const;

/** The enhanced code of the peer (RFC 2034 §4); without one, what we know ourselves. */
function statusOf({ reply, gaveUp }: Failure): string {
  if (gaveUp) return EXPIRED;
  const said = /^5\d\d[ -](5\.\d{1,3}\.\d{1,3})(?= |$)/.exec(reply)?.[1];
  if (said !== undefined) return said;
  return /^5\d\d/.test(reply) ? UNDEFINED : BAD_ADDRESS;
}
