import type { ListedMailbox, Quota } from '../../core/core.ts';
import { imapString } from '../../core/message/imap-string.ts';
import { no, ok, replyToStop, type Reply } from '../responses.ts';
import type { Session } from '../session.ts';
import { encodeName } from '../wire/names.ts';
import { SIGNED_IN, type Handler } from './handler.ts';

/** RFC 9208 §5: STORAGE is counted in units of 1,024 octets. */
const UNIT_BYTES = 1_024;

/** RFC 9208 §4.1.1: the root of one's own mailboxes is `""`; that of what somebody shares is their name below `Partagés`. */
export const getQuota: Handler<'GETQUOTA'> = {
  states: SIGNED_IN,
  tells: () => 'news',
  async run(session, { root }) {
    const shared = root === '' ? null : (await session.core.mailboxes.list(session.me)).find((name) => name.kind === 'mailbox' && rootOf(session, name) === root);
    if (root !== '' && shared?.kind !== 'mailbox') return no('no-mailbox', session.me);
    const quota = await session.core.mailboxes.quota(session.me, shared?.kind === 'mailbox' ? shared.id : null);
    return quota ? told(session, root, quota) : no('no-mailbox', session.me);
  },
};

/** RFC 9208 §4.1.2. */
export const getQuotaRoot: Handler<'GETQUOTAROOT'> = {
  states: SIGNED_IN,
  tells: () => 'news',
  async run(session, { mailbox: path }) {
    const mailbox = await session.core.mailboxes.find(session.me, path);
    const quota = mailbox && await session.core.mailboxes.quota(session.me, mailbox.isOwn ? null : mailbox.id);
    if (!mailbox || !quota) return no('no-mailbox', session.me);
    const root = rootOf(session, mailbox);
    session.untagged(`QUOTAROOT ${encodeName(path, session.intake.state)} ${imapString(root)}`);
    return told(session, root, quota);
  },
};

/** RFC 9208 §4.1.3: how much mail somebody may keep is the town's to say. */
export const setQuota: Handler<'SETQUOTA'> = {
  states: SIGNED_IN,
  tells: () => 'news',
  async run(session) { return replyToStop({ kind: 'no-permission', right: null }, session.me); },
};

function rootOf(session: Session, mailbox: ListedMailbox): string {
  const { others } = session.core.mailboxes.namespaces;
  return mailbox.isOwn ? '' : mailbox.path.slice(0, mailbox.path.indexOf('/', others.length));
}

function told(session: Session, root: string, { usedBytes, limitBytes }: Quota): Reply {
  session.untagged(`QUOTA ${imapString(root)} (STORAGE ${Math.ceil(usedBytes / UNIT_BYTES)} ${Math.floor(limitBytes / UNIT_BYTES)})`);
  return ok('Quota told');
}
