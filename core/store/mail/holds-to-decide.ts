import { sql } from 'kysely';
import type { AddressId, ClassId, SchoolId } from '../../ground/ids.ts';
import { compiledOnce, type Placeholders } from '../compiled-once.ts';
import type { SchoolTx } from '../store.ts';
import { holdOf, type HoldRow, type RawHold } from './holds.ts';

/** Who decides: of which classes, and whose own word some mail waits for. */
export interface DecisionRights {
  readonly classes: readonly ClassId[];
  /** Of these too, once their teachers have let it lie. */
  readonly headed: readonly ClassId[];
  /** As head of the school: also what waits for the head. */
  readonly isHead: boolean;
  /** Also what waits for the word of some recipient or other. */
  readonly ofOthers: boolean;
  readonly recipient: AddressId;
}

/** What one word decides: the waiting rows of one message that wait for the same one. */
type Word = Pick<HoldRow, 'message' | 'classId' | 'rule' | 'until' | 'decider' | 'recipient'>;

/** The same for all rows of one school that one word decides. */
export function wordKey({ message, classId, rule, until, decider, recipient }: Word): string {
  const isOwnWord = classId === null && until === null && decider === null;
  return JSON.stringify([
    message,
    rule,
    classId,
    rule === 'on-the-road' ? until : null,
    decider,
    isOwnWord ? recipient : null,
  ]);
}

/** The columns that make a `wordKey`. */
const WORD = sql`
  message_id,
  rule,
  class_id,
  case when rule = 'on-the-road' then until end,
  decider,
  case
    when class_id is null and until is null and decider is null then recipient_address_id
  end
`;

/**
 * Waiting holds of these classes, those that wait for the head, and for this recipient's own word;
 * oldest first. All rows of at most `limit` words.
 */
export async function waitingHolds(
  tx: SchoolTx,
  who: DecisionRights,
  limit: number,
): Promise<HoldRow[]> {
  const { rows } = await tx.kept.executeQuery(listing({ ...who, school: tx.school, limit }));
  return rows.map(holdOf);
}

/**
 * How many words there are to say about the same, and about ideas of children that wait; not more
 * than `limit` of the first.
 */
export async function countWaiting(
  tx: SchoolTx,
  who: DecisionRights,
  limit: number,
): Promise<number> {
  const {
    rows: [row],
  } = await tx.kept.executeQuery(counting({ ...who, school: tx.school, limit }));
  return row?.count ?? 0;
}

interface Waiting extends DecisionRights {
  readonly school: SchoolId;
  readonly limit: number;
}

/** Without those that somebody has just decided about. */
const waiting = (at: Placeholders<Waiting>) => sql<RawHold>`
  select *
  from hold
  where school_id = ${at.school}::integer
    and state = 'waiting'
    and wish is null
    and (
      class_id = any(${at.classes}::bigint[])
      or (class_id = any(${at.headed}::bigint[]) and asked = 2)
      or (${at.isHead}::boolean and decider = 'head')
      or (
        class_id is null
        and until is null
        and decider is null
        and (${at.ofOthers}::boolean or recipient_address_id = ${at.recipient}::bigint)
      )
    )
`;

const listing = compiledOnce<Waiting, RawHold>(
  (at) => sql`
    select placed.*
    from (
      select first.*, dense_rank() over (order by first.first_id) as place
      from (
        select waiting.*, min(id) over (partition by ${WORD}) as first_id
        from (${waiting(at)}) waiting
      ) first
    ) placed
    where place <= ${at.limit}::integer
    order by id
  `,
);

/** Every page of an adult's asks how many wait. */
const counting = compiledOnce<Waiting, { count: number }>(
  (at) => sql`
    select least(count(distinct (${WORD})), ${at.limit}::integer) + (
        select count(*)
        from notice
        where school_id = ${at.school}::integer and idea = 'waits'
          and class_id = any(${at.classes}::bigint[])
      ) as count
    from (${waiting(at)}) waiting
  `,
);
