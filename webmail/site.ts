import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CorePart, CoreWith } from '../core/core.ts';
import type { Assets } from './assets.ts';
import type { LegalDoorPart } from './doors/legal-door.ts';
import type { Gate } from './http/gate.ts';
import type { Turns } from './http/in-turn.ts';
import type { WebLimits } from './http/limits.ts';
import type { PeerOf, Tally } from './http/peers.ts';
import type { Streams } from './http/streams.ts';
import type { TurnAway } from './http/turned-away.ts';
import type { UploadFolder } from './http/uploads.ts';

/** What the doors of children ask of core. */
export type ClassDoorPart =
  | 'accounts'
  | 'codes.activate'
  | 'codes.browser'
  | 'codes.checkCode'
  | 'codes.openBrowser'
  | 'codes.signInByPictures';

/** What the server itself asks of core, whatever pages it shows. */
export type ServerPart =
  | 'accounts'
  | 'config'
  | 'events'
  | 'health'
  | 'log'
  | 'mail.list'
  | 'mail.mailboxes'
  | 'mail.page'
  | 'moderation.waitingCount'
  | 'metrics'
  | 'pendingImports.batch'
  | 'presence.mayBeTold'
  | 'presence.nextGathering'
  | 'setup.makeFirstAgent'
  | 'setup.openLink'
  | ClassDoorPart
  | LegalDoorPart;

/** What every request of one server needs; its pages use `Part` of core. */
export interface Site<Part extends CorePart = never> {
  readonly core: CoreWith<ServerPart> & CoreWith<Part>;
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
