/**
 * The one place where what core says becomes what IMAP says: response codes (RFC 5530 and those of
 * each extension) and the sentences behind them, ASCII, in the language of whoever is signed in; a
 * stranger gets English and French.
 */
import type { MailboxStop } from '../core/mail/mailboxes/contract/stop.ts';
import { asciiSentence, explain, type ReasonName } from '../core/rules/reasons.ts';
import type { Viewer } from '../core/rules/viewer.ts';
import {
  CANNOT_TEXTS,
  limitTexts,
  malformedTexts,
  REFUSAL_TEXTS,
  STOP_TEXTS,
  type RefusalName,
} from './texts.ts';
import { WATCHED_EVENTS } from './wire/parse-extensions.ts';

/** The tagged end of a command. */
export interface TaggedReply {
  readonly status: 'OK' | 'NO' | 'BAD';
  /** Without its brackets. */
  readonly code: string | null;
  readonly text: string;
  /**
   * To be waited for before the client is told, and what it is told then (IDLE): the command is
   * done with meanwhile, and nothing of it is kept.
   */
  readonly before?: () => Promise<TaggedReply>;
  /** To be done once the client has been told: TLS, compression. */
  readonly after?: () => Promise<void>;
  /** The connection ends with it. */
  readonly isLast?: boolean;
}

export function ok(text: string, code: string | null = null): TaggedReply {
  return { status: 'OK', code, text };
}

/** For grammar and for commands at the wrong time (RFC 9051 §7.1.3). */
export function bad(text: string): TaggedReply {
  return { status: 'BAD', code: null, text };
}

/** What a session itself has to say no to, by its code. */
const REFUSALS: Readonly<Record<RefusalName, string>> = {
  'sign-in-failed': 'AUTHENTICATIONFAILED',
  // RFC 5530 §3: with this code programs ask for another password, and show the sentence;
  // AUTHORIZATIONFAILED is for acting as another.
  'device-password': 'AUTHENTICATIONFAILED',
  'sign-in-as-another': 'AUTHORIZATIONFAILED',
  'sign-in-wait': 'UNAVAILABLE',
  'not-admitted': 'AUTHORIZATIONFAILED',
  'privacy-required': 'PRIVACYREQUIRED',
  'too-many-connections': 'LIMIT',
  'unknown-mechanism': 'CANNOT',
  'compression-active': 'COMPRESSIONACTIVE',
  'no-name': 'CANNOT',
  'no-mailbox': 'NONEXISTENT',
  'try-create': 'TRYCREATE',
  'read-only': 'NOPERM',
  'mailbox-gone': 'NONEXISTENT',
  'empty-message': 'CANNOT',
  'much-coming-in': 'UNAVAILABLE',
  'unknown-cte': 'UNKNOWN-CTE',
  'bad-charset': 'BADCHARSET (US-ASCII UTF-8)',
  'bad-event': `BADEVENT (${WATCHED_EVENTS.join(' ')})`,
  'no-such-message': 'NONEXISTENT',
  'broken-store': 'UNAVAILABLE',
  'body-away': 'UNAVAILABLE',
  'server-bug': 'SERVERBUG',
};

export function no(name: RefusalName, reader: Viewer | null): TaggedReply {
  const [french, english] = REFUSAL_TEXTS[name];
  return { status: 'NO', code: REFUSALS[name], text: inLanguage(reader, french, english) };
}

/** Why core did nothing. A new kind of stop doesn't compile without a line here. */
export function replyToStop(stop: MailboxStop, reader: Viewer): TaggedReply {
  const say = (code: string, french: string, english: string): TaggedReply => ({
    status: 'NO',
    code,
    text: inLanguage(reader, french, english),
  });
  switch (stop.kind) {
    case 'nonexistent':
      return no('no-mailbox', reader);
    case 'no-permission':
      return say('NOPERM', ...STOP_TEXTS['no-permission']);
    case 'already-exists':
      return say('ALREADYEXISTS', ...STOP_TEXTS['already-exists']);
    case 'has-children':
      return say('HASCHILDREN', ...STOP_TEXTS['has-children']);
    case 'cannot':
      return say(stop.why === 'use-taken' ? 'USEATTR' : 'CANNOT', ...CANNOT_TEXTS[stop.why]);
    case 'limit':
      return say('LIMIT', ...limitTexts(stop));
    case 'over-quota':
      return say('OVERQUOTA', ...sentences('mailbox-full', {}, reader));
    case 'too-big':
      return say(
        'TOOBIG',
        ...sentences('too-big', { limit: `${Math.floor(stop.limitBytes / 1_000_000)} MB` }, reader),
      );
    case 'infected':
      return say('CANNOT', ...sentences('infected', { signature: stop.signature }, reader));
    case 'unscannable':
      return say('CANNOT', ...sentences('unscannable', { signature: stop.signature }, reader));
    case 'scanner-silent':
      return say('UNAVAILABLE', ...sentences('scanner-silent', {}, reader));
    case 'file-kind':
      return say('CANNOT', ...sentences(stop.rule, {}, reader));
    case 'malformed':
      return say('CANNOT', ...malformedTexts(stop));
    default:
      return stop satisfies never;
  }
}

function sentences(
  reason: ReasonName,
  words: Readonly<Record<string, string>>,
  reader: Viewer,
): readonly [string, string] {
  const say = (language: 'fr' | 'en') =>
    asciiSentence(
      explain(reason, words, {
        language,
        timeZone: reader.timeZone,
        audience: reader.role === 'pupil' ? 'child' : 'adult',
        now: new Date(),
      }).sentence,
    );
  return [say('fr'), say('en')];
}

function inLanguage(reader: Viewer | null, french: string, english: string): string {
  if (!reader) return `${english} / ${french}`;
  return reader.language === 'fr' ? french : english;
}

/** The line of a tagged reply, or with `*` of an untagged one. */
export function replyLine(tag: string, { status, code, text }: TaggedReply): string {
  return code === null ? `${tag} ${status} ${text}\r\n` : `${tag} ${status} [${code}] ${text}\r\n`;
}
