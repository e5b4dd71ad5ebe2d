import type { CopiedUids } from '../../core/mail/mailboxes/contract/changes.ts';
import { bad, no, ok, replyToStop } from '../responses.ts';
import { knowOwnMessages } from '../tell.ts';
import { resolve } from '../view.ts';
import { setOf } from '../wire/ranges.ts';
import { SELECTED, type Handler } from './handler.ts';

/** RFC 9051 §6.4.7: all or none. */
export const copy: Handler<'COPY'> = {
  states: SELECTED,
  tells: () => 'news',
  async run(session, { set, byUid, mailbox }) {
    const {
      core: { mailboxes },
      me,
      box,
    } = session;
    const uids = resolve(box.view, set, { byUid, saved: box.saved });
    if (!uids) return bad('There is no such message');
    const target = await mailboxes.find(me, mailbox);
    if (!target) return no('try-create', me);
    const copied = await mailboxes.copy(me, box.id, { uids, to: target.id });
    if (copied.kind !== 'done') return replyToStop(copied, me);
    knowOwnMessages(session, { path: target.path, uids: copied.value.to });
    return ok('COPY done', copyUid(copied.value));
  },
};

/** RFC 9051 §6.4.8: the new UIDs are told before the old messages go. */
export const move: Handler<'MOVE'> = {
  states: SELECTED,
  tells: () => 'all',
  async run(session, { set, byUid, mailbox }) {
    const {
      core: { mailboxes },
      me,
      box,
      enabled,
    } = session;
    if (box.readOnly) return no('read-only', me);
    const uids = resolve(box.view, set, { byUid, saved: box.saved });
    if (!uids) return bad('There is no such message');
    const target = await mailboxes.find(me, mailbox);
    if (!target) return no('try-create', me);
    const moved = await mailboxes.move(box.viewer, box.id, { uids, to: target.id });
    if (moved.kind !== 'done') return replyToStop(moved, me);
    knowOwnMessages(session, { path: target.path, uids: moved.value.to });
    const code = copyUid(moved.value);
    if (code !== null) session.untagged(`OK [${code}] Moved`);
    return ok('MOVE done', enabled.qresync ? `HIGHESTMODSEQ ${moved.value.expunged.modseq}` : null);
  },
};

/** RFC 4315 §3; null where nothing was there to copy. */
function copyUid({ uidValidity, from, to }: CopiedUids): string | null {
  return to.length === 0 ? null : `COPYUID ${uidValidity} ${setOf(from)} ${setOf(to)}`;
}
