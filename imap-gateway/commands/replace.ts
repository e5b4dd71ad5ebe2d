import { isId, type Uid } from '../../core/ground/ids.ts';
import { bad, no, ok, replyToStop } from '../responses.ts';
import { knowOwnMessages } from '../tell.ts';
import { resolve, uidsIn } from '../view.ts';
import { setOf } from '../wire/ranges.ts';
import { mailboxFor, withLetters } from './append.ts';
import { SELECTED, type Handler } from './handler.ts';

/**
 * RFC 8508 §3: the new message is there before the old one is gone, in one step. Its UID is said at
 * once, EXPUNGE follows.
 */
export const replace: Handler<'REPLACE'> = {
  states: SELECTED,
  tells: () => 'all',
  async run(session, command) {
    const { box, me } = session;
    if (box.readOnly) return no('read-only', me);
    const target = resolve(
      box.view,
      { kind: 'ranges', ranges: [{ from: command.target, to: command.target }] },
      { byUid: command.byUid, saved: null },
    );
    if (target === null) return bad('There is no message of this number');
    const [uid] = uidsIn(box.view.uids, target);
    if (!isId<Uid>(uid)) return no('no-such-message', me);
    const mailbox = await mailboxFor(session, command.mailbox);
    if ('status' in mailbox) return mailbox;
    return withLetters(session, command.messages, async ([letter, ...more]) => {
      if (!letter || more.length > 0) return bad('REPLACE takes one message');
      const done = await session.core.mailboxes.replace(
        box.viewer,
        { from: box.id, uid },
        { to: mailbox.id, message: letter },
      );
      if (done.kind !== 'done') return replyToStop(done, me);
      knowOwnMessages(session, { path: mailbox.path, uids: done.value.to });
      session.untagged(`OK [APPENDUID ${done.value.uidValidity} ${setOf(done.value.to)}] Kept`);
      return ok('Replaced');
    });
  },
};
