import { sql } from 'kysely';
import type { AddressId } from '../../ground/ids.ts';
import { anyOf } from '../any-of.ts';
import type { SchoolTx } from '../store.ts';
import type { WallName } from '../wall/wall-items.ts';

/** What waits for the word of a class's teachers, by who wrote it; null for nobody of the town. */
export interface WaitingOfSender {
  readonly sender: AddressId | null;
  readonly letters: number;
  /** Since when the oldest of the letters waits; null: none does. */
  readonly since: Date | null;
  /** What they propose for the board, and gave to the wall. */
  readonly onBoard: number;
}

/** All that waits for this class's teachers; on its wall, of these pupils alone. */
export async function waitingBySender(
  tx: SchoolTx,
  { classId, year }: WallName,
  pupils: readonly AddressId[],
): Promise<readonly WaitingOfSender[]> {
  const { rows } = await sql<WaitingOfSender>`
    select sender::integer as sender, sum(letters)::integer as letters, min(since) as since,
      sum("onBoard")::integer as "onBoard"
    from (
      select m.sender_address_id as sender, count(distinct m.id) as letters,
        min(h.created_at) as since, 0 as "onBoard"
      from hold h join message m on m.school_id = h.school_id and m.id = h.message_id
      where h.school_id = ${tx.school} and h.class_id = ${classId} and h.state = 'waiting'
      group by m.sender_address_id
      union all
      select n.author_address_id, 0, null, count(*)
      from notice n
      where n.school_id = ${tx.school} and n.class_id = ${classId} and n.idea = 'waits'
      group by n.author_address_id
      union all
      select w.author_address_id, 0, null, count(*)
      from wall_item w
      where w.school_id = ${tx.school}
        and w.class_id = ${classId}
        and w.school_year = ${year}
        and w.author_address_id = ${anyOf(pupils)}
        and w.hung_at is null
        and w.refused_at is null
      group by w.author_address_id
    ) waiting
    group by sender
  `.execute(tx.kept);
  return rows;
}
