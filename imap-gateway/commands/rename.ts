import { ok, replyToStop } from '../responses.ts';
import { knowOwnNames, tellOldName } from '../tell.ts';
import { SIGNED_IN, type Handler } from './handler.ts';

/** RFC 9051 §6.3.6; of INBOX it moves the messages. */
export const rename: Handler<'RENAME'> = {
  states: SIGNED_IN,
  tells: () => 'all',
  async run(session, { from, to }) {
    const renamed = await session.core.mailboxes.rename(session.me, from, to);
    if (renamed.kind !== 'done') return replyToStop(renamed, session.me);
    await knowOwnNames(session, [from, to]);
    const mailbox = session.enabled.rev2 ? await session.core.mailboxes.find(session.me, to) : null;
    if (mailbox) tellOldName(session, mailbox, from);
    return ok('Renamed');
  },
};
