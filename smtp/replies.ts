/**
 * The one place where what core says becomes what SMTP says: no other file knows a reply code (RFC
 * 5321 §4.2) or an enhanced code (RFC 3463). Every text starts with its enhanced code;
 * connection.ts sees to it that the library puts no second one.
 */
import type { Outcome, Refusal } from '../core/rules/outcome.ts';
import { asciiSentence, explain, type ReasonName } from '../core/rules/reasons.ts';
import type { Viewer } from '../core/rules/viewer.ts';
import type { RelayResult } from '../core/town/jobs/contract.ts';
import { SESSION_TEXTS, type SessionReply } from './texts.ts';

/** Mail to outside that its server hasn't taken: not now, or never. */
export type NotTaken = Exclude<RelayResult, { kind: 'taken' }>;

type Code = readonly [code: number, enhanced: string];

/** A new kind of outcome doesn't compile without a row here. */
const OUTCOMES = {
  accepted: [250, '2.0.0'],
  held: [250, '2.0.0'], // we have it: from here on, losing it is our fault (RFC 5321 §6.1)
  denied: [550, '5.7.1'],
  infected: [550, '5.7.1'],
  unscannable: [554, '5.7.1'],
  'scanner-silent': [451, '4.3.0'],
  'too-big': [552, '5.3.4'],
  'mailbox-full': [452, '4.2.2'],
  malformed: [550, '5.6.0'],
  'not-your-address': [553, '5.7.1'],
  'no-recipient': [554, '5.5.1'],
} as const satisfies Record<Outcome['kind'], Code>;

const MAILBOX_FULL_FOR_DAYS: Code = [552, '5.2.2'];
/**
 * Of what is wrong with the bytes, three are no matter of form: a loop (RFC 5321 §6.3, RFC 3463
 * §3.5), a stranger's From in our name, and what can't be read within limits.
 */
const MALFORMED: Readonly<Record<string, Code>> = {
  'too-many-hops': [554, '5.4.6'],
  'own-domain-from-outside': [550, '5.7.1'],
  'beyond-limits': [554, '5.6.0'],
};
const FAULT: Code = [451, '4.3.0'];

/** Rules whose refusal says something else than "not allowed". */
const RULES: Readonly<Record<string, Code>> = {
  'no-such-address': [550, '5.1.1'],
  'recipient-closed': [550, '5.2.1'],
  'locked-archive': [554, '5.7.1'],
};

/** Why mail to outside isn't taken, where no server has said so itself. */
const WAY_OUT = {
  'no-answer-of-dns': [451, '4.4.3'],
  unreached: [451, '4.4.1'],
  'policy-forbids': [451, '4.7.5'],
  'null-mx': [556, '5.1.10'], // RFC 7505 §4.2
  loop: [554, '5.4.6'],
  'no-server': [550, '5.4.4'],
  'no-such-letters': [553, '5.6.7'], // RFC 6531 §3.2
  'too-big': [552, '5.3.4'],
} as const satisfies Record<string, Code>;

/** What a relay says of mail that it couldn't hand over, as the server would have said it. */
export function notTaken(why: keyof typeof WAY_OUT, words: string): NotTaken {
  const [code, enhanced] = WAY_OUT[why];
  return { kind: code < PERMANENT ? 'later' : 'never', reply: `${code} ${enhanced} ${words}` };
}

const PERMANENT = 500;

/** What the protocol itself has to say, before core is asked. */
const SESSION = {
  'line-too-long': [500, '5.5.2'],
  'bad-characters': [500, '5.5.2'],
  'bad-sender': [501, '5.1.7'],
  'bad-recipient': [501, '5.1.3'],
  'bad-parameter': [501, '5.5.4'],
  'unknown-parameter': [555, '5.5.4'],
  'no-parameter': [501, '5.5.4'],
  'bad-base64': [501, '5.5.2'],
  'not-offered': [502, '5.5.1'],
  'auth-needs-tls': [538, '5.7.11'],
  'tls-first': [530, '5.7.0'],
  'sign-in-first': [530, '5.7.0'],
  'sign-in-failed': [535, '5.7.8'],
  // RFC 4954 §6: the way in is weaker than what is asked of this account.
  'device-password': [534, '5.7.9'],
  // RFC 5248 §3 (X.7.13, 525): the password was right, and asking for it again leads nowhere.
  'not-admitted': [525, '5.7.13'],
  'sign-in-as-another': [535, '5.7.8'],
  'sign-in-wait': [454, '4.7.0'],
  'too-many-sign-ins': [421, '4.7.0'],
  'own-domain': [550, '5.7.1'],
  'null-sender': [550, '5.7.1'],
  'utf8-unannounced': [553, '5.6.7'],
  // RFC 5321 §4.5.3.1.10: the ones before it stand.
  'too-many-recipients': [452, '4.5.3'],
  // RFC 3463 §3.5: what DNS should have said, or our own time to check it.
  unchecked: [451, '4.4.3'],
  busy: [452, '4.3.1'],
  'too-many-errors': [421, '4.7.0'],
  'too-many-commands': [421, '4.7.0'],
  'too-many-connections': [421, '4.7.0'],
  'too-slow': [421, '4.4.2'],
  'far-too-big': [421, '4.3.4'],
  'signed-out': [421, '4.7.0'],
  closing: [421, '4.3.2'],
} as const satisfies Record<SessionReply, Code>;

/** A reply as it goes out: the lines are printable ASCII and carry the enhanced code. */
export interface Reply {
  readonly code: number;
  readonly lines: readonly string[];
}

/** For whom the sentence is: somebody signed in, or a stranger, who gets English and French. */
export type ReplyReader = Viewer | null;

/** No rule tells a stranger of a moment; one that did would name nobody's hour. */
const STRANGERS_CLOCK = 'UTC';

/** Addresses named in one reply; a mail program shows a few lines at most. */
const MAX_NAMED = 20;

export function replyToSession(name: SessionReply): Reply {
  const [code, enhanced] = SESSION[name];
  return { code, lines: [`${enhanced} ${SESSION_TEXTS[name]}`] };
}

/**
 * Whatever was thrown, the peer keeps its copy and tries again; the library's own default would
 * bounce it for good.
 */
export function replyToFault(reader: ReplyReader): Reply {
  return reply(FAULT, sentences({ rule: 'fault' }, reader));
}

/** The answer to one step. `now` is what « demain à 8 h » is seen from. */
export function replyTo(outcome: Outcome, reader: ReplyReader, now = new Date()): Reply {
  if (outcome.kind === 'accepted')
    return reply(OUTCOMES.accepted, [
      outcome.message === null ? 'OK' : `OK, kept as ${outcome.message}`,
    ]);
  if (outcome.kind === 'denied') return replyToRefusals(outcome.refusals, reader, now);
  if (outcome.kind === 'held')
    return reply(OUTCOMES.held, sentencesOf(outcome.held.slice(0, 1), reader, now));
  const detail = detailOf(outcome);
  const rule = detail === 'own-domain-from-outside' ? 'unproven-sender' : outcome.kind;
  return reply(
    codeOf(outcome),
    sentences({ rule, words: wordsOf(outcome) }, reader, now).map((text) =>
      text.includes(detail) ? text : `${text} [${detail}]`,
    ),
  );
}

/** One refusal says its sentence; several are named, each on a line (`550-5.7.1 lina@…: …`). */
function replyToRefusals(refusals: readonly Refusal[], reader: ReplyReader, now: Date): Reply {
  const [first] = refusals;
  if (!first) return reply(OUTCOMES.denied, sentences({ rule: 'no-such-address' }, reader, now));
  const code = RULES[first.rule] ?? OUTCOMES.denied;
  if (refusals.length === 1) return reply(code, sentencesOf(refusals, reader, now));
  return replyNaming(refusals, reader, now);
}

/**
 * After a refused RCPT of somebody signed in, DATA names the refused (all of the recipients or
 * none).
 */
export function replyNaming(
  refusals: readonly Refusal[],
  reader: ReplyReader,
  now = new Date(),
): Reply {
  const named = refusals
    .slice(0, MAX_NAMED)
    .map((refusal) => `${refusal.address}: ${sentencesOf([refusal], reader, now).join(' / ')}`);
  const more = refusals.length > MAX_NAMED ? [`+ ${refusals.length - MAX_NAMED}`] : [];
  return reply(OUTCOMES.denied, [...named, ...more]);
}

/**
 * An error as smtp-server's callbacks expect it, or null where the step succeeded. It never comes
 * without `responseCode`.
 */
export function asError({ code, lines }: Reply): (Error & { responseCode: number }) | null {
  return code < 400 ? null : Object.assign(new Error(lines.join('\n')), { responseCode: code });
}

function codeOf(outcome: Outcome): Code {
  if (outcome.kind === 'mailbox-full' && outcome.permanent) return MAILBOX_FULL_FOR_DAYS;
  return (outcome.kind === 'malformed' ? MALFORMED[outcome.why] : null) ?? OUTCOMES[outcome.kind];
}

function wordsOf(outcome: Outcome): Readonly<Record<string, string>> {
  if (outcome.kind === 'infected' || outcome.kind === 'unscannable')
    return { signature: outcome.signature };
  if (outcome.kind === 'too-big')
    return { limit: `${Math.floor(outcome.limitBytes / 1_000_000)} MB` };
  return {};
}

/**
 * What whoever looks after the sending program needs: the signature's name (a child's sentence
 * spares it), what is malformed.
 */
function detailOf(outcome: Outcome): string {
  if (outcome.kind === 'infected' || outcome.kind === 'unscannable') return outcome.signature;
  return outcome.kind === 'malformed' ? outcome.why : '';
}

function sentencesOf(refusals: readonly Refusal[], reader: ReplyReader, now: Date): string[] {
  return refusals.flatMap((one) => sentences(one, reader, now));
}

/** Which sentence, and the words that it needs. */
interface Reason {
  readonly rule: ReasonName;
  readonly words?: Readonly<Record<string, string>>;
}

function sentences({ rule, words = {} }: Reason, reader: ReplyReader, now = new Date()): string[] {
  const audience = reader?.role === 'pupil' ? 'child' : 'adult';
  const timeZone = reader?.timeZone ?? STRANGERS_CLOCK;
  const say = (language: 'fr' | 'en') =>
    explain(rule, words, { language, timeZone, audience, now }).sentence;
  return reader ? [say(reader.language)] : [say('en'), say('fr')];
}

/**
 * Text, code and CRLF of one line stay within 512 octets (RFC 5321 §4.5.3.1.5): the sentence is cut
 * at 400, an address is shorter than 100.
 */
function reply([code, enhanced]: Code, texts: readonly string[]): Reply {
  const lines = texts.map((text) => `${enhanced} ${asciiSentence(text)}`);
  return { code, lines: code < 400 ? lines : withoutLastStop(lines) };
}

/** Mail programs put what they are answered into a sentence of theirs, and end it themselves. */
function withoutLastStop(lines: readonly string[]): string[] {
  return lines.map((line, at) => (at === lines.length - 1 ? line.replace(/\.$/, '') : line));
}
