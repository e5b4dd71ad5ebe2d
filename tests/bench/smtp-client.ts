import { LineSocket } from './lines.ts';

/** A reply that wasn't the one hoped for. */
export class RefusedReply extends Error {
  readonly code: number;

  constructor(line: string) {
    super(line);
    this.code = Number(line.slice(0, 3));
  }
}

/**
 * When a transaction began (MAIL FROM sent) and when its 250 came, on the clock of
 * `performance.now()`.
 */
interface Sent {
  readonly begunAt: number;
  readonly acceptedAt: number;
}

/** One session over which messages go one after the other, commands pipelined (RFC 2920). */
export interface SmtpClient {
  send(from: string, recipients: readonly string[], message: Buffer): Promise<Sent>;
  close(): void;
}

/**
 * Connects, greets and, as somebody, signs in. Rejects with `RefusedReply` or what the socket says.
 */
export async function openSmtp(
  port: number,
  as: { readonly login: string; readonly password: string } | null = null,
): Promise<SmtpClient> {
  const lines = await LineSocket.open(port);
  await reply(lines, 220);
  lines.write('EHLO bench.ext.test\r\n');
  await reply(lines, 250);
  if (as !== null) {
    const secret = Buffer.from(`\0${as.login}\0${as.password}`).toString('base64');
    lines.write(`AUTH PLAIN ${secret}\r\n`);
    await reply(lines, 235);
  }
  return {
    async send(from, recipients, message) {
      const commands = [
        `MAIL FROM:<${from}>\r\n`,
        ...recipients.map((recipient) => `RCPT TO:<${recipient}>\r\n`),
        'DATA\r\n',
      ];
      const begunAt = performance.now();
      lines.write(commands.join(''));
      for (let at = 1; at < commands.length; at += 1) await reply(lines, 250);
      await reply(lines, 354);
      lines.write(message);
      lines.write('.\r\n');
      await reply(lines, 250);
      return { begunAt, acceptedAt: performance.now() };
    },
    close() {
      lines.write('QUIT\r\n');
      lines.close();
    },
  };
}

async function reply(lines: LineSocket, wanted: number): Promise<void> {
  for (;;) {
    const line = await lines.next();
    if (line[3] === '-') continue;
    if (Number(line.slice(0, 3)) !== wanted) throw new RefusedReply(line);
    return;
  }
}
