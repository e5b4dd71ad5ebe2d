import type { AddressInfo } from 'node:net';
import { parentPort } from 'node:worker_threads';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A peer in a thread of its own that does with each message what is said; tells its port. */
export function openSink(onData: NonNullable<SMTPServerOptions['onData']>): void {
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    authOptional: true,
    logger: false,
    disableReverseLookup: true,
    noDelay: true,
    onData,
  });
  server.listen(0, '127.0.0.1', () =>
    parentPort?.postMessage((server.server.address() as AddressInfo).port),
  );
}
