import type { AddressInfo } from 'node:net';
import { parentPort } from 'node:worker_threads';
import { SMTPServer } from 'smtp-server';

const server = new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'],
  authOptional: true,
  logger: false,
  disableReverseLookup: true,
  noDelay: true,
  onData(stream, _session, done) {
    stream.resume();
    stream.on('end', () => done(null));
  },
});
server.listen(0, '127.0.0.1', () =>
  parentPort?.postMessage((server.server.address() as AddressInfo).port),
);
