import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Core } from '../core/core.ts';
import type { Assets } from './assets.ts';
import type { Gate } from './gate.ts';
import type { Turns } from './in-turn.ts';
import type { WebLimits } from './limits.ts';
import type { PeerOf, Tally } from './peers.ts';
import type { Streams } from './streams.ts';
import type { TurnAway } from './turned-away.ts';
import type { UploadFolder } from './uploads.ts';

/** What every request of one server needs. */
export interface Site {
  readonly core: Core;
  readonly assets: Assets;
  readonly limits: WebLimits;
  /** Headers of every answer. */
  readonly headers: Readonly<Record<string, string>>;
  readonly clock: () => Date;
  readonly peerOf: PeerOf;
  readonly gate: Gate;
  readonly turnAway: TurnAway;
  readonly streams: Streams;
  /** Forms with files are dealt with by turns. */
  readonly turns: Turns;
  readonly uploads: UploadFolder;
  /** Bytes of files on disk. */
  readonly flight: Tally;
}

export interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}
