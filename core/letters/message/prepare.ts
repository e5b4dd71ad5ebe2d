/**
 * What is changed in a message's header on its way in, and what refuses it there; the body is never
 * touched but for its line ends.
 */
import { cleanName } from './clean.ts';
import { encodeWords } from './encoded-words.ts';
import { readAddresses } from './header-addresses.ts';
import { readHeader, TO_BE_REWRITTEN, type Field, type Header } from './header.ts';
import type { HeaderAddress, Unreadable } from './message.ts';
import { hidesFrom } from './parse.ts';
import { checkBytes, normaliseBody } from './wire.ts';

/** The account that sends. */
export interface SendingAccount {
  readonly address: string;
  /** As the roster has it: what the reader is shown. */
  readonly displayName: string;
  readonly role: string;
  /** For a message without a usable one, with its angle brackets (RFC 6409 §8.3). */
  readonly messageId: string;
  /** For a message without one (RFC 6409 §8.2). */
  readonly date: Date;
  /** Fields of ours that come first, with their line ends. */
  readonly trace: string;
}

/** Who takes a stranger's message in. */
export interface ReceivingServer {
  readonly ourDomains: readonly string[];
  /** What results of authentication of ours bear (RFC 8601 §2.5). */
  readonly authServId: string;
  /** Fields of ours that come first, with their line ends. */
  readonly trace: string;
}

export type NotPrepared = Unreadable | 'not-your-address' | 'own-domain-from-outside' | 'no-from';
export type PreparedMessage =
  | (Pieces & { readonly kind: 'ready' })
  | { readonly kind: 'refused'; readonly why: NotPrepared };

/** The header as it will stand, with its empty line, and the body behind it. */
interface Pieces {
  readonly header: Buffer;
  readonly body: Buffer;
}

/** The message that they make. */
export const wholeOf = ({ header, body }: Pieces): Buffer => Buffer.concat([header, body]);

/**
 * Never kept: recipients nobody should see, what only the last server may write, and our own marks.
 */
const NEVER = /^(?:bcc|resent-bcc|return-path|x-preau-.*)$/;
/**
 * Not for an account to write: another sender beside From, the results of checks we have not made.
 */
const NOT_FOR_ACCOUNTS =
  /^(?:sender|resent-.*|authentication-results|arc-.*|received-spf|x-sender|x-authenticated-.*)$/;
/** Not for a child: where answers go, and receipts that tell on the reader. */
const NOT_FOR_PUPILS =
  /^(?:reply-to|mail-reply-to|mail-followup-to|disposition-notification-to|return-receipt-to|x-confirm-reading-to)$/;

/**
 * A message from an account, made fit to store and to send on, or why not.
 *
 * It has exactly one From, `"name of the roster" <the account>`: a From with the account's address
 * gets the roster's name, a missing one is added, and any other (two fields, two addresses, a
 * group, somebody else) is `not-your-address` (RFC 6409 §6.1). Bcc, Sender, Resent-* and the like
 * are taken out, Message-ID and Date added where missing.
 */
export function prepareForSending(received: Buffer, account: SendingAccount): PreparedMessage {
  const opened = open(received);
  if (opened.kind === 'refused') return opened;
  const { raw, header } = opened;
  if (!isOwnFrom(header, account.address)) return { kind: 'refused', why: 'not-your-address' };
  const messageIds = header.fields.filter((field) => field.name === 'message-id');
  const keepsId =
    messageIds.length === 1 &&
    /^<[^<>\s@]{1,500}@[^<>\s]{1,500}>$/.test(messageIds[0]?.value ?? '');
  const date = header.fields.find((field) => field.name === 'date' && field.value !== '');
  const kept = header.fields.filter(
    (field) =>
      keptFromAccount(field, account.role) &&
      field.name !== 'from' &&
      (field.name !== 'message-id' || keepsId) &&
      (field.name !== 'date' || field === date),
  );
  const added = [`From: ${writtenMailbox(account.displayName, account.address)}`];
  if (!date) added.push(`Date: ${writtenDate(account.date)}`);
  if (!keepsId) added.push(`Message-ID: ${account.messageId}`);
  return rebuilt(raw, header, kept, { first: account.trace, last: added });
}

/**
 * A message from a stranger, made fit to store, or why not.
 *
 * One From with one address, not of ours and not under ours, whatever DNS says of it: our own
 * people sign in. Results of authentication that bear our name are somebody else's claim (RFC 8601
 * §5) and go; ours come with the trace.
 */
export function prepareFromOutside(received: Buffer, options: ReceivingServer): PreparedMessage {
  const opened = open(received);
  if (opened.kind === 'refused') return opened;
  const { raw, header } = opened;
  const fields = header.fields.filter((field) => field.name === 'from');
  const from = fields.flatMap((field) => readAddresses(field.value));
  if (fields.length > 1 || from.length > 1) return { kind: 'refused', why: 'ambiguous-from' };
  if (!from[0] || !from[0].address.includes('@')) return { kind: 'refused', why: 'no-from' };
  const senders = header.fields
    .filter((field) => field.name === 'sender' || field.name === 'resent-from')
    .flatMap((field) => readAddresses(field.value));
  const ours = options.ourDomains.map(comparable);
  if ([...from, ...senders].some((mailbox) => isOurs(mailbox, ours)))
    return { kind: 'refused', why: 'own-domain-from-outside' };
  const kept = header.fields.filter(
    (field) => !NEVER.test(field.name) && !claimsOurs(field, options.authServId),
  );
  return rebuilt(raw, header, kept, { first: options.trace, last: [] });
}

/**
 * `"Name" <address>`, encoded where it isn't ASCII (RFC 5322 §3.4, RFC 2047). The name loses what
 * `cleanName` takes out, and an `@`.
 */
export function writtenMailbox(name: string, address: string): string {
  const clean = cleanName(name).replaceAll('@', ' ');
  if (clean === '') return `<${address}>`;
  const ascii = /^[\x20-\x7E]*$/.test(clean) && !clean.includes('=?');
  return ascii
    ? `"${clean.replace(/(["\\])/g, '\\$1')}" <${address}>`
    : `${encodeWords(clean)}\r\n <${address}>`;
}

/** RFC 5322 §3.3, in UTC. */
export const writtenDate = (date: Date): string => date.toUTCString().replace(/GMT$/, '+0000');

type Opened =
  | { readonly kind: 'opened'; readonly raw: Buffer; readonly header: Header }
  | { readonly kind: 'refused'; readonly why: Unreadable };

function open(received: Buffer): Opened {
  const raw = normaliseBody(received);
  const broken = checkBytes(raw);
  if (broken) return { kind: 'refused', why: broken };
  const result = readHeader(raw, 0, raw.length, TO_BE_REWRITTEN);
  if (result.kind === 'refused') return result;
  return hidesFrom(result.header)
    ? { kind: 'refused', why: 'ambiguous-from' }
    : { kind: 'opened', raw, header: result.header };
}

function isOwnFrom(header: Header, address: string): boolean {
  const fields = header.fields.filter((field) => field.name === 'from');
  if (fields.length === 0) return true;
  const from = fields.flatMap((field) => readAddresses(field.value));
  return (
    fields.length === 1 &&
    from.length === 1 &&
    from[0]?.address.toLowerCase() === address.toLowerCase()
  );
}

function keptFromAccount(field: Field, role: string): boolean {
  return (
    !NEVER.test(field.name) &&
    !NOT_FOR_ACCOUNTS.test(field.name) &&
    !(role === 'pupil' && NOT_FOR_PUPILS.test(field.name))
  );
}

/** RFC 8601 §2.2: the authserv-id comes first, a comment or quotes around it allowed. */
function claimsOurs(field: Field, authServId: string): boolean {
  if (field.name !== 'authentication-results' && field.name !== 'arc-authentication-results')
    return false;
  const value = field.value.replace(/\([^()]*\)/g, ' ').replace(/^\s*i\s*=\s*\d+\s*;/, '');
  return comparable(/^[\s"]*([^\s";]+)/.exec(value)?.[1] ?? '') === comparable(authServId);
}

function isOurs({ address }: HeaderAddress, ours: readonly string[]): boolean {
  const domain = comparable(address.slice(address.lastIndexOf('@') + 1));
  return ours.some((own) => domain === own || domain.endsWith(`.${own}`));
}

const comparable = (domain: string): string =>
  domain
    .normalize('NFKC')
    .toLowerCase()
    .replace(/(?<!\.)\.+$/, '');

/**
 * What comes first, the kept fields byte for byte, what is added after them, the empty line; the
 * body as it is.
 */
function rebuilt(
  raw: Buffer,
  header: Header,
  kept: readonly Field[],
  added: { readonly first: string; readonly last: readonly string[] },
): PreparedMessage {
  const fields = kept.map((field) => raw.subarray(field.start, field.end));
  const endsLine = kept.length === 0 || raw[(kept.at(-1)?.end ?? 0) - 1] === 10;
  const tail = `${endsLine ? '' : '\r\n'}${added.last.map((line) => `${line}\r\n`).join('')}\r\n`;
  return {
    kind: 'ready',
    header: Buffer.concat([Buffer.from(added.first), ...fields, Buffer.from(tail)]),
    body: raw.subarray(header.bodyStart),
  };
}
