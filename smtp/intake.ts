import { PassThrough, type Readable } from 'node:stream';
import type { SMTPServerDataStream } from 'smtp-server';
import type { Flight } from './flight.ts';
import type { SmtpLimits } from './limits.ts';

/** Why no more of a message is kept, though the client may still be sending it. */
type Overflow = 'too-big' | 'busy';

export interface Intake {
  /** The message for whoever reads it; destroyed when it overflows or the client goes away. */
  readonly message: Readable;
  /**
   * Bytes of it so far, as counted for SIZE (RFC 1870 §5): without the final dot and the stuffed
   * ones.
   */
  readonly bytes: () => number;
  readonly overflow: () => Overflow | null;
  /**
   * To be called once, at the end: lets go of what nobody will read any more and resolves once the
   * client has said its last byte; rejects if it went away before.
   */
  drained(): Promise<void>;
}

interface Bounds {
  readonly maxBytes: number;
  readonly limits: SmtpLimits;
  readonly flight: Flight;
  /**
   * Asked once all is in, before the reader sees the end; what it throws breaks the message off.
   */
  readonly confirm: () => Promise<void>;
  /** The client is too slow, or sends far more than anybody announced: close the connection. */
  readonly cut: (why: 'too-slow' | 'far-too-big') => void;
}

/**
 * How far beyond the limit a client is listened to so that it reads its 552 at the proper time (RFC
 * 1870 §6.3).
 */
const FAR_TOO_BIG = 2;

/** The client broke the line off in the middle of its message: nobody's fault here. */
export class ClientGone extends Error {}

const GONE = 'the client went away in the middle of its message';

/** What destroyed the stream of a message that overflowed: expected, and answered by its name. */
class Overflowed extends Error {}

/**
 * Stands between the library's DATA stream and core. Core may stop reading whenever it knows its
 * answer; the library must see the stream read to its end, or the reply would come in the middle of
 * the message.
 */
export function openIntake(data: SMTPServerDataStream, bounds: Bounds): Intake {
  const message = new PassThrough();
  let bytes = 0;
  let kept = 0;
  let overflow: Overflow | null = null;
  const stopWatch = watchPace(data, () => bytes, bounds);
  const ended = new Promise<void>((resolve, reject) => {
    const gone = () => reject(new ClientGone(GONE));
    data.once('close', gone);
    data.once('error', (cause) => reject(new ClientGone(GONE, { cause })));
    data.once('end', () => {
      data.off('close', gone);
      resolve();
    });
  });
  void ended
    .then(bounds.confirm)
    .then(
      () => message.end(),
      (error: Error) => message.destroy(error),
    )
    .finally(stopWatch);
  // told to whoever reads it; without a reader there is nobody to tell
  message.on('error', () => {});
  message.on('drain', () => data.resume());
  message.on('close', () => data.resume());
  data.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > bounds.maxBytes * FAR_TOO_BIG) return bounds.cut('far-too-big');
    if (message.destroyed) return;
    if (bytes > bounds.maxBytes) overflow = 'too-big';
    else if (!bounds.flight.take(chunk.length)) overflow = 'busy';
    if (overflow) return void message.destroy(new Overflowed(overflow));
    kept += chunk.length;
    if (!message.write(chunk)) data.pause();
  });
  return {
    message,
    bytes: () => bytes,
    overflow: () => overflow,
    drained() {
      if (!message.readableEnded) message.destroy();
      data.resume();
      return ended.finally(() => bounds.flight.give(kept));
    },
  };
}

/** Cuts a client that trickles. Time during which we did not want to read doesn't count. */
function watchPace(
  data: SMTPServerDataStream,
  bytes: () => number,
  { limits, cut }: Bounds,
): () => void {
  let before = 0;
  let waited = data.isPaused();
  data.on('pause', () => {
    waited = true;
  });
  const timer = setInterval(() => {
    const enough = bytes() - before >= limits.minBytesPerSecond * (limits.slowWindowMs / 1_000);
    if (!enough && !waited && !data.readableEnded) cut('too-slow');
    before = bytes();
    waited = data.isPaused();
  }, limits.slowWindowMs);
  timer.unref();
  return () => clearInterval(timer);
}
