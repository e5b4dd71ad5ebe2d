/** The peer of the outbound bench: takes all, and tells of each message when its 250 was said. */
import { text } from 'node:stream/consumers';
import { parentPort } from 'node:worker_threads';
import { openSink } from './sink.ts';

/** One message that was taken. */
export interface SunkMessage {
  /** Of its subject. */
  readonly mark: string;
  readonly isSigned: boolean;
  /** Milliseconds since 1970, with their parts. */
  readonly at: number;
}

openSink((stream, _session, done) => {
  void text(stream).then((raw) => {
    done(null);
    const taken: SunkMessage = {
      mark: /^Subject: \S+ (\S+)/m.exec(raw)?.[1] ?? '',
      isSigned: /^DKIM-Signature:/im.test(raw),
      at: performance.timeOrigin + performance.now(),
    };
    parentPort?.postMessage(taken);
  }, done);
});
