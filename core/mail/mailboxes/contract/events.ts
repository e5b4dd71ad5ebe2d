import type { Viewer } from '../../../rules/viewer.ts';
import type { OneMailbox } from '../../../store/mail/contract.ts';

/** News of an account's mail, from whatever process. */
interface Events {
  /**
   * Calls `announce` whenever something of this account's mail has changed, in whatever process. It
   * says nothing but that, the caller looks again. `only` where nothing but one mailbox has: who
   * knows that MODSEQ of it has nothing to look for. Null: anything may have changed.
   */
  subscribe(
    viewer: Pick<Viewer, 'school' | 'account'>,
    announce: (only: OneMailbox | null) => void,
  ): () => void;
}

/** What has this record of core. */
export interface WithEvents {
  readonly events: Events;
}
