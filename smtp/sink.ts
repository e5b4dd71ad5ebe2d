import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { portOf } from '../core/ground/listen.ts';
import type { DemoOutside } from '../core/town/jobs/contract.ts';

/** Peers at once: our own worker's connections, and some of somebody who looks. */
const MAX_CLIENTS = 20;
/** A relayed message may be a little larger than what was accepted: line ends and stuffed dots. */
const ROOM = 1.1;

/**
 * The outside of a demo: a real SMTP server on a free loopback port that takes every message and
 * keeps it for a page. It knows no relay, so nothing leaves the machine. Returns where it listens,
 * as a smarthost's address.
 */
export async function startSink(
  outside: DemoOutside,
  options: { readonly maxMessageBytes: number; readonly onError: (error: Error) => void },
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const limit = Math.ceil(options.maxMessageBytes * ROOM);
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    hideENHANCEDSTATUSCODES: true,
    banner: 'nothing leaves this machine',
    maxClients: MAX_CLIENTS,
    size: limit,
    onData(stream, session, done) {
      take(stream, limit)
        .then((raw) => outside.keep({ ...envelopeOf(session), raw }))
        .then(() => done(), done);
    },
  });
  server.on('error', options.onError);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    // This process's alone: processes that share their ports find them by the order of listening.
    server.server.listen({ port: 0, host: '127.0.0.1', exclusive: true }, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
  const port = portOf(server.server);
  return {
    url: `smtp://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function take(stream: SMTPServerDataStream, limitBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    // read to its end all the same: the peer must hear the answer
    if (bytes <= limitBytes) chunks.push(chunk);
  }
  if (bytes > limitBytes) throw new Error('message too big for the demo’s outside');
  return Buffer.concat(chunks);
}

function envelopeOf({ envelope }: SMTPServerSession): {
  sender: string;
  recipients: readonly string[];
} {
  return {
    sender: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
    recipients: envelope.rcptTo.map(({ address }) => address),
  };
}
