import { no, ok, replyToStop } from '../responses.ts';
import { knowOwnNames } from '../tell.ts';
import { SIGNED_IN, type Handler } from './handler.ts';

/** RFC 9051 §6.3.5. Who deletes the mailbox they have selected has none selected after it. */
export const remove: Handler<'DELETE'> = {
  states: SIGNED_IN,
  tells: () => 'news',
  async run(session, { mailbox: path }) {
    const mailbox = await session.core.mailboxes.find(session.me, path);
    if (!mailbox) return no('no-mailbox', session.me);
    const removed = await session.core.mailboxes.remove(session.me, path);
    if (removed.kind !== 'done') return replyToStop(removed, session.me);
    await knowOwnNames(session, [mailbox.path]);
    if (session.selected?.id === mailbox.id) session.select(null);
    return ok('Deleted');
  },
};
