import type { Logger } from 'pino';
import type { Directory } from '../../directory/directory.ts';
import type { Metrics } from '../../ground/metrics.ts';
import type { Rspamd } from '../../letters/junk/rspamd.ts';
import type { Scanner } from '../../letters/scan/clamd.ts';
import type { NoticeWords } from '../../store/boards/notices.ts';
import type { MailEvents } from '../../store/mail-events.ts';
import type { DraftRef } from '../../store/mail/contract.ts';
import type { PaperWords } from '../../store/papers/papers.ts';
import type { Store } from '../../store/store.ts';
import type { Sites } from '../sites/contract.ts';
import type { Handover } from './contract.ts';
import type { OutboxHandover } from './outbox-handover.ts';
import type { Notices } from './telling/notice.ts';

export interface DeliveryParts {
  readonly store: Store;
  readonly directory: Directory;
  readonly scanner: Scanner;
  readonly sites: Pick<Sites, 'lookUp'>;
  readonly rspamd: Rspamd;
  readonly mailEvents: MailEvents;
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly freshRows: OutboxHandover;
  /** The key of keyed hashes. */
  readonly secret: Buffer;
  readonly domain: string;
  readonly maxMessageBytes: number;
  readonly clock: () => Date;
}

/**
 * What core hands over itself: a letter with the draft that it was, and the paper that it brings or
 * the notice that it is, or words that tell of an absence with the row that they answer.
 */
export interface OwnHandover extends Omit<Handover, 'via'> {
  readonly via: Handover['via'] | 'automatic';
  readonly draft: DraftRef | null;
  readonly absenceReply: number | null;
  readonly paper: PaperWords | null;
  readonly notice: NoticeWords | null;
}

export interface ReleaseParts extends DeliveryParts {
  readonly notices: Notices;
}

/** The domains whose mail we host. */
export const domainsOf = ({ domain }: Pick<DeliveryParts, 'domain'>): ReadonlySet<string> =>
  new Set([domain]);
