import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import NodeClam from 'clamscan';
import { openSessions, SlowAnswer } from './sessions.ts';
import { openSlots } from './slots.ts';

/** What clamd said of a message. Only `clean` is clean; `silent` is no answer, or one that makes no sense. */
export type ScanResult =
  | { readonly kind: 'clean' }
  | { readonly kind: 'infected'; readonly signature: string }
  /** clamd could not look inside: a locked archive, or a limit of its own hit. The same bytes will be answered the same. */
  | { readonly kind: 'unscannable'; readonly signature: string }
  | { readonly kind: 'silent'; readonly why: 'down' | 'slow' | 'busy' | 'no-answer' | 'cut' };

export interface Scanner {
  /** A message that is in hand, or comes: the stream is read to its end, whatever the answer, so that what feeds it never waits for clamd for ever. Never rejects. */
  scan(message: Readable | Buffer): Promise<ScanResult>;
  /** Whether clamd answers within two seconds. */
  ping(): Promise<boolean>;
  close(): void;
}

export interface ScannerOptions {
  /** `tcp://host:port` or `unix:/path`. */
  readonly address: string;
  /** How long clamd may keep silent, and how long it may think once it has everything. */
  readonly timeoutMs: number;
  /** A longer message isn't scanned: `unscannable`. Must be below clamd's StreamMaxLength. */
  readonly maxBytes: number;
}

/** Scans at once, and scans that wait for their turn. Above, clamd would only queue them itself. */
const MAX_SCANS = 24;
const MAX_WAITING = 1_000;
/** A message up to this size is read whole before a turn is taken: a slow sender holds no turn. It goes over a connection that stays open. */
export const HEAD_BYTES = 65_536;
const PING_MS = 2_000;
const EMPTY_LINE = Buffer.from('\r\n');
/** Signatures by which clamd says that it could not look. */
const COULD_NOT_LOOK = /^Heuristics\.(Limits\.Exceeded|Encrypted)/;

/** The parts of clamscan that its types leave out: it opens the socket of a scan before scanStream returns, and reads what clamd says. */
interface Wire {
  _initSocket(label: string): Promise<Socket>;
  _processResult(answer: string): Answer | Error;
}

/**
 * Opens the scanner on one prepared clamscan client. clamd need not run yet: a big message connects anew, and so does a small one where no
 * session is open any more, so it recovers by itself.
 */
export async function openScanner(options: ScannerOptions): Promise<Scanner> {
  const client = await new NodeClam().init(clientOptions(options, options.timeoutMs));
  const pinger = await new NodeClam().init(clientOptions(options, PING_MS));
  const openSocket = exposeSockets(client);
  const sessions = openSessions(() => wireOf(client)._initSocket('session'));
  const slots = openSlots({ atOnce: MAX_SCANS, waiting: MAX_WAITING });

  async function scanBytes(message: Buffer): Promise<ScanResult> {
    if (message.length > HEAD_BYTES) return scanStream(Readable.from([message], { objectMode: false }));
    if (!await slots.take()) return { kind: 'silent', why: 'busy' };
    return askSession(message).finally(slots.give);
  }

  async function scanStream(stream: Readable): Promise<ScanResult> {
    const bytes = countedBytes(stream, options.maxBytes);
    try {
      const head = await bytes.head();
      if (bytes.tooLong()) return tooLong();
      if (!await slots.take()) return { kind: 'silent', why: 'busy' };
      try {
        if (bytes.over()) return await askSession(head);
        return await askStream(head, bytes);
      } finally {
        slots.give();
      }
    } catch {
      return { kind: 'silent', why: 'cut' };
    } finally {
      bytes.drain();
    }
  }

  /** clamd doesn't answer to nothing: an empty message is scanned as an empty line. */
  async function askSession(message: Buffer): Promise<ScanResult> {
    try {
      const answer = wireOf(client)._processResult(await sessions.ask(message.length === 0 ? EMPTY_LINE : message));
      return answer instanceof Error ? { kind: 'silent', why: 'no-answer' } : read(answer);
    } catch (error) {
      return { kind: 'silent', why: whyOf(error) };
    }
  }

  async function askStream(head: Buffer, bytes: CountedBytes): Promise<ScanResult> {
    const sent = Promise.withResolvers<void>();
    const feed = Readable.from(bytes.after(head, sent.resolve), { objectMode: false, highWaterMark: HEAD_BYTES });
    const socket = Promise.withResolvers<Socket | null>();
    openSocket(socket.resolve);
    const answer = client.scanStream(feed).then(read, (error: unknown): ScanResult => ({ kind: 'silent', why: whyOf(error) }));
    const late = lateAnswer(sent.promise, options.timeoutMs);
    const result = await Promise.race([answer, late.result]);
    late.cancel();
    feed.destroy();
    void socket.promise.then((opened) => opened?.destroy());
    return bytes.tooLong() ? tooLong() : result;
  }

  return {
    scan: (message) => (message instanceof Readable ? scanStream(message) : scanBytes(message)),
    ping: () => pinger.ping().then((socket) => { socket.destroy(); return true; }, () => false),
    close() {
      slots.close();
      sessions.close();
    },
  };
}

function clientOptions(options: ScannerOptions, timeout: number): NodeClam.Options {
  const url = options.address.startsWith('unix:') ? null : new URL(options.address);
  const place = url === null ? { socket: options.address.slice('unix:'.length) } : { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port) };
  return {
    removeInfected: false, debugMode: false, preference: 'clamdscan', clamscan: { active: false },
    clamdscan: { ...place, timeout, active: true, localFallback: false, bypassTest: true },
  };
}

/**
 * Lets the caller have the socket of the scan it is about to start: clamscan itself leaves it open when clamd hangs,
 * and sends the command, the length and the bytes as packets of their own.
 */
function exposeSockets(client: NodeClam): (take: (socket: Socket | null) => void) => void {
  const wire = wireOf(client);
  const open = wire._initSocket.bind(client);
  let takeNext: (socket: Socket | null) => void = () => {};
  wire._initSocket = async (label) => {
    const take = takeNext;
    try {
      const socket = await open(label);
      socket.setNoDelay(true);
      socket.cork(); // command, length and bytes of a small message go out as one
      setImmediate(() => socket.uncork());
      take(socket);
      return socket;
    } catch (error) {
      take(null);
      throw error;
    }
  };
  return (take) => { takeNext = take; };
}

function wireOf(client: NodeClam): Wire {
  return client as unknown as Wire;
}

interface Answer {
  readonly isInfected: boolean | null;
  readonly viruses: readonly string[];
}

/** clamscan resolves with `isInfected: null` for a time-out, a dropped connection and nonsense: only an explicit `false` is clean. */
function read(answer: Answer): ScanResult {
  if (answer.isInfected === false) return { kind: 'clean' };
  const signature = answer.viruses[0];
  if (answer.isInfected !== true || signature === undefined) return { kind: 'silent', why: 'no-answer' };
  return { kind: COULD_NOT_LOOK.test(signature) ? 'unscannable' : 'infected', signature: signature.replace(/\.UNOFFICIAL$/, '') };
}

function tooLong(): ScanResult {
  return { kind: 'unscannable', signature: 'Heuristics.Limits.Exceeded.MaxMessageSize' };
}

function whyOf(error: unknown): 'down' | 'slow' | 'no-answer' {
  if (!(error instanceof Error)) return 'no-answer';
  if (error instanceof SlowAnswer) return 'slow';
  if ('code' in error && typeof error.code === 'string') return 'down';
  return error.message.includes('timed out') ? 'slow' : 'no-answer';
}

/** An answer that comes when clamd has had everything for `timeoutMs` and said nothing. */
function lateAnswer(sent: Promise<void>, timeoutMs: number): { readonly result: Promise<ScanResult>; cancel(): void } {
  let timer: NodeJS.Timeout | undefined;
  let cancelled = false;
  const result = new Promise<ScanResult>((resolve) => {
    void sent.then(() => {
      if (!cancelled) timer = setTimeout(() => resolve({ kind: 'silent', why: 'slow' }), timeoutMs);
    });
  });
  return { result, cancel: () => { cancelled = true; clearTimeout(timer); } };
}

type CountedBytes = ReturnType<typeof countedBytes>;

/** The bytes of a stream, given out once and up to a limit; the rest is read and forgotten. */
function countedBytes(stream: Readable, maxBytes: number) {
  const source: AsyncIterator<Buffer, undefined> = stream.iterator({ destroyOnReturn: false });
  let count = 0;
  let over = false;

  async function next(): Promise<Buffer | null> {
    const { value, done } = await source.next();
    if (done === true || value === undefined) {
      over = true;
      return null;
    }
    count += value.length;
    return count > maxBytes ? null : value;
  }

  return {
    tooLong: () => count > maxBytes,
    /** Whether all of it was given out. */
    over: () => over,
    async head(): Promise<Buffer> {
      const chunks: Buffer[] = [];
      let length = 0;
      while (length < HEAD_BYTES) {
        const chunk = await next();
        if (chunk === null) break;
        chunks.push(chunk);
        length += chunk.length;
      }
      if (count > maxBytes) return Buffer.alloc(0);
      return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
    },
    async *after(head: Buffer, ended: () => void): AsyncGenerator<Buffer, void> {
      yield head;
      for (let chunk = await next(); chunk !== null; chunk = await next()) yield chunk;
      ended();
    },
    drain(): void {
      if (over) return;
      void source.return?.().then(() => stream.resume(), () => {});
    },
  };
}
