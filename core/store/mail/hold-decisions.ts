import { sql } from 'kysely';
import type { AddressId, ClassId, HoldId, MessageId } from '../../ground/ids.ts';
import type { ReasonName } from '../../rules/reason-names.ts';
import type { RuleName } from '../../rules/verdict.ts';
import { anyOf } from '../any-of.ts';
import { makeDue } from '../due.ts';
import { own } from '../own.ts';
import type { SchoolTx } from '../store.ts';
import type { DecisionRights } from './holds-to-decide.ts';
import { holdOf, type DeciderCircle, type Decider, type HoldRow, type HoldWish } from './holds.ts';

/** One hold, whether or not it still waits; null for none. */
export async function holdById(
  tx: SchoolTx,
  id: HoldId,
): Promise<(HoldRow & { readonly isWaiting: boolean }) | null> {
  const row = await own(tx).selectFrom('hold', { id }).selectAll().executeTakeFirst();
  return row ? { ...holdOf(row), isWaiting: row.state === 'waiting' } : null;
}

/**
 * What waits of a message for its writer's own word, locked until the transaction ends; nothing of
 * somebody else's.
 */
export async function lockOwn(
  tx: SchoolTx,
  { message, writer }: { readonly message: MessageId; readonly writer: AddressId },
): Promise<HoldId[]> {
  const { rows } = await sql<{ id: HoldId }>`
    select h.id
    from hold h join message m on m.school_id = h.school_id and m.id = h.message_id
    where h.school_id = ${tx.school}
      and h.message_id = ${message}
      and h.decider = 'writer'
      and h.state = 'waiting'
      and h.wish is null
      and m.sender_address_id = ${writer}
    order by h.id
    for update of h
  `.execute(tx.db);
  return rows.map(({ id }) => id);
}

/** Writes down what is decided about locked rows, and makes it due. */
export async function wishFor(tx: SchoolTx, ids: readonly HoldId[], wish: HoldWish): Promise<void> {
  if (ids.length === 0) return;
  await own(tx)
    .updateTable('hold', { id: anyOf(ids) })
    .set({
      wish: wish.kind,
      decision: wish.decision,
      decided_by: wish.by,
      decided_at: sql<Date>`now()`,
      note: wish.note,
      effect_at: wish.effectAt,
      outcome: null,
      outcome_rule: null,
    })
    .execute();
  await makeDue(
    tx,
    'moderation',
    ids.map((id) => ({ id, at: wish.effectAt })),
  );
}

/**
 * Takes a decision back that has not taken effect, by whom it was; they wait as before. The rows
 * that it still was about.
 */
export async function dropWish(
  tx: SchoolTx,
  decision: string,
  by: AddressId,
): Promise<readonly HoldRow[]> {
  const rows = await own(tx)
    .updateTable('hold', { decision, decided_by: by, state: 'waiting' })
    .set({
      wish: null,
      decision: null,
      decided_by: null,
      decided_at: null,
      note: null,
      effect_at: null,
    })
    .where('wish', 'is not', null)
    .returningAll()
    .execute();
  const stillAsked = rows.flatMap(({ id, ask_at: at }) => (at ? [{ id, at }] : []));
  await own(tx)
    .deleteFrom('due', { kind: 'moderation', row_id: anyOf(rows.map(({ id }) => id)) })
    .execute();
  await makeDue(tx, 'moderation', stillAsked);
  return rows.map(holdOf);
}

/** Puts locked rows before others as well, and says when before the next ones. */
export async function askOthers(
  tx: SchoolTx,
  ids: readonly HoldId[],
  { asked, askAt }: { readonly asked: DeciderCircle; readonly askAt: Date | null },
): Promise<void> {
  await own(tx)
    .updateTable('hold', { id: anyOf(ids) })
    .set({ asked, ask_at: askAt })
    .execute();
  await own(tx)
    .deleteFrom('due', { kind: 'moderation', row_id: anyOf(ids) })
    .execute();
  if (askAt)
    await makeDue(
      tx,
      'moderation',
      ids.map((id) => ({ id, at: askAt })),
    );
}

/** What a decision came to for one recipient. */
export interface DecidedRow {
  readonly id: HoldId;
  readonly message: MessageId;
  readonly classId: ClassId | null;
  readonly named: AddressId;
  readonly recipient: AddressId;
  readonly rule: RuleName;
  readonly state: 'waiting' | 'released' | 'given-back' | 'withdrawn';
  readonly wish: 'release' | 'give-back' | null;
  readonly effectAt: Date | null;
  /** Null where it went back with a word, and in rows from before outcomes were kept. */
  readonly outcome: 'sent' | 'left' | 'refused' | 'waits' | null;
  readonly outcomeRule: ReasonName | null;
  /** Null: a rule, or the clock. */
  readonly by: AddressId | null;
  readonly at: Date | null;
  readonly note: string;
  readonly decider: Decider;
  readonly site: string | null;
}

const DECIDED = sql`
  h.id, h.message_id as message, h.class_id as "classId", h.named_address_id as named,
  h.recipient_address_id as recipient, h.rule, h.state, h.wish, h.effect_at as "effectAt",
  h.outcome, h.outcome_rule as "outcomeRule", h.decided_by as by, h.decided_at as at,
  coalesce(h.note, '') as note, h.decider, h.site
`;

/** All rows that a decision is about, or was. */
export async function rowsOfDecision(tx: SchoolTx, decision: string): Promise<DecidedRow[]> {
  const { rows } = await sql<DecidedRow>`
    select ${DECIDED}
    from hold h
    where h.school_id = ${tx.school} and h.decision::text = ${decision}
    order by h.id
  `.execute(tx.db);
  return rows;
}

/**
 * What was decided about held mail of these classes, and of what waited for the head or this
 * recipient, the latest first: at most `limit` rows, of which a letter to a class has many.
 */
export async function decidedRows(
  tx: SchoolTx,
  { classes, isHead, recipient }: Omit<DecisionRights, 'headed' | 'ofOthers'>,
  limit: number,
): Promise<DecidedRow[]> {
  const { rows } = await sql<DecidedRow>`
    select ${DECIDED}
    from hold h
    where h.school_id = ${tx.school}
      and h.decided_at is not null
      and h.state <> 'waiting'
      and (
        h.class_id = any(${[...classes]}::bigint[])
        or (${isHead} and h.decider = 'head')
        or (
          h.class_id is null
          and h.until is null
          and h.decider is null
          and (${isHead} or h.recipient_address_id = ${recipient})
        )
      )
    order by h.decided_at desc, h.id
    limit ${limit}
  `.execute(tx.db);
  return rows;
}
