import { sql } from 'kysely';
import type { AddressId, NoticeId } from '../../ground/ids.ts';
import { anyOf } from '../any-of.ts';
import { own, ownKept } from '../own.ts';
import type { SchoolTx } from '../store.ts';
import type { BoardName } from './boards.ts';
import type { NoticeRow } from './notices.ts';

/** What is new for somebody in a school. */
interface NewsRow {
  readonly unseen: number;
  readonly answers: number;
  readonly wishes: number;
}

/**
 * How many notices that hang on these boards of a school somebody hasn't seen, how many answers to
 * what they proposed, and what they are asked to give to a wall; one statement.
 */
export async function boardNews(
  tx: SchoolTx,
  address: AddressId,
  boards: readonly BoardName[],
): Promise<NewsRow> {
  const { rows } = await sql<NewsRow>`
    select count(*) filter (where n.author_address_id <> ${address})::integer as unseen,
      count(*) filter (where n.author_address_id = ${address})::integer as answers,
      (
        select count(*)::integer
        from wall_wish
        where school_id = ${tx.school} and author_address_id = ${address} and declined_at is null
      ) as wishes
    from notice n
      join notice_words w on w.school_id = n.school_id and w.notice_id = n.id
        and w.edition = n.edition
    where n.school_id = ${tx.school}
      and (
        n.author_address_id = ${address} and n.idea <> 'waits'
        or n.author_address_id <> ${address} and n.taken_down_at is null
          and n.posted_at is not null
          and exists (
            select
            from unnest(
                ${boards.map(({ classId }) => classId)}::bigint[],
                ${boards.map(({ readers }) => readers)}::text[]
              ) as b (class_id, readers)
            where n.class_id is not distinct from b.class_id and b.readers = any(w.readers)
          )
      )
      and not exists (
        select
        from notice_seen s
        where s.school_id = n.school_id and s.notice_id = n.id and s.address_id = ${address}
          and s.edition = n.edition
      )
  `.execute(tx.kept);
  return rows[0] ?? { unseen: 0, answers: 0, wishes: 0 };
}

/** Whether anything hangs on a board of a school, has been proposed, or is asked for its walls. */
export async function hasNotices(tx: SchoolTx): Promise<boolean> {
  const { rows } = await sql<{ has: boolean }>`
    select exists (
      select
      from notice
      where school_id = ${tx.school}
        and (posted_at is not null and taken_down_at is null or idea is not null)
    ) or exists (
      select
      from wall_wish
      where school_id = ${tx.school} and declined_at is null
    ) as has
  `.execute(tx.kept);
  return rows[0]?.has === true;
}

/** Somebody has seen the words that hang. */
export async function markSeen(
  tx: SchoolTx,
  address: AddressId,
  {
    seen,
    now,
  }: { readonly seen: readonly Pick<NoticeRow, 'id' | 'edition'>[]; readonly now: Date },
): Promise<void> {
  if (seen.length === 0) return;
  await own(tx)
    .insertInto(
      'notice_seen',
      seen.map(({ id, edition }) => ({
        notice_id: id,
        address_id: address,
        edition,
        at: now,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['school_id', 'notice_id', 'address_id'])
        .doUpdateSet((eb) => ({ edition: eb.ref('excluded.edition'), at: now }))
        .whereRef('notice_seen.edition', '<', 'excluded.edition'),
    )
    .execute();
}

/** Somebody holds these notices for not seen. */
export async function markUnseen(
  tx: SchoolTx,
  address: AddressId,
  notices: readonly NoticeId[],
): Promise<void> {
  if (notices.length === 0) return;
  await own(tx)
    .deleteFrom('notice_seen', { address_id: address, notice_id: anyOf(notices) })
    .execute();
}

/** Who has seen which words of a notice. */
export interface SeenRow {
  readonly notice: NoticeId;
  readonly by: AddressId;
  readonly edition: number;
  readonly at: Date;
}

/** Who has seen these notices; of one person alone where `by` names them. */
export async function seenOf(
  tx: SchoolTx,
  notices: readonly NoticeId[],
  by: AddressId | null,
): Promise<readonly SeenRow[]> {
  if (notices.length === 0) return [];
  const all = ownKept(tx).selectFrom('notice_seen', { notice_id: anyOf(notices) });
  const rows = await (by === null ? all : all.where('address_id', '=', by))
    .select(['notice_id', 'address_id', 'edition', 'at'])
    .execute();
  return rows.map((row) => ({
    notice: row.notice_id,
    by: row.address_id,
    edition: row.edition,
    at: row.at,
  }));
}
