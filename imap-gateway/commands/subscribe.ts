import { ok, replyToStop } from '../responses.ts';
import { knowOwnNames } from '../tell.ts';
import { SIGNED_IN, type Handler } from './handler.ts';

/** RFC 9051 §6.3.7 and §6.3.8. */
export const subscribe: Handler<'SUBSCRIBE' | 'UNSUBSCRIBE'> = {
  states: SIGNED_IN,
  tells: () => 'news',
  async run(session, { name, mailbox }) {
    const done = await session.core.mailboxes.subscribe(
      session.me,
      mailbox,
      name === 'SUBSCRIBE' ? 'on' : 'off',
    );
    if (done.kind !== 'done') return replyToStop(done, session.me);
    await knowOwnNames(session, [mailbox]);
    return ok(`${name} done`);
  },
};
