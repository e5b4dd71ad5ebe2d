import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import { keysOf } from '../../core/ground/keys.ts';
import type { DsnRequest } from '../../core/store/mail/contract.ts';
import type { RelayResult } from '../../core/town/jobs/contract.ts';
import { notTaken } from '../replies.ts';

/**
 * What may stand between the brackets of MAIL and RCPT: a dot-string or its UTF-8 kin (RFC 6531
 * §3.3), nothing quoted, no literal.
 */
const ADDRESS = /^[^\s<>()[\],;:\\"@\p{Cc}]{1,64}@[^\s<>()[\],;:\\"@\p{Cc}]{1,255}$/u;
/**
 * Commands after which a 5yz is about this message and for good (RFC 5321 §4.2.1); before them it
 * is about us, and somebody mends it.
 */
const ABOUT_THE_MESSAGE = ['MAIL FROM', 'RCPT TO', 'DATA', 'API'];

/** The two addresses of a message on its way; a null sender is the null reverse-path. */
export interface RelayEnvelope {
  readonly sender: string | null;
  readonly recipient: string;
  readonly dsn?: DsnRequest;
}

/** Whether both can be said on the wire as they are. */
export const isSayable = ({ sender, recipient }: RelayEnvelope): boolean =>
  ADDRESS.test(recipient) && (sender === null || ADDRESS.test(sender));

export const NOT_SAYABLE: RelayResult = {
  kind: 'never',
  reply: 'This address cannot be written to.',
};

/**
 * What was asked to be told, as nodemailer says it to a peer that offers DSN (RFC 3461 §5.2.1), in
 * xtext; undefined where nothing was.
 */
export function wireDsn({ dsn }: RelayEnvelope): SMTPConnection.DSNOptions | undefined {
  if (dsn === undefined) return undefined;
  const { ret, envid, notify, orcpt } = dsn;
  if (ret === null && envid === null && notify === null && orcpt === null) return undefined;
  return {
    ...(ret === null ? {} : { ret }),
    ...(envid === null ? {} : { envid }),
    ...(notify === null ? {} : { notify: [...notify] }),
    ...(orcpt === null ? {} : { orcpt }),
  };
}

/** What nodemailer tells of an attempt that came to nothing. */
export interface SendFault {
  /** The peer's reply; undefined where it said nothing. */
  readonly response?: string | undefined;
  readonly responseCode?: number | undefined;
  /** The command that the reply is about. */
  readonly command?: string | undefined;
  readonly code?: string | undefined;
}

const TOLD: Readonly<Record<keyof SendFault, 'string' | 'number'>> = {
  response: 'string',
  responseCode: 'number',
  command: 'string',
  code: 'string',
};

/** Whether an error tells what it does as nodemailer would. */
export const isSendFault = (error: unknown): error is Error & SendFault =>
  error instanceof Error &&
  keysOf(TOLD).every((key) => {
    const told: unknown = Object(error)[key];
    return told === undefined || typeof told === TOLD[key];
  });

/** The envelope as nodemailer takes it: given apart, so that nothing of the header chooses. */
export function wireEnvelope({ sender, recipient }: RelayEnvelope, sizeBytes: number) {
  return {
    from: sender === null ? (false as const) : { name: '', address: sender }, // no second parsing
    to: [{ name: '', address: recipient }],
    use8BitMime: true,
    size: sizeBytes,
  };
}

/** By nodemailer's codes, which nobody knows who reads why a letter waits. */
const ON_THE_WAY: Readonly<Record<string, string>> = {
  EDNS: 'The name of the server is not in the DNS',
  ESOCKET: 'No line to the server, or it broke',
  ETIMEDOUT: 'The server does not answer',
  ETLS: 'TLS with the server failed',
};

const FAILED = 'The line to the server failed';

/**
 * Only a reply of the peer about this very message is for good; a dead line, a wrong password or a
 * full pool is not.
 */
export function whatWentWrong(error: unknown): RelayResult {
  if (!isSendFault(error)) return { kind: 'later', reply: 'The connection failed.' };
  const { response, responseCode, command, code } = error;
  // Bigger than the peer said that it takes: nodemailer asks nobody then (RFC 1870 §6.1).
  if (code === 'EMESSAGE' && command === 'MAIL FROM' && response === undefined)
    return notTaken('too-big', 'Bigger than the server of this address takes');
  const reply = response ?? withoutReply(code);
  const about = command !== undefined && ABOUT_THE_MESSAGE.includes(command);
  const permanent =
    about &&
    (code === 'EENVELOPE' || code === 'EMESSAGE') &&
    responseCode !== undefined &&
    Math.trunc(responseCode / 100) === 5;
  return { kind: permanent ? 'never' : 'later', reply };
}

/** Where the peer said nothing. */
function withoutReply(code: string | undefined): string {
  if (code === undefined) return FAILED;
  return `${ON_THE_WAY[code] ?? FAILED} (${code})`;
}
