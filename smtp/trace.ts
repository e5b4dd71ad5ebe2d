import type { SMTPServerSession } from 'smtp-server';

const HOST_NAME = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/i;
const LITERAL = /^\[[0-9a-f.:ipv]{3,48}\]$/i;

/** The transaction's id in the trace, the log and nowhere else. */
export function transactionId(session: SMTPServerSession): string {
  return `${session.id}.${session.transaction}`;
}

/** Of which envelope a letter from outside is, and where and when it comes in. */
interface FromOutside {
  readonly sender: string | null;
  readonly host: string;
  readonly at: Date;
}

/**
 * What a stranger's message gets on top (RFC 5321 §4.4): whence it came, and Return-Path, since
 * here its journey ends.
 */
export function traceFromOutside(
  session: SMTPServerSession,
  { sender, host, at }: FromOutside,
): string {
  const { remoteAddress, hostNameAppearsAs } = session;
  const helo =
    HOST_NAME.test(hostNameAppearsAs) || LITERAL.test(hostNameAppearsAs)
      ? hostNameAppearsAs
      : 'unknown';
  const peer = remoteAddress.includes(':') ? `[IPv6:${remoteAddress}]` : `[${remoteAddress}]`;
  return `Return-Path: <${sender ?? ''}>\r\n${received(`from ${helo} (${peer})`, { session, host, at })}`;
}

/**
 * What the message of somebody signed in gets: neither the address nor the name of their machine.
 * Where a child sits is nobody's business, and the session's id finds it in the log's neighbourhood
 * for whoever must look.
 */
export function traceOfSubmission(session: SMTPServerSession, host: string, at: Date): string {
  return received('from signed-in', { session, host, at });
}

/** Where and when a letter comes in. */
interface Receiving {
  readonly session: SMTPServerSession;
  readonly host: string;
  readonly at: Date;
}

/** `for` is left out: it would tell a hidden recipient to the others (RFC 5321 §7.2). */
function received(from: string, { session, host, at }: Receiving): string {
  return `Received: ${from}\r\n\tby ${host} with ${protocol(session)} id ${transactionId(session)};\r\n\t${at.toUTCString().replace('GMT', '+0000')}\r\n`;
}

/** ESMTPSA and its kin (RFC 3848); UTF8SMTPSA where SMTPUTF8 was asked for (RFC 6531 §4.3). */
function protocol({ transmissionType, envelope }: SMTPServerSession): string {
  return envelope.smtpUtf8 ? transmissionType.replace('ESMTP', 'UTF8SMTP') : transmissionType;
}
