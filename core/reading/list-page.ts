import type { MailboxId } from '../ids.ts';
import type { Role } from '../rules/facts.ts';
import {
  ALL,
  gatheredOf,
  pageOfUids,
  type Gathered,
  type PageFrom,
} from '../store/mail/list-page.ts';
import { rowsOfUids } from '../store/mail/listing.ts';
import type { Viewer } from '../viewer.ts';
import type { Listed, ListPage, WriterKind } from './contract.ts';
import { facesOf, rowOf, WRITERS, type ReadingParts } from './rows.ts';

const rolesOf = (kind: WriterKind): readonly Role[] =>
  (Object.keys(WRITERS) as Role[]).filter((role) => WRITERS[role] === kind);

interface PageOfList {
  readonly from: PageFrom;
  readonly limit: number;
}

/** A page of a list: its rows first, then what is told of each. */
export async function listPage(
  parts: ReadingParts,
  viewer: Viewer,
  mailbox: MailboxId,
  { who = null, unread = false, ...wish }: Listed & PageOfList,
): Promise<ListPage> {
  const { rows, gathered, newer, older } = await parts.store.read(viewer.school, async (tx) => {
    const only =
      who === null && !unread ? ALL : { roles: who === null ? null : rolesOf(who), unread };
    const found = await pageOfUids(tx, { account: viewer.account, mailbox }, { ...wish, only });
    const isAlone = wish.by === 'message' || found.uids.length === 0;
    const [all, listed] = await Promise.all([
      isAlone ? [] : gatheredOf(tx, viewer.account, mailbox, found.uids),
      rowsOfUids(tx, viewer.account, mailbox, found.uids),
    ]);
    return {
      ...found,
      rows: listed,
      gathered: new Map<number, Gathered>(all.map((one) => [one.uid, one])),
    };
  });
  const faces = await facesOf(parts, viewer, rows);
  return {
    newer,
    older,
    rows: rows.map((row) => {
      const shown = rowOf(row, faces, viewer);
      const whole = gathered.get(row.uid);
      return {
        ...shown,
        seen: whole === undefined ? shown.seen : !whole.unread,
        messages: whole?.messages ?? 1,
        withOwn: whole?.answered ?? false,
      };
    }),
  };
}
