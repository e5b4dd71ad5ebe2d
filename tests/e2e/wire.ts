import { dial, plain, type WireClient } from '../../smtp/testing/wire-client.ts';

/** A whole that has just started, on a busy machine, takes its time. */
const PATIENCE_MS = 40_000;

export interface WireAccount {
  readonly address: string;
  readonly password: string;
}

/**
 * Greets and, where asked, signs in over implicit TLS; gives the client ready for MAIL. Throws when
 * the server won't.
 */
export async function ready(port: number, as: WireAccount | null = null): Promise<WireClient> {
  const wire = await dial(port, as === null ? 'plain' : 'implicit', PATIENCE_MS);
  const greeting = await wire.reply();
  const hello = await wire.say('EHLO client.example');
  const welcome =
    as === null ? hello : await wire.say(`AUTH PLAIN ${plain(as.address, as.password)}`);
  if (/^2/.test(welcome)) return wire;
  wire.cut();
  throw new Error(`no welcome: ${[greeting, hello, welcome].join(' | ')}`);
}

/**
 * One message on a connection that is ready. Gives the first reply that isn't good, or the last.
 */
export async function deliver(
  wire: WireClient,
  envelope: { readonly from: string; readonly to: readonly string[] },
  raw: Buffer,
): Promise<string> {
  for (const line of [
    `MAIL FROM:<${envelope.from}>`,
    ...envelope.to.map((to) => `RCPT TO:<${to}>`),
    'DATA',
  ]) {
    const reply = await wire.say(line);
    if (!/^[23]/.test(reply)) {
      await wire.say('RSET');
      return reply;
    }
  }
  wire.send(stuffed(raw));
  return wire.reply();
}

/** The message with its dots doubled and the line that ends it (RFC 5321 §4.5.2). */
export function stuffed(raw: Buffer): Buffer {
  const text = raw.toString('latin1').replace(/(^|\r\n)\./g, '$1..');
  return Buffer.from(`${text}${text.endsWith('\r\n') ? '' : '\r\n'}.\r\n`, 'latin1');
}

/** A small message; `extra` are more header lines. */
export function letter(of: {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly extra?: readonly string[];
}): Buffer {
  const lines = [
    `From: ${of.from}`,
    `To: ${of.to}`,
    `Subject: ${of.subject}`,
    ...(of.extra ?? []),
    '',
    of.text,
    '',
  ];
  return Buffer.from(lines.join('\r\n'));
}
