import type { Config } from '../../core/ground/config.ts';
import { shareOf, sharersOf, type TurnLimits } from '../../core/ground/turns.ts';

/** Every bound of the pages that is about how much at once and how fast, by name. */
export interface WebLimits {
  /** Connections of a machine. Past it the least useful one goes, not the newcomer. */
  readonly connections: number;
  /**
   * Of one peer: an IPv4 address or an IPv6 /56. Carriers put dozens of families behind one
   * address.
   */
  readonly connectionsPerPeer: number;
  /** Of an address of the schools' networks, behind which 3,022 computers may stand. */
  readonly connectionsPerSchool: number;
  /** Requests of one peer in progress at once: behind a proxy all connections are the proxy's. */
  readonly requestsPerPeer: number;
  readonly requestsPerSchool: number;
  /** Server-sent events: open pages that wait for mail. */
  readonly streams: number;
  readonly streamsPerPeer: number;
  readonly streamsPerSchool: number;
  /** Open pages of one account; the oldest closes and its browser comes again later. */
  readonly streamsPerAccount: number;
  /** Bytes of an event stream that wait for a browser which doesn't read them. */
  readonly streamBacklogBytes: number;
  /** The head of a request must have come within this. */
  readonly headersMs: number;
  /** A whole request; 25 MB over a slow school line takes two minutes. */
  readonly requestMs: number;
  /** A body that comes slower than this over a whole `slowWindowMs` is cut (408). */
  readonly minBytesPerSecond: number;
  readonly slowWindowMs: number;
  /** How often time and pace are looked at. */
  readonly lookMs: number;
  /** A connection with no request. */
  readonly keepAliveMs: number;
  /**
   * A connection on which nothing comes and nothing goes: a browser that takes no more of its
   * answer.
   */
  readonly stalledMs: number;
  /**
   * Bytes of files that people are sending at one moment, all together; they lie on disk
   * (`uploads.ts`).
   */
  readonly filesInFlight: number;
  readonly filesPerPeer: number;
  readonly filesPerSchool: number;
  /**
   * Bytes that the fields of all forms in progress may take of memory; a form may bring two
   * million.
   */
  readonly formBytes: number;
  readonly formBytesPerPeer: number;
  readonly formBytesPerSchool: number;
  /**
   * Bytes of files in memory at one moment, all together: forms with files take turns. One form
   * alone may be bigger.
   */
  readonly filesInHand: number;
  /** How long a form waits for its turn. */
  readonly turnMs: number;
}

export const LIMITS: WebLimits = {
  connections: 16_000,
  connectionsPerPeer: 400,
  connectionsPerSchool: 12_000,
  requestsPerPeer: 200,
  requestsPerSchool: 6_000,
  streams: 12_000,
  streamsPerPeer: 200,
  streamsPerSchool: 9_000,
  streamsPerAccount: 12,
  streamBacklogBytes: 65_536,
  headersMs: 15_000,
  requestMs: 300_000,
  minBytesPerSecond: 500,
  slowWindowMs: 15_000,
  lookMs: 1_000,
  keepAliveMs: 72_000,
  stalledMs: 150_000,
  filesInFlight: 536_870_912,
  filesPerPeer: 134_217_728,
  filesPerSchool: 402_653_184,
  formBytes: 268_435_456,
  formBytesPerPeer: 33_554_432,
  formBytesPerSchool: 201_326_592,
  filesInHand: 8_388_608,
  turnMs: 60_000,
};

/** What one form alone may bring in files and in fields, so that none is too much for a process. */
const LARGEST_FILES = 33_554_432;
const LARGEST_FIELDS = 4_194_304;

/**
 * What one of so many processes may have of what is bounded for all: its share, and in any case
 * room for the largest form. Open pages of an account stay as they are: they are few, and what they
 * cost is bounded with those of its peer. What a peer may have at once is shared by all machines,
 * memory and disk are each machine's own.
 */
export function limitsOf(config: Pick<Config, 'processes' | 'machines'>): WebLimits {
  const share = (limit: number, least: number): number =>
    Math.max(shareOf(limit, config.processes), least);
  const ofPeer = (limit: number, least: number): number =>
    Math.max(shareOf(limit, sharersOf(config)), least);
  return {
    ...LIMITS,
    connections: share(LIMITS.connections, 1),
    connectionsPerPeer: ofPeer(LIMITS.connectionsPerPeer, 1),
    connectionsPerSchool: ofPeer(LIMITS.connectionsPerSchool, 1),
    requestsPerPeer: ofPeer(LIMITS.requestsPerPeer, 1),
    requestsPerSchool: ofPeer(LIMITS.requestsPerSchool, 1),
    streams: share(LIMITS.streams, 1),
    streamsPerPeer: ofPeer(LIMITS.streamsPerPeer, LIMITS.streamsPerAccount),
    streamsPerSchool: ofPeer(LIMITS.streamsPerSchool, 1),
    filesInFlight: share(LIMITS.filesInFlight, LARGEST_FILES),
    filesPerPeer: share(LIMITS.filesPerPeer, LARGEST_FILES),
    filesPerSchool: share(LIMITS.filesPerSchool, LARGEST_FILES),
    formBytes: share(LIMITS.formBytes, LARGEST_FIELDS),
    formBytesPerPeer: share(LIMITS.formBytesPerPeer, LARGEST_FIELDS),
    formBytesPerSchool: share(LIMITS.formBytesPerSchool, LARGEST_FIELDS),
    filesInHand: share(LIMITS.filesInHand, 1),
  };
}

/** Forms with files stand in one line, and each wants as many turns as it has bytes. */
export const turnsOfForms = ({ filesInHand, turnMs }: WebLimits): TurnLimits => ({
  atOnce: filesInHand,
  each: filesInHand,
  waiting: Infinity,
  waitingEach: Infinity,
  waitMs: turnMs,
});
