import type { SpecialUse } from '../../core/store/mail/contract.ts';
import { useOf } from '../list-names.ts';
import { ok, replyToStop } from '../responses.ts';
import { knowOwnNames, tellOldName } from '../tell.ts';
import { SIGNED_IN, type Handler } from './handler.ts';

/**
 * RFC 9051 §6.3.4, with CREATE-SPECIAL-USE (RFC 6154 §3) and the new mailbox's id (RFC 8474 §4.1).
 */
export const create: Handler<'CREATE'> = {
  states: SIGNED_IN,
  tells: () => 'news',
  async run(session, { mailbox: path, written, uses }) {
    const use = wishedUse(uses);
    if (use === 'impossible') return replyToStop({ kind: 'cannot', why: 'use-taken' }, session.me);
    const made = await session.core.mailboxes.create(session.me, path, use);
    if (made.kind !== 'done') return replyToStop(made, session.me);
    await knowOwnNames(session, [made.value.path]);
    // RFC 9051 §6.3.9.7: the name that was asked for is written in another way here.
    if (session.enabled.rev2 && made.value.path !== written.replace(/\/$/, ''))
      tellOldName(session, made.value, written);
    return ok('Made', `MAILBOXID (${made.value.objectId})`);
  },
};

/** One mailbox, one use: RFC 6154 §3 lets a server refuse what it doesn't have. */
function wishedUse(uses: readonly string[]): SpecialUse | null | 'impossible' {
  const [first, ...more] = uses;
  if (first === undefined) return null;
  return more.length > 0 ? 'impossible' : (useOf(first) ?? 'impossible');
}
