import { isUtf8 } from 'node:buffer';
import type { SmtpLimits } from './limits.ts';
import type { SessionReply } from './texts.ts';

/** What a listener offers at this moment of a session. */
export interface Offer {
  /** `after-tls`: there is AUTH here, but not yet (RFC 4954 §4: never in clear). */
  readonly auth: 'offered' | 'after-tls' | 'never';
  /** Whether a sender may ask what to be told (DSN, RFC 3461). */
  readonly offersDsn: boolean;
}

/**
 * Exactly one path in angle brackets; the blank after the colon is a common slip of mail programs
 * and harmless.
 */
const PATH = /^(?:mail from|rcpt to): *<([^<>\s]*)>((?: +[^\s]+)*) *$/i;
/** esmtp-param (RFC 5321 §4.1.2); with SMTPUTF8 a value may hold any printable character. */
const PARAMETER = /^([a-z0-9][a-z0-9-]*)(=[^\s=]+)?$/i;
const MAIL_PARAMETERS: readonly string[] = ['SIZE', 'BODY', 'SMTPUTF8'];
/** Parameters of DSN (RFC 3461 §4): each with its value in xtext, and how long it may be. */
const DSN_PARAMETERS = {
  MAIL: { RET: /^(?:full|hdrs)$/i, ENVID: /^(?:[!-*,-<>-~]|\+[0-9A-F]{2}){1,100}$/ },
  RCPT: {
    NOTIFY: /^(?:never|(?:success|failure|delay)(?:,(?:success|failure|delay)){0,2})$/i,
    ORCPT: /^[a-z0-9-]{1,20};(?:[!-*,-<>-~]|\+[0-9A-F]{2}){1,500}$/i,
  },
} as const satisfies Record<'MAIL' | 'RCPT', Readonly<Record<string, RegExp>>>;
const BASE64 = /^(=|\*|(?:[a-z0-9+/]{4})*(?:[a-z0-9+/]{2}==|[a-z0-9+/]{3}=)?)$/i;
/**
 * Known to SMTP and not offered here (RFC 5321 §4.2.4: 502, not 500). EXPN would tell who is in a
 * list (§7.3).
 */
const NOT_OFFERED: readonly string[] = ['EXPN', 'ETRN', 'TURN', 'SEND', 'SOML', 'SAML', 'BDAT'];
const BARE: readonly string[] = ['DATA', 'RSET', 'QUIT'];

export function verbOf(line: Buffer): string {
  return line.subarray(0, 10).toString('latin1').split(' ', 1)[0]?.toUpperCase() ?? '';
}

/** How many bytes a MAIL announces (RFC 1870 §4); 0 where it, or another command, says nothing. */
export function sizeIn(line: Buffer): number {
  if (verbOf(line) !== 'MAIL') return 0;
  const text = line.toString('latin1').trimEnd();
  const path = text.indexOf('> ');
  const parameters = path < 0 ? [] : text.slice(path + 2).split(' ');
  const size = parameters.findLast((one) => /^SIZE=\d{1,20}$/i.test(one)) ?? '';
  return Number(size.slice('SIZE='.length));
}

/**
 * What is wrong with a command line before anything acts on it, or null. The library takes a second
 * address, a tail, an unknown parameter and a route in silence.
 */
export function faultInLine(line: Buffer, offer: Offer, limits: SmtpLimits): SessionReply | null {
  const verb = verbOf(line);
  if (line.length > (verb === 'AUTH' ? limits.authLineBytes : limits.lineBytes))
    return 'line-too-long';
  if (line.some((byte) => byte < 0x20 || byte === 0x7f) || !isUtf8(line)) return 'bad-characters';
  if (verb === 'MAIL' || verb === 'RCPT') return faultInPath(verb, line.toString('utf8'), offer);
  if (verb === 'AUTH') return faultInAuth(line.toString('latin1'), offer);
  if (
    BARE.includes(verb) &&
    line.length > verb.length &&
    line.toString('latin1').trimEnd() !== line.toString('latin1', 0, verb.length)
  )
    return 'no-parameter';
  return NOT_OFFERED.includes(verb) ? 'not-offered' : null;
}

/** The answer to a challenge (RFC 4954 §4): base64 or `*`, within the same bound as AUTH. */
export function faultInResponse(line: Buffer, limits: SmtpLimits): SessionReply | null {
  if (line.length > limits.authLineBytes) return 'line-too-long';
  return BASE64.test(line.toString('latin1').trimEnd()) ? null : 'bad-base64';
}

function faultInPath(verb: 'MAIL' | 'RCPT', line: string, offer: Offer): SessionReply | null {
  const [, path, tail = ''] = PATH.exec(line) ?? [];
  const badPath = verb === 'MAIL' ? 'bad-sender' : 'bad-recipient';
  // A source route may be declined (RFC 5321 §4.1.1.3, appendix F.2): it is an old way to relay.
  if (path === undefined || path.startsWith('@')) return badPath;
  for (const parameter of tail.split(' ').filter((word) => word !== '')) {
    const [, keyword, value = ''] = PARAMETER.exec(parameter) ?? [];
    if (keyword === undefined) return parameter.includes('@') ? badPath : 'bad-parameter';
    const values = offer.offersDsn ? dsnValues(verb, keyword.toUpperCase()) : undefined;
    if (values !== undefined && !values.test(value.slice(1))) return 'bad-parameter';
    if (values === undefined && !isAnnounced(verb, keyword.toUpperCase(), offer))
      return 'unknown-parameter';
  }
  // RFC 6531 §3.2: without SMTPUTF8 an address is ASCII. Of a recipient the rules answer, who know
  // nobody by such a name.
  return verb === 'MAIL' && !/^[\x20-\x7e]*$/.test(path) && !/ SMTPUTF8( |$)/i.test(tail)
    ? 'utf8-unannounced'
    : null;
}

/** What a parameter of DSN may say; undefined: it is none. */
function dsnValues(verb: 'MAIL' | 'RCPT', keyword: string): RegExp | undefined {
  const known: Readonly<Record<string, RegExp>> = DSN_PARAMETERS[verb];
  return Object.hasOwn(known, keyword) ? known[keyword] : undefined;
}

/** MAIL's AUTH= belongs to who offers AUTH (RFC 4954 §5); RCPT has no parameter without DSN. */
function isAnnounced(verb: 'MAIL' | 'RCPT', keyword: string, offer: Offer): boolean {
  return (
    verb === 'MAIL' &&
    (MAIL_PARAMETERS.includes(keyword) || (keyword === 'AUTH' && offer.auth === 'offered'))
  );
}

function faultInAuth(line: string, offer: Offer): SessionReply | null {
  if (offer.auth === 'never') return 'not-offered';
  if (offer.auth === 'after-tls') return 'auth-needs-tls';
  const [, , initial = ''] = line.trimEnd().split(/ +/);
  return BASE64.test(initial) ? null : 'bad-base64';
}
