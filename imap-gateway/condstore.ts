import type { Session } from './session.ts';

/**
 * Asking by MODSEQ switches CONDSTORE on (RFC 7162 §3.1): a client that has a mailbox selected
 * hears from where it may count.
 */
export function enableCondstore(session: Session): void {
  if (session.enabled.condstore) return;
  session.enabled = { ...session.enabled, condstore: true };
  if (session.selected)
    session.untagged(`OK [HIGHESTMODSEQ ${session.selected.view.modseq}] Highest`);
}
