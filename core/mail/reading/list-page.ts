import { keysOf } from '../../ground/keys.ts';
import type { Role } from '../../rules/facts.ts';
import type { RoomVisit } from '../../rules/viewer.ts';
import type { PageFrom, WhichMailbox } from '../../store/mail/contract.ts';
import { ALL, pageOfRows } from '../../store/mail/list-page.ts';
import type { ListSelection, ListPage, WriterKind } from './contract.ts';
import { facesOf, rowOf, WRITERS, type ReadingParts } from './rows.ts';

const rolesOf = (kind: WriterKind): readonly Role[] =>
  keysOf(WRITERS).filter((role) => WRITERS[role] === kind);

interface PageOfList {
  readonly from: PageFrom;
  readonly limit: number;
}

/** A page of a list, and everybody on it as the viewer knows them. */
export async function listPage(
  { parts, viewer }: RoomVisit<ReadingParts>,
  mailbox: WhichMailbox,
  { who = null, unread = false, ...wish }: ListSelection & PageOfList,
): Promise<ListPage> {
  const only =
    who === null && !unread ? ALL : { roles: who === null ? null : rolesOf(who), unread };
  const { rows, newer, older } = await parts.store.read(viewer.school, (tx) =>
    pageOfRows(tx, { account: viewer.account, mailbox }, { ...wish, only }),
  );
  const faces = await facesOf(parts, viewer, rows);
  return {
    newer,
    older,
    rows: rows.map((row) => ({
      ...rowOf(row, faces, viewer),
      seen: !row.unread,
      messages: row.messages,
      withOwn: row.withOwn,
    })),
  };
}
