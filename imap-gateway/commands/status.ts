import type { ListedMailbox } from '../../core/mail/mailboxes/contract/listed.ts';
import type { DeletedCount } from '../../core/store/mail/contract.ts';
import { no, ok, replyToStop } from '../responses.ts';
import type { ImapSession } from '../session.ts';
import type { StatusItem } from '../wire/command.ts';
import { encodeName } from '../wire/names.ts';
import { enableCondstore } from './enable.ts';
import { SIGNED_IN, type Handler } from './handler.ts';

/** RFC 9051 §6.3.11. Asking for HIGHESTMODSEQ switches CONDSTORE on (RFC 7162 §3.1). */
export const status: Handler<'STATUS'> = {
  states: SIGNED_IN,
  tells: () => 'news',
  async run(session, { mailbox: path, items }) {
    const mailbox = await session.core.mailboxes.find(session.me, path);
    if (!mailbox) return no('no-mailbox', session.me);
    if (!mailbox.rights.includes('r'))
      return replyToStop({ kind: 'no-permission', right: 'r' }, session.me);
    await statusLine(session, mailbox, items);
    return ok('STATUS done');
  },
};

/** Writes one STATUS response (RFC 9051 §7.3.4); LIST … RETURN (STATUS …) and NOTIFY do too. */
export async function statusLine(
  session: ImapSession,
  mailbox: ListedMailbox,
  items: readonly StatusItem[],
): Promise<void> {
  if (items.includes('HIGHESTMODSEQ')) enableCondstore(session);
  const counts = items.some((item) => item.startsWith('DELETED'));
  const deleted = counts
    ? await session.core.mailboxes.deleted(session.me, mailbox.id)
    : { total: 0, bytes: 0 };
  const appendLimit = session.core.mailboxes.appendLimit(session.me);
  const values = items.map((item) => `${item} ${valueOf(item, { mailbox, deleted, appendLimit })}`);
  session.untagged(
    `STATUS ${encodeName(mailbox.path, session.intake.state)} (${values.join(' ')})`,
  );
}

interface StatusSource {
  readonly mailbox: ListedMailbox;
  readonly deleted: DeletedCount;
  readonly appendLimit: number;
}

function valueOf(
  item: StatusItem,
  { mailbox, deleted, appendLimit }: StatusSource,
): number | string {
  switch (item) {
    case 'MESSAGES':
      return mailbox.total;
    case 'RECENT':
      return 0; // no message is ever \Recent here (RFC 9051 has dropped it)
    case 'UIDNEXT':
      return mailbox.uidNext;
    case 'UIDVALIDITY':
      return mailbox.uidValidity;
    case 'UNSEEN':
      return mailbox.unseen;
    case 'DELETED':
      return deleted.total;
    case 'DELETED-STORAGE':
      return deleted.bytes; // in octets, unlike STORAGE (RFC 9208 §4.2.4)
    case 'SIZE':
      return mailbox.bytes;
    case 'HIGHESTMODSEQ':
      return mailbox.highestModseq;
    case 'APPENDLIMIT':
      return appendLimit;
    case 'MAILBOXID':
      return `(${mailbox.objectId})`;
    default:
      return item satisfies never;
  }
}
