import type { Language } from '../../../ground/ids.ts';
import { composeBounce } from '../../../letters/message/bounce.ts';

/** That a letter has arrived, as its writer's mail program asked to hear (RFC 3461 §4.1). */
interface Success {
  readonly domain: string;
  readonly messageId: string;
  readonly sender: string;
  readonly language: Language;
  readonly at: Date;
  /**
   * `relayed`: taken by a server that tells no more. `delivered`: in the mailbox. `expanded`: in
   * those of a list.
   */
  readonly recipients: readonly {
    readonly address: string;
    readonly writtenAs: string | null;
    readonly kind: 'relayed' | 'delivered' | 'expanded';
    /** What the other server said; null: there was none. */
    readonly reply: string | null;
  }[];
  readonly envid: string | null;
  readonly original: Buffer;
}

const WORDS = {
  fr: {
    subject: 'Votre message est arrivé',
    first: 'Votre logiciel de courrier a demandé à savoir si votre message est arrivé :',
    kinds: {
      relayed: 'pris par le serveur de cette adresse, qui ne dit rien de plus',
      delivered: 'arrivé',
      expanded: 'arrivé chez les membres de cette liste',
    },
    last: 'Cela ne dit pas qu’il a été lu.',
  },
  en: {
    subject: 'Your message has arrived',
    first: 'Your mail program asked to hear whether your message arrived:',
    kinds: {
      relayed: 'taken by the server of this address, which says no more',
      delivered: 'arrived',
      expanded: 'arrived with the members of this list',
    },
    last: 'It doesn’t say that it was read.',
  },
} as const satisfies Record<Language, unknown>;

/** The report (RFC 3464) for the INBOX of who wrote. */
export function successReport(success: Success): Buffer {
  const { domain, language, recipients } = success;
  const words = WORDS[language];
  const lines = recipients.map(({ address, kind }) => `${address} : ${words.kinds[kind]}`);
  return composeBounce({
    from: `mailer-daemon@${domain}`,
    to: success.sender,
    reportingHost: domain,
    messageId: success.messageId,
    date: success.at,
    subject: words.subject,
    text: `${words.first}\n\n${lines.join('\n')}\n\n${words.last}\n`,
    recipients: recipients.map(({ address, writtenAs, kind, reply }) => ({
      address,
      writtenAs,
      action: { kind },
      status: '2.0.0',
      diagnostic: reply,
      remoteHost: null,
    })),
    envid: success.envid,
    original: success.original,
  });
}
