import type { Language } from '../../../ground/ids.ts';
import { composeBounce } from '../../../letters/message/bounce.ts';
import { SERVICE_LETTERS } from './service-letters.ts';

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

/** The report (RFC 3464) for the INBOX of who wrote. */
export function successReport(success: Success): Buffer {
  const { domain, language, recipients } = success;
  const words = SERVICE_LETTERS[language].arrived;
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
