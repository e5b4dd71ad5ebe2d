/**
 * Whether a message may be answered by a program on somebody's behalf, and to which address: the
 * part of RFC 3834 §2 that a message shows by itself.
 */
import { addressesOf, isAutomatic } from './envelope.ts';
import { fieldValue, fieldValues, readHeader, type Header } from './header.ts';

type Answerable =
  | { readonly kind: 'answerable'; readonly to: string }
  | { readonly kind: 'unanswerable'; readonly why: Unanswerable };

/** Why a program keeps silent. */
export type Unanswerable =
  | 'no-header'
  | 'automatic'
  | 'list'
  | 'bulk'
  | 'junk'
  | 'report'
  | 'no-return-path'
  | 'other-return-path'
  | 'no-author'
  | 'program'
  | 'not-named';

/** Where somebody is named as a recipient (RFC 3834 §2). */
const NAMED_IN = ['to', 'cc', 'bcc', 'resent-to', 'resent-cc', 'resent-bcc'];
/**
 * Fields that lists (RFC 2369, RFC 2919, and what came before them) and senders to many put into
 * their mail.
 */
const OF_LISTS = /^(?:list-.+|mailing-list|x-mailing-list|x-beenthere|x-mailman-.+|x-listserver)$/;
const OF_MANY = /^(?:feedback-id|x-campaign.*|x-mailer-recptid)$/;
/** What programs say that don't know RFC 3834. */
const OF_PROGRAMS = /^x-auto-?(?:repl(?:y|ied)|respond(?:er)?|generated|reply-from)$/;
/**
 * RFC 3834 §2: responders, lists and daemons; and addresses that say that nobody reads them. The
 * local part, in lower case.
 */
const PROGRAM =
  /^(?:mailer-daemon|postmaster|hostmaster|daemon|root|www-data|listserv|majordomo|abuse)$|^owner-|-owner$|-request$|^bounces?(?:[-+_.=]|$)|[-+_.]bounces?(?:[-+_.=]|$)|^(?:no|do[-_.]?not|ne[-_.]?pas)[-_.]?(?:reply|repondre)/;

/**
 * Looks at a whole message for somebody who is away and has this address. One that came from
 * outside has a Return-Path (RFC 5321 §4.4): the answer goes there, and only where that is who
 * wrote it; where the two differ it is a list's, a service's, or nobody's.
 */
export function answerable(
  raw: Buffer,
  { own, cameFrom }: { readonly own: string; readonly cameFrom: 'town' | 'outside' },
): Answerable {
  const read = readHeader(raw, 0, raw.length);
  if (read.kind === 'refused') return { kind: 'unanswerable', why: 'no-header' };
  const { header } = read;
  const [author, ...more] = addressesOf(header, 'from');
  if (author === undefined || more.length > 0 || author.address === '')
    return { kind: 'unanswerable', why: 'no-author' };
  const why =
    (cameFrom === 'outside' ? byPath(header, author.address) : null) ??
    byAuthor(header, author.address) ??
    byFields(header) ??
    byRecipient(header, own);
  return why === null ? { kind: 'answerable', to: author.address } : { kind: 'unanswerable', why };
}

function byPath(header: Header, author: string): Unanswerable | null {
  const path = (fieldValue(header, 'return-path') ?? '').trim().replace(/^<|>$/g, '');
  if (path === '') return 'no-return-path';
  if (isProgram(path)) return 'program';
  return path.toLowerCase() === author.toLowerCase() ? null : 'other-return-path';
}

function byAuthor(header: Header, author: string): Unanswerable | null {
  const senders = addressesOf(header, 'sender').map(({ address }) => address);
  return [author, ...senders].some(isProgram) ? 'program' : null;
}

const isProgram = (address: string): boolean =>
  PROGRAM.test(address.slice(0, address.lastIndexOf('@')).toLowerCase());

function byFields(header: Header): Unanswerable | null {
  const says = (name: string, pattern: RegExp): boolean =>
    fieldValues(header, name).some((value) => pattern.test(value));
  const has = (pattern: RegExp): boolean => header.fields.some(({ name }) => pattern.test(name));
  if (isAutomatic(header) || has(OF_PROGRAMS)) return 'automatic';
  if (says('x-auto-response-suppress', /\b(?:all|oof|autoreply)\b/i)) return 'automatic';
  if (has(OF_LISTS)) return 'list';
  if (says('precedence', /^\s*(?:bulk|list|junk)\b/i) || has(OF_MANY)) return 'bulk';
  if (says('x-spam-flag', /^\s*yes\b/i) || says('x-spam-status', /^\s*yes\b/i)) return 'junk';
  return says('content-type', /^\s*multipart\/report\b/i) ? 'report' : null;
}

function byRecipient(header: Header, own: string): Unanswerable | null {
  const named = NAMED_IN.flatMap((name) => addressesOf(header, name));
  return named.some(({ address }) => address.toLowerCase() === own.toLowerCase())
    ? null
    : 'not-named';
}
