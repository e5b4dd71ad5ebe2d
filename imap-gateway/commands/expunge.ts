import { bad, no, ok, replyToStop } from '../responses.ts';
import { resolve } from '../view.ts';
import { SELECTED, type Handler } from './handler.ts';

/** RFC 9051 §6.4.3, and UID EXPUNGE (RFC 4315 §2.1). What is gone is told as any other change. */
export const expunge: Handler<'EXPUNGE'> = {
  states: SELECTED,
  tells: () => 'all',
  async run(session, command) {
    const { core, me, box, enabled } = session;
    if (box.readOnly) return no('read-only', me);
    const uids = command.uids && resolve(box.view, command.uids, { byUid: true, saved: box.saved });
    if (command.uids && !uids) return bad('There is no such message');
    const expunged = await core.mailboxes.expunge(box.viewer, box.id, uids);
    if (expunged.kind !== 'done') return replyToStop(expunged, me);
    // RFC 7162 §3.2.7
    return ok('EXPUNGE done', enabled.qresync ? `HIGHESTMODSEQ ${expunged.value.modseq}` : null);
  },
};
