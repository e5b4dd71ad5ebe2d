/** The peer of the outbound bench: takes all, and tells of each message when its 250 was said. */
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { parentPort } from 'node:worker_threads';
import { SMTPServer } from 'smtp-server';

/** One message that was taken. */
export interface SunkMessage {
  /** Of its subject. */
  readonly mark: string;
  readonly isSigned: boolean;
  /** Milliseconds since 1970, with their parts. */
  readonly at: number;
}

const server = new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'],
  authOptional: true,
  logger: false,
  disableReverseLookup: true,
  noDelay: true,
  onData(stream, _session, done) {
    void text(stream).then((raw) => {
      done(null);
      const taken: SunkMessage = {
        mark: /^Subject: \S+ (\S+)/m.exec(raw)?.[1] ?? '',
        isSigned: /^DKIM-Signature:/im.test(raw),
        at: performance.timeOrigin + performance.now(),
      };
      parentPort?.postMessage(taken);
    }, done);
  },
});
server.listen(0, '127.0.0.1', () =>
  parentPort?.postMessage((server.server.address() as AddressInfo).port),
);
