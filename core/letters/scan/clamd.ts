import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import NodeClam from 'clamscan';
import { errorCode } from '../../ground/fault.ts';
import type { AccountId, SchoolId } from '../../ground/ids.ts';
import { networkOf } from '../../ground/networks.ts';
import type { Pieces } from '../../ground/pieces.ts';
import { ALONE, NO_TURN, openTurns, turnsOfOne, type Turn } from '../../ground/turns.ts';
import { FILE_BYTES, LETTER_BYTES, TURNS } from './limits.ts';
import { openSessions, SlowAnswer } from './sessions.ts';
import { openSlowBytes } from './slow-bytes.ts';

/**
 * What clamd said of a message. Only `clean` is clean; `silent` is no answer, or one that makes no
 * sense.
 */
export type ScanResult =
  | { readonly kind: 'clean' }
  | { readonly kind: 'infected'; readonly signature: string }
  /**
   * clamd could not look inside: a locked archive, or a limit hit. The same bytes will be answered
   * the same.
   */
  | { readonly kind: 'unscannable'; readonly signature: string }
  | { readonly kind: 'silent'; readonly why: 'down' | 'slow' | 'busy' | 'no-answer' | 'cut' };

/**
 * For whom a message is scanned: whose turns it takes. A stranger's server is known by its IP
 * address; null, by none.
 */
export type ScanFor =
  | { readonly kind: 'own'; readonly school: SchoolId; readonly account: AccountId }
  | { readonly kind: 'peer'; readonly ip: string | null };

/** Scans for somebody who is known already. */
export type Scan = (message: Readable | Buffer) => Promise<ScanResult>;

export interface Scanner {
  /**
   * A message that is in hand, or comes: the stream is read to its end before it takes its turn, so
   * that what feeds it never waits for clamd, and who sends slowly holds nobody up. `busy` where
   * its turn doesn't come. Never rejects.
   */
  scan(message: Readable | Buffer, who: ScanFor): Promise<ScanResult>;
  /**
   * A file that lies somewhere, read as clamd takes it and no more of it at once than a piece; in
   * turns of files, beside those of mail. Once it is `clean` it was read to its end. Never rejects.
   */
  scanFile(file: Pieces, who: ScanFor): Promise<ScanResult>;
  /** Whether clamd answers within two seconds. */
  ping(): Promise<boolean>;
  close(): void;
}

interface ScannerOptions {
  /** `tcp://host:port` or `unix:/path`. */
  readonly address: string;
  /** How long clamd may keep silent, and how long it may think once it has everything. */
  readonly timeoutMs: number;
  /** A longer message isn't scanned: `unscannable`. Must be below clamd's StreamMaxLength. */
  readonly maxBytes: number;
  /** Of those that share this clamd's threads; 1 without. */
  readonly processes?: number;
}

const PING_MS = 2_000;
const EMPTY_LINE: Message = [Buffer.from('\r\n')];
/** Signatures by which clamd says that it could not look. */
const COULD_NOT_LOOK = /^Heuristics\.(Limits\.Exceeded|Encrypted)/;
const BUSY = { kind: 'silent', why: 'busy' } as const;

/** A whole message, in the pieces in which it came. */
type Message = readonly Buffer[];

/**
 * The parts of clamscan that its types leave out: it opens a socket to clamd, and reads what clamd
 * says.
 */
interface Wire {
  _initSocket(label: string): Promise<Socket>;
  _processResult(answer: string): Answer | Error;
}

const isWire = (client: object): client is Wire =>
  '_initSocket' in client && '_processResult' in client;

function wireOf(client: object): Wire {
  if (!isWire(client)) throw new TypeError('clamscan does not show its socket any more');
  return client;
}

/**
 * Opens the scanner on one prepared clamscan client. clamd need not run yet: where no session is
 * open any more it connects anew, so it recovers by itself.
 */
export async function openScanner(options: ScannerOptions): Promise<Scanner> {
  const wire = wireOf(await new NodeClam().init(clientOptions(options, options.timeoutMs)));
  const pinger = await new NodeClam().init(clientOptions(options, PING_MS));
  const clamd: Clamd = {
    wire,
    sessions: openSessions(() => wire._initSocket('session')),
    shares: openShares(options.processes ?? 1),
    slowBytes: openSlowBytes(Date.now),
  };
  return {
    async scan(given, who) {
      try {
        const message = await wholeOf(given, options.maxBytes);
        return message ? await scanWhole(clamd, message, who) : beyond('MaxMessageSize');
      } catch {
        return { kind: 'silent', why: 'cut' };
      }
    },
    async scanFile(file, who) {
      if (file.sizeBytes > FILE_BYTES) return beyond('MaxFileSize');
      const result = await clamd.shares.files.pass(senderKey(who), () => ask(clamd, file));
      return result === NO_TURN ? BUSY : result;
    },
    ping: () =>
      pinger.ping().then(
        (socket) => {
          socket.destroy();
          return true;
        },
        () => false,
      ),
    close() {
      clamd.shares.close();
      clamd.sessions.close();
    },
  };
}

interface Clamd {
  readonly wire: Wire;
  readonly sessions: ReturnType<typeof openSessions>;
  readonly shares: ReturnType<typeof openShares>;
  readonly slowBytes: ReturnType<typeof openSlowBytes>;
}

async function ask({ wire, sessions }: Clamd, message: Message | Pieces): Promise<ScanResult> {
  try {
    const answer = wire._processResult(await sessions.ask(message));
    return answer instanceof Error ? { kind: 'silent', why: 'no-answer' } : read(answer);
  } catch (error) {
    return { kind: 'silent', why: whyOf(error) };
  }
}

/**
 * What is known to be slow gets clamd to itself: only then is it the message's own fault, and only
 * where clamd answers others.
 */
async function scanWhole(clamd: Clamd, message: Message, who: ScanFor): Promise<ScanResult> {
  const slowness = clamd.slowBytes.of(message);
  if (slowness === 'alone') return beyond('ScanTime');
  const width = slowness === 'never' ? 'one' : 'alone';
  const giveBack = await clamd.shares.take(who, sizeOf(message), width);
  if (!giveBack) return BUSY;
  try {
    const result = await ask(clamd, message);
    if (result.kind !== 'silent' || result.why !== 'slow') return result;
    const isAtFault =
      slowness === 'among-others' && (await ask(clamd, EMPTY_LINE)).kind === 'clean';
    clamd.slowBytes.remember(message, isAtFault ? 'alone' : 'among-others');
    return isAtFault ? beyond('ScanTime') : result;
  } finally {
    giveBack();
  }
}

/** Under which name somebody waits for turns: an account, or a network. */
export function senderKey(who: ScanFor): string {
  return who.kind === 'own' ? `${who.school}.${who.account}` : networkOf(who.ip ?? '');
}

/** Turns by kind: our own people's, strangers' letters, and whatever of strangers may cost much. */
function openShares(processes: number) {
  const opened = (kind: keyof typeof TURNS) => openTurns(turnsOfOne(TURNS[kind], processes));
  const [own, letters, parcels] = [opened('own'), opened('letters'), opened('parcels')];
  const files = opened('files');
  return {
    take(who: ScanFor, bytes: number, width: 'one' | 'alone'): Promise<Turn | null> {
      const whose = senderKey(who);
      // Of what is known to be slow there is one at a time, whoever sent it, beside letters and our
      // own people's mail.
      if (width === 'alone') return parcels.take(whose, ALONE);
      if (who.kind === 'own') return own.take(whose);
      return (bytes <= LETTER_BYTES ? letters : parcels).take(whose);
    },
    files,
    close() {
      for (const each of [own, letters, parcels, files]) each.close();
    },
  };
}

function clientOptions(options: ScannerOptions, timeout: number): NodeClam.Options {
  const url = options.address.startsWith('unix:') ? null : new URL(options.address);
  const server =
    url === null
      ? { socket: options.address.slice('unix:'.length) }
      : { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port) };
  return {
    removeInfected: false,
    debugMode: false,
    preference: 'clamdscan',
    clamscan: { active: false },
    // without a program it starts none: by itself it runs one to ask which version it is
    clamdscan: {
      ...server,
      timeout,
      active: true,
      path: '',
      localFallback: false,
      bypassTest: true,
    },
  };
}

interface Answer {
  readonly isInfected: boolean | null;
  readonly viruses: readonly string[];
}

/**
 * clamscan resolves with `isInfected: null` for a time-out, a dropped connection and nonsense: only
 * an explicit `false` is clean.
 */
function read(answer: Answer): ScanResult {
  if (answer.isInfected === false) return { kind: 'clean' };
  const signature = answer.viruses[0];
  if (answer.isInfected !== true || signature === undefined)
    return { kind: 'silent', why: 'no-answer' };
  return {
    kind: COULD_NOT_LOOK.test(signature) ? 'unscannable' : 'infected',
    signature: signature.replace(/\.UNOFFICIAL$/, ''),
  };
}

/** A limit of our own hit, named as clamd names its own. */
function beyond(limit: 'MaxMessageSize' | 'MaxFileSize' | 'ScanTime'): ScanResult {
  return { kind: 'unscannable', signature: `Heuristics.Limits.Exceeded.${limit}` };
}

function whyOf(error: unknown): 'down' | 'slow' | 'no-answer' {
  if (!(error instanceof Error)) return 'no-answer';
  if (error instanceof SlowAnswer) return 'slow';
  if (errorCode(error) !== '') return 'down';
  return error.message.includes('timed out') ? 'slow' : 'no-answer';
}

/**
 * Reads a stream to its end, whatever comes of it; null where it is longer than `maxBytes`. clamd
 * answers nothing to nothing: an empty message is an empty line.
 */
async function wholeOf(given: Readable | Buffer, maxBytes: number): Promise<Message | null> {
  const pieces: Buffer[] = [];
  let size = 0;
  const coming: AsyncIterable<Buffer> | readonly Buffer[] =
    given instanceof Readable ? given : [given];
  for await (const piece of coming) {
    size += piece.length;
    if (size <= maxBytes) pieces.push(piece);
    else pieces.length = 0;
  }
  if (size > maxBytes) return null;
  return size === 0 ? EMPTY_LINE : pieces;
}

function sizeOf(message: Message): number {
  return message.reduce((sum, piece) => sum + piece.length, 0);
}
