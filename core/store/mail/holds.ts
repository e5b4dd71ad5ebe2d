import { sql } from 'kysely';
import type { AddressId, ClassId, HoldId, MessageId } from '../../ground/ids.ts';
import type { HeaderAddress } from '../../letters/message/message.ts';
import type { ReasonName } from '../../rules/reason-names.ts';
import type { RuleName } from '../../rules/verdict.ts';
import { anyOf } from '../any-of.ts';
import { makeDue } from '../due.ts';
import { ownKept } from '../own.ts';
import type { SchoolTx } from '../store.ts';

export interface NewHold {
  readonly message: MessageId;
  readonly classId: ClassId | null;
  readonly named: AddressId;
  readonly recipient: AddressId;
  readonly rule: RuleName;
  readonly until: Date | null;
  readonly lifted: readonly string[];
  readonly asked: DeciderCircle;
  /** When it is put before the next ones; null: not before anybody else. */
  readonly askAt: Date | null;
  readonly decider: Decider;
  /** The name of the forbidden site for which it is held; null: it isn't for one. */
  readonly site: string | null;
}

/**
 * Who decides: the head of the school where it waits, or who wrote it; null: the teachers of its
 * class, without one its recipient, or the clock.
 */
export type Decider = 'head' | 'writer' | null;

/**
 * Whom held mail of a class is put before: its teacher; its co-teachers as well; the head as well.
 */
export type DeciderCircle = 0 | 1 | 2;

/** What somebody has decided, and what takes effect at `effectAt`; until then it can be undone. */
export interface HoldWish {
  readonly decision: string;
  readonly kind: 'release' | 'give-back';
  readonly by: AddressId;
  readonly note: string;
  readonly effectAt: Date;
}

/** One held recipient of one message. */
export interface HoldRow extends NewHold {
  readonly id: HoldId;
  readonly createdAt: Date;
  readonly wish: HoldWish | null;
}

/** Writes held recipients; those that the clock lets go become due then. */
export async function insertHolds(tx: SchoolTx, holds: readonly NewHold[]): Promise<void> {
  if (holds.length === 0) return;
  const rows = await ownKept(tx)
    .insertInto(
      'hold',
      holds.map((hold) => ({
        message_id: hold.message,
        class_id: hold.classId,
        named_address_id: hold.named,
        recipient_address_id: hold.recipient,
        rule: hold.rule,
        until: hold.until,
        lifted: [...hold.lifted],
        asked: hold.asked,
        ask_at: hold.askAt,
        decider: hold.decider,
        site: hold.site,
      })),
    )
    .returning(['id', 'until', 'ask_at'])
    .execute();
  await makeDueAgain(tx, rows);
}

/** What the clock does with rows: lets them go, or puts them before others. */
async function makeDueAgain(
  tx: SchoolTx,
  rows: readonly {
    readonly id: number;
    readonly until: Date | null;
    readonly ask_at: Date | null;
  }[],
): Promise<void> {
  await makeDue(
    tx,
    'hold',
    rows.flatMap(({ id, until }) => (until ? [{ id, at: until }] : [])),
  );
  await makeDue(
    tx,
    'moderation',
    rows.flatMap(({ id, ask_at: at }) => (at ? [{ id, at }] : [])),
  );
}

/**
 * Under which names and addresses strangers wrote to this class whose letters were let go; at most
 * `limit`, the latest first.
 */
export async function letGoFromOutside(
  tx: SchoolTx,
  classId: ClassId,
  limit: number,
): Promise<HeaderAddress[]> {
  const { rows } = await sql<{ name: string; address: string }>`
    select f.name, f.address
    from (
      select m.envelope -> 'from' -> 0 ->> 'name' as name,
        m.envelope -> 'from' -> 0 ->> 'address' as address, max(h.id) as last
      from hold h join message m on m.school_id = h.school_id and m.id = h.message_id
      where h.school_id = ${tx.school}
        and h.class_id = ${classId}
        and h.state = 'released'
        and m.sender_role = 'outside'
      group by 1, 2
    ) f
    order by f.last desc
    limit ${limit}
  `.execute(tx.kept);
  return rows;
}

/**
 * The waiting rows that are decided together with this one, itself among them: the same message,
 * waiting for the same word, or decided about by the same. Empty when it doesn't wait.
 */
export async function heldTogether(tx: SchoolTx, id: HoldId): Promise<HoldRow[]> {
  const { rows } = await sql<RawHold>`${together(tx, [id])} order by h.id`.execute(tx.kept);
  return rows.map(holdOf);
}

/**
 * The same of several, locked in their order until the transaction ends: two teachers decide one
 * after the other. Only those that are decided about as `decision` says, null: by nobody yet.
 */
export async function lockTogether(
  tx: SchoolTx,
  ids: readonly HoldId[],
  decision: string | null,
): Promise<HoldRow[]> {
  const { rows } = await sql<RawHold>`
    ${together(tx, ids)}
    and case
      when ${decision}::uuid is null then h.wish is null
      else h.wish is not null and h.decision = ${decision}::uuid
    end
    order by h.id
    for update of h
  `.execute(tx.kept);
  return [...new Map(rows.map((row) => [row.id, holdOf(row)])).values()];
}

function together(tx: SchoolTx, ids: readonly HoldId[]) {
  return sql`
    select h.*
    from hold one
      join hold h on h.school_id = one.school_id
      and h.message_id = one.message_id
      and h.class_id is not distinct from one.class_id
      and h.rule = one.rule
      and (h.rule <> 'on-the-road' or h.until = one.until)
      and h.decider is not distinct from one.decider
      and h.state = 'waiting'
      and h.wish is not distinct from one.wish
      and (one.wish is null or h.decision = one.decision)
      and (
        h.class_id is not null
        or h.until is not null
        or h.decider is not null
        or h.recipient_address_id = one.recipient_address_id
      )
    where one.school_id = ${tx.school}
      and one.id = any(${[...ids]}::bigint[])
      and one.state = 'waiting'
  `;
}

/** Whom a held message was written to, since when it waits for them, and for whose word. */
export interface WaitingNamed {
  readonly named: AddressId;
  readonly since: Date;
  /** The class whose people decide; null where the clock does, or the recipient themself. */
  readonly classId: ClassId | null;
  readonly asked: DeciderCircle;
  readonly until: Date | null;
  /** It waits for nobody: it is on the road. */
  readonly isOnRoad: boolean;
  readonly decider: Decider;
  /** The first of them. */
  readonly hold: HoldId;
}

export async function waitingNamed(tx: SchoolTx, message: MessageId): Promise<WaitingNamed[]> {
  const { rows } = await sql<WaitingNamed>`
    select named_address_id as named, min(created_at) as since, class_id as "classId",
      max(asked) as asked, max(until) as until, rule = 'on-the-road' as "isOnRoad", decider,
      min(id) as hold
    from hold
    where school_id = ${tx.school} and message_id = ${message} and state = 'waiting'
    group by named_address_id, class_id, rule = 'on-the-road', decider
    order by min(id)
  `.execute(tx.kept);
  return rows;
}

/** What came of a letter before it was in somebody's mailbox. */
interface PastHold {
  /** The adult of a class who has decided about it, and so has read it. */
  readonly decidedBy: AddressId | null;
  /** When it was brought, where it was on the road. */
  readonly brought: Date | null;
}

/** By whom of its classes' adults a message was read, and when it arrived. */
export async function pastHolds(tx: SchoolTx, message: MessageId): Promise<PastHold[]> {
  const { rows } = await sql<PastHold>`
    select distinct
      case when class_id is not null then decided_by end as "decidedBy",
      case when rule = 'on-the-road' and outcome = 'sent' then until end as brought
    from hold
    where school_id = ${tx.school}
      and message_id = ${message}
      and state in ('released', 'given-back')
      and (class_id is not null or rule = 'on-the-road')
  `.execute(tx.kept);
  return rows;
}

/** What still waits of a message, whatever it waits for; locked like those of one word. */
export async function lockWaiting(tx: SchoolTx, message: MessageId): Promise<HoldId[]> {
  const { rows } = await sql<{ id: HoldId }>`
    select id
    from hold
    where school_id = ${tx.school} and message_id = ${message} and state = 'waiting'
    order by id
    for update
  `.execute(tx.kept);
  return rows.map(({ id }) => id);
}

/** What its writer took back of a message waits again, for what it waited for. */
export async function waitAgain(tx: SchoolTx, message: MessageId, by: AddressId): Promise<void> {
  const rows = await ownKept(tx)
    .updateTable('hold', { message_id: message, state: 'withdrawn', decided_by: by })
    .set({ state: 'waiting', decided_by: null, decided_at: null, note: null })
    .returning(['id', 'until', 'ask_at'])
    .execute();
  await makeDueAgain(tx, rows);
}

/** What came of it for one recipient that a letter was let go. */
type HoldOutcome =
  | { readonly kind: 'sent' | 'left' }
  /** By which rule. */
  | { readonly kind: 'refused' | 'waits'; readonly rule: ReasonName };

interface HoldDecision {
  readonly state: 'released' | 'given-back' | 'withdrawn';
  readonly by: AddressId | null;
  readonly note: string | null;
  readonly outcome?: HoldOutcome;
}

/** Marks rows as decided, by whom (null: by the clock) and with what word. */
export async function decideHolds(
  tx: SchoolTx,
  ids: readonly HoldId[],
  decision: HoldDecision,
): Promise<void> {
  if (ids.length === 0) return;
  await ownKept(tx)
    .updateTable('hold', { id: anyOf(ids) })
    .set({
      state: decision.state,
      decided_by: decision.by,
      decided_at: sql<Date>`now()`,
      note: decision.note,
      wish: null,
      effect_at: null,
      ...outcomeColumns(decision.outcome),
    })
    .execute();
  await dropDueHolds(tx, ids);
}

function outcomeColumns(outcome: HoldOutcome | undefined) {
  if (outcome === undefined) return { outcome: null, outcome_rule: null };
  return { outcome: outcome.kind, outcome_rule: 'rule' in outcome ? outcome.rule : null };
}

/** Takes rows that wait no longer off the list of what is due. */
export async function dropDueHolds(tx: SchoolTx, ids: readonly HoldId[]): Promise<void> {
  await ownKept(tx)
    .deleteFrom('due', { row_id: anyOf(ids) })
    .where('kind', 'in', ['hold', 'moderation'])
    .execute();
}

/**
 * What is on the road from a school is asked about now: what still may arrive goes on to its hour,
 * what no longer may comes back. A row that the clock is seeing to at this moment is left to it.
 */
export async function askOfRoadNow(tx: SchoolTx, now: Date): Promise<void> {
  await sql`
    update due
    set at = ${now}
    where (kind, school_id, row_id) in (
      select d.kind, d.school_id, d.row_id
      from due d join hold h on h.school_id = d.school_id and h.id = d.row_id
      where d.kind = 'hold'
        and d.school_id = ${tx.school}
        and d.at > ${now}
        and h.rule = 'on-the-road'
      for update of d skip locked
    )
  `.execute(tx.kept);
}

interface WaitingOn extends Omit<NewHold, 'message' | 'named' | 'recipient'> {
  /** Where somebody let it go, and it waits all the same. */
  readonly outcome?: HoldOutcome;
}

/**
 * Lets a row wait on, for another reason than before, and perhaps for another class's teacher. What
 * somebody had decided about it was about the reason before.
 */
export async function holdOn(tx: SchoolTx, id: HoldId, next: WaitingOn): Promise<void> {
  await ownKept(tx)
    .updateTable('hold', { id })
    .set({
      class_id: next.classId,
      rule: next.rule,
      until: next.until,
      lifted: [...next.lifted],
      asked: next.asked,
      ask_at: next.askAt,
      decider: next.decider,
      site: next.site,
      decided_by: null,
      decided_at: null,
      note: null,
      wish: null,
      effect_at: null,
      ...outcomeColumns(next.outcome),
    })
    .execute();
  await dropDueHolds(tx, [id]);
  await makeDueAgain(tx, [{ id, until: next.until, ask_at: next.askAt }]);
}

export interface RawHold {
  id: HoldId;
  message_id: MessageId;
  class_id: ClassId | null;
  named_address_id: AddressId;
  recipient_address_id: AddressId;
  rule: RuleName;
  until: Date | null;
  lifted: string[];
  created_at: Date;
  asked: DeciderCircle;
  ask_at: Date | null;
  decider: Decider;
  site: string | null;
  decision: string | null;
  wish: 'release' | 'give-back' | null;
  effect_at: Date | null;
  decided_by: AddressId | null;
  note: string | null;
}

export function holdOf(row: RawHold): HoldRow {
  return {
    id: row.id,
    message: row.message_id,
    classId: row.class_id,
    named: row.named_address_id,
    recipient: row.recipient_address_id,
    rule: row.rule,
    until: row.until,
    lifted: row.lifted,
    createdAt: row.created_at,
    asked: row.asked,
    askAt: row.ask_at,
    decider: row.decider,
    site: row.site,
    wish: wishOf(row),
  };
}

function wishOf(row: RawHold): HoldWish | null {
  const { wish: kind, decision, decided_by: by, effect_at: effectAt, note } = row;
  if (kind === null || decision === null || by === null || effectAt === null) return null;
  return { kind, decision, by, effectAt, note: note ?? '' };
}
