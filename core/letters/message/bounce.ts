/**
 * A delivery status notification: what became of a message, for its sender: it came to nothing, is
 * late, or has arrived where they asked to hear of that (RFC 3464, RFC 6522; addresses beyond ASCII
 * as RFC 6533 §3 writes them).
 */
import { fieldOf } from './answers.ts';
import { encodeWords } from './encoded-words.ts';
import { readHeader } from './header.ts';
import { writtenDate, writtenMailbox } from './prepare.ts';

interface ReportedRecipient {
  readonly address: string;
  /** As the sender wrote it, `type;address` (ORCPT, RFC 3461 §4.2); null: not said. */
  readonly writtenAs?: string | null;
  /**
   * What became of it (RFC 3464 §2.3.3); of what is late, until when it is tried. `relayed`: to a
   * server that tells no more. `expanded`: to the members of a list.
   */
  readonly action:
    | { readonly kind: 'failed' | 'relayed' | 'delivered' | 'expanded' }
    | { readonly kind: 'delayed'; readonly triedUntil: Date };
  /** RFC 3463, such as `5.1.1`. */
  readonly status: string;
  /** What the other server said, or what we say where none answered; null: nothing was said. */
  readonly diagnostic: string | null;
  /** The host that said it, or null. */
  readonly remoteHost: string | null;
}

interface Bounce {
  /** `MAILER-DAEMON@` the town's domain. The envelope sender is the null path (RFC 3464 §2). */
  readonly from: string;
  readonly to: string;
  readonly reportingHost: string;
  readonly messageId: string;
  readonly date: Date;
  readonly subject: string;
  /** The sentence for the person, in their language. */
  readonly text: string;
  readonly recipients: readonly ReportedRecipient[];
  /** The sender's own name of the message (ENVID, RFC 3461 §4.4); null: none. */
  readonly envid?: string | null;
  /** The message that it is about: its header goes back with the report. */
  readonly original: Buffer;
  /** All of it goes back (RET=FULL, RFC 3461 §4.3). */
  readonly bringsAll?: boolean;
}

/** A message that is bigger goes back by its header alone, whatever was asked. */
const MOST_BROUGHT_BYTES = 1_000_000;

/**
 * The bytes of the notification, CRLF throughout. Never answers an answer: it bears
 * `Auto-Submitted` and names what it answers (RFC 3834 §3.1.6, §5).
 */
export function composeBounce(bounce: Bounce): Buffer {
  const boundary = `=_${bounce.messageId.replace(/[^A-Za-z0-9]/g, '').slice(0, 60)}`;
  const head = [
    `From: ${writtenMailbox('Préau', bounce.from)}`,
    `To: <${plain(bounce.to)}>`,
    `Subject: ${encodeWords(plain(bounce.subject))}`,
    `Date: ${writtenDate(bounce.date)}`,
    `Message-ID: ${plain(bounce.messageId)}`,
    'Auto-Submitted: auto-replied',
    ...threadOf(bounce.original),
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=delivery-status;\r\n boundary="${boundary}"`,
  ];
  const parts = [
    [
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      '',
      base64(bounce.text),
    ],
    ['Content-Type: message/delivery-status', '', ...statusOf(bounce)],
  ];
  const body = parts.map((lines) => `--${boundary}\r\n${lines.join('\r\n')}\r\n`).join('');
  return Buffer.concat([
    Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}--${boundary}\r\n`),
    broughtBack(bounce),
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
}

function broughtBack({ original, bringsAll }: Bounce): Buffer {
  const isAll = bringsAll === true && original.length <= MOST_BROUGHT_BYTES;
  const type = isAll ? 'message/rfc822' : 'text/rfc822-headers; charset=utf-8';
  const head = `Content-Type: ${type}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), isAll ? original : Buffer.from(headerOf(original))]);
}

function threadOf(original: Buffer): string[] {
  const id = /^<[^\s<>]{1,900}>$/.exec(fieldOf(original, 'message-id') ?? '')?.[0];
  return id === undefined ? [] : [`In-Reply-To: ${id}`, `References: ${id}`];
}

/**
 * RFC 3464 §2.2 and §2.3: one group for the message, one a recipient, an empty line between them.
 */
function statusOf({ reportingHost, recipients, date, envid }: Bounce): string[] {
  const groups = recipients.map(
    ({ address, writtenAs, action, status, diagnostic, remoteHost }) => [
      ...(writtenAs ? [`Original-Recipient: ${plain(writtenAs)}`] : []),
      `Final-Recipient: ${typedAddress(plain(address))}`,
      `Action: ${action.kind}`,
      `Status: ${/^[245]\.\d{1,3}\.\d{1,3}$/.test(status) ? status : '5.0.0'}`,
      ...(remoteHost === null ? [] : [`Remote-MTA: dns; ${plain(remoteHost)}`]),
      ...(diagnostic === null ? [] : [`Diagnostic-Code: smtp; ${plain(diagnostic).slice(0, 500)}`]),
      `Last-Attempt-Date: ${writtenDate(date)}`,
      ...(action.kind === 'delayed' ? [`Will-Retry-Until: ${writtenDate(action.triedUntil)}`] : []),
    ],
  );
  const ofAll = [
    ...(envid ? [`Original-Envelope-Id: ${plain(envid)}`] : []),
    `Reporting-MTA: dns; ${plain(reportingHost)}`,
  ];
  return [ofAll, ...groups].flatMap((group) => [...group, '']).slice(0, -1);
}

/** RFC 3464 §2.3.2, and RFC 6533 §3 for what has no ASCII form: each such letter as `\x{E9}`. */
function typedAddress(address: string): string {
  if (/^[\x20-\x7e]*$/.test(address)) return `rfc822; ${address}`;
  const escaped = [...address].map((letter) =>
    /^[\x21-\x5b\x5d-\x7e]$/.test(letter)
      ? letter
      : `\\x{${letter.codePointAt(0)?.toString(16).toUpperCase()}}`,
  );
  return `utf-8; ${escaped.join('')}`;
}

/** One line without controls: what another server said goes into a header. */
const plain = (text: string): string => text.replace(/[\u0000-\u001F\u007F-\u009F]+/g, ' ').trim();

const base64 = (text: string): string =>
  Buffer.from(text.replace(/\r?\n/g, '\r\n'))
    .toString('base64')
    .replace(/.{76}(?=.)/g, '$&\r\n');

function headerOf(original: Buffer): string {
  const result = readHeader(original, 0, original.length);
  return result.kind === 'refused'
    ? ''
    : original.toString('utf8', 0, result.header.end).replace(/\r\n$/, '');
}
