import { imapString } from '../../core/letters/message/imap-string.ts';
import type { Quota } from '../../core/store/mail/contract.ts';
import { no, ok, replyToStop, type TaggedReply } from '../responses.ts';
import type { ImapSession } from '../session.ts';
import { encodeName } from '../wire/names.ts';
import { SIGNED_IN, type Handler } from './handler.ts';

/** RFC 9208 §5: STORAGE is counted in units of 1,024 octets. */
const UNIT_BYTES = 1_024;

/**
 * RFC 9208 §4.1.1: the root of one's own mailboxes is `""`; that of what somebody shares is their
 * name below `Partagés`.
 */
export const getQuota: Handler<'GETQUOTA'> = {
  states: SIGNED_IN,
  tells: () => 'news',
  async run(session, { root }) {
    const quota = await quotaOf(session, root);
    return quota ? told(session, root, quota) : no('no-mailbox', session.me);
  },
};

/** RFC 9208 §4.1.2: of a name that isn't there too, since it could be made. */
export const getQuotaRoot: Handler<'GETQUOTAROOT'> = {
  states: SIGNED_IN,
  tells: () => 'news',
  async run(session, { mailbox: path }) {
    const root = rootOf(session, path);
    const quota = await quotaOf(session, root);
    const name = encodeName(path, session.intake.state);
    if (quota) {
      session.untagged(`QUOTAROOT ${name} ${imapString(root)}`);
      return told(session, root, quota);
    }
    if (!(await session.core.mailboxes.find(session.me, path))) return no('no-mailbox', session.me);
    session.untagged(`QUOTAROOT ${name}`); // a board is in nobody's quota
    return ok('Quota told');
  },
};

/** RFC 9208 §4.1.3: how much mail somebody may keep is the town's to say. */
export const setQuota: Handler<'SETQUOTA'> = {
  states: SIGNED_IN,
  tells: () => 'news',
  async run(session) {
    return replyToStop({ kind: 'no-permission', right: null }, session.me);
  },
};

/** One's own, or by a mailbox that somebody shares; null where nobody of this name shares any. */
async function quotaOf(session: ImapSession, root: string): Promise<Quota | null> {
  const { mailboxes } = session.core;
  if (root === '') return await mailboxes.quota(session.me, null);
  const shared = (await mailboxes.list(session.me)).find(
    (name) =>
      name.kind === 'mailbox' &&
      !name.isOwn &&
      name.rights.includes('r') &&
      rootOf(session, name.path) === root,
  );
  return shared?.kind === 'mailbox' ? await mailboxes.quota(session.me, shared.id) : null;
}

function rootOf(session: ImapSession, path: string): string {
  const { others } = session.core.mailboxes.namespaces;
  return path.startsWith(others) ? path.split('/', 2).join('/') : '';
}

function told(session: ImapSession, root: string, { usedBytes, limitBytes }: Quota): TaggedReply {
  session.untagged(
    `QUOTA ${imapString(root)} (STORAGE ${Math.ceil(usedBytes / UNIT_BYTES)} ${Math.floor(limitBytes / UNIT_BYTES)})`,
  );
  return ok('Quota told');
}
