import type { FastifyReply, FastifyRequest } from 'fastify';
import type { WithAccounts, WithCodes } from '../core/entry/accounts/contract.ts';
import type { WithConfig } from '../core/ground/config.ts';
import type { WithLog } from '../core/ground/log.ts';
import type { WithMetrics } from '../core/ground/metrics.ts';
import type { Turns } from '../core/ground/turns.ts';
import type { WithVoice } from '../core/letters/voice/contract.ts';
import type { WithModeration } from '../core/mail/delivery/holding/contract.ts';
import type { WithEvents } from '../core/mail/mailboxes/contract/events.ts';
import type { WithPresence } from '../core/mail/presence/contract.ts';
import type { WithMail } from '../core/mail/reading/contract.ts';
import type { WithPendingImports } from '../core/school/imports/pending/contract.ts';
import type { WithWeekFeeds } from '../core/school/week/contract.ts';
import type { WithHealth } from '../core/town/readiness/contract.ts';
import type { WithSetup } from '../core/town/town/contract.ts';
import type { Assets } from './assets.ts';
import type { LegalDoorPart } from './doors/legal-door.ts';
import type { Gate } from './http/gate.ts';
import type { WebLimits } from './http/limits.ts';
import type { PeerOf, PeerTally } from './http/peers.ts';
import type { Streams } from './http/streams.ts';
import type { TurnAway } from './http/turned-away.ts';
import type { UploadFolder } from './http/uploads.ts';

/** What the doors of children ask of core. */
export type ClassDoorPart = WithAccounts &
  WithVoice<'sentence'> &
  WithCodes<'activate' | 'browser' | 'checkCode' | 'openBrowser' | 'signInByPictures'>;

/** What the server itself asks of core, whatever pages it shows. */
export type ServerPart = ClassDoorPart &
  LegalDoorPart &
  WithAccounts &
  WithConfig &
  WithEvents &
  WithHealth &
  WithLog &
  WithMail<'list' | 'mailboxes' | 'page'> &
  WithMetrics &
  WithModeration<'waitingCount'> &
  WithPendingImports<'batch'> &
  WithPresence<'mayBeTold' | 'nextGathering'> &
  WithSetup<'makeFirstAgent' | 'openLink'> &
  WithWeekFeeds<'read'>;

/**
 * What every request of one server needs; `Part` of core is what its pages use, and what it asks
 * itself.
 */
export interface Site<Part extends ServerPart = ServerPart> {
  readonly core: Part;
  readonly assets: Assets;
  readonly limits: WebLimits;
  /** Headers of every answer. */
  readonly headers: Readonly<Record<string, string>>;
  readonly clock: () => Date;
  /** Whether a page lies at an address of ours, to come back to. */
  readonly isPage: (address: string) => boolean;
  readonly peerOf: PeerOf;
  readonly gate: Gate;
  readonly turnAway: TurnAway;
  readonly streams: Streams;
  /** Forms with files are dealt with by turns, of which each wants as many as it has bytes. */
  readonly turns: Turns;
  readonly uploads: UploadFolder;
  /** Bytes of files on disk. */
  readonly flight: PeerTally;
}

export interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}
