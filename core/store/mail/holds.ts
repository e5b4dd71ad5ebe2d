import { sql } from 'kysely';
import type { AddressId, ClassId, HoldId, MessageId } from '../../ids.ts';
import type { HeaderAddress } from '../../message/message.ts';
import type { SchoolTx } from '../store.ts';

export interface NewHold {
  readonly message: MessageId;
  readonly classId: ClassId | null;
  readonly named: AddressId;
  readonly recipient: AddressId;
  readonly rule: string;
  readonly until: Date | null;
  readonly lifted: readonly string[];
}

/** One held recipient of one message. */
export interface HoldRow extends NewHold {
  readonly id: HoldId;
  readonly createdAt: Date;
}

/** Writes held recipients; those that the clock lets go become due then. */
export async function insertHolds(tx: SchoolTx, holds: readonly NewHold[]): Promise<void> {
  if (holds.length === 0) return;
  const rows = await tx.db
    .insertInto('hold')
    .values(
      holds.map((hold) => ({
        school_id: tx.school,
        message_id: hold.message,
        class_id: hold.classId,
        named_address_id: hold.named,
        recipient_address_id: hold.recipient,
        rule: hold.rule,
        until: hold.until,
        lifted: [...hold.lifted],
      })),
    )
    .returning(['id', 'until'])
    .execute();
  await makeDue(
    tx,
    rows.flatMap(({ id, until }) => (until ? [{ id, until }] : [])),
  );
}

async function makeDue(tx: SchoolTx, rows: readonly { id: number; until: Date }[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.db
    .insertInto('due')
    .values(
      rows.map(({ id, until }) => ({
        kind: 'hold' as const,
        school_id: tx.school,
        row_id: id,
        at: until,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['kind', 'school_id', 'row_id'])
        .doUpdateSet((eb) => ({ at: eb.ref('excluded.at') })),
    )
    .execute();
}

/** Who decides: of which classes, and whose own word some mail waits for. */
interface Decider {
  readonly classes: readonly ClassId[];
  readonly recipient: AddressId;
}

/**
 * Waiting holds of these classes, and those that wait for this recipient's own word; oldest first.
 */
export async function waitingHolds(tx: SchoolTx, who: Decider, limit: number): Promise<HoldRow[]> {
  const rows = await waitingRows(tx, who, limit).selectAll().execute();
  return rows.map(holdOf);
}

/**
 * How many there are to decide among the first `limit` of the same rows: those of one message that
 * wait for the same word are decided together.
 */
export async function countWaiting(tx: SchoolTx, who: Decider, limit: number): Promise<number> {
  const { count } = await tx.db
    .selectFrom(
      waitingRows(tx, who, limit).select(['message_id', 'class_id', 'rule']).as('waiting'),
    )
    .select(sql<number>`count(distinct (message_id, class_id, rule))`.as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

function waitingRows(tx: SchoolTx, { classes, recipient }: Decider, limit: number) {
  return tx.db
    .selectFrom('hold')
    .where('school_id', '=', tx.school)
    .where('state', '=', 'waiting')
    .where((eb) =>
      eb.or([
        eb('class_id', '=', eb.fn.any(sql<ClassId[]>`${[...classes]}::bigint[]`)),
        eb.and([
          eb('class_id', 'is', null),
          eb('until', 'is', null),
          eb('recipient_address_id', '=', recipient),
        ]),
      ]),
    )
    .orderBy('id')
    .limit(limit);
}

/** What waits for the word of a class's teachers, by who wrote it; null for nobody of the town. */
export interface WaitingOfSender {
  readonly sender: AddressId | null;
  readonly letters: number;
  /** Since when the oldest of them waits. */
  readonly since: Date;
}

/** The letters that wait for this class's teachers, by who wrote them. */
export async function waitingBySender(
  tx: SchoolTx,
  classId: ClassId,
): Promise<readonly WaitingOfSender[]> {
  const { rows } = await sql<WaitingOfSender>`
    select m.sender_address_id::integer as sender, count(distinct m.id)::integer as letters,
      min(h.created_at) as since
    from hold h join message m on m.school_id = h.school_id and m.id = h.message_id
    where h.school_id = ${tx.school} and h.class_id = ${classId} and h.state = 'waiting'
    group by m.sender_address_id
  `.execute(tx.db);
  return rows;
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
  `.execute(tx.db);
  return rows;
}

/**
 * The waiting rows that are decided together with this one, itself among them: the same message,
 * waiting for the same word. Empty when it doesn't wait.
 */
export async function heldTogether(tx: SchoolTx, id: HoldId): Promise<HoldRow[]> {
  const { rows } = await sql<RawHold>`${together(tx, id)}`.execute(tx.db);
  return rows.map(holdOf);
}

/**
 * The same, locked in their order until the transaction ends: two teachers decide one after the
 * other.
 */
export async function lockTogether(tx: SchoolTx, id: HoldId): Promise<HoldRow[]> {
  const { rows } = await sql<RawHold>`${together(tx, id)} for update of h`.execute(tx.db);
  return rows.map(holdOf);
}

function together(tx: SchoolTx, id: HoldId) {
  return sql`
    select h.*
    from hold one
      join hold h on h.school_id = one.school_id
      and h.message_id = one.message_id
      and h.class_id is not distinct from one.class_id
      and h.rule = one.rule
      and h.state = 'waiting'
      and (
        h.class_id is not null
        or h.until is not null
        or h.recipient_address_id = one.recipient_address_id
      )
    where one.school_id = ${tx.school} and one.id = ${id} and one.state = 'waiting'
    order by h.id
  `;
}

/** Whom a held message was written to, and since when it waits for them. */
export interface WaitingNamed {
  readonly named: AddressId;
  readonly since: Date;
}

export async function waitingNamed(tx: SchoolTx, message: MessageId): Promise<WaitingNamed[]> {
  const { rows } = await sql<WaitingNamed>`
    select named_address_id as named, min(created_at) as since
    from hold
    where school_id = ${tx.school} and message_id = ${message} and state = 'waiting'
    group by named_address_id
    order by min(id)
  `.execute(tx.db);
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
  `.execute(tx.db);
  return rows.map(({ id }) => id);
}

/** What its writer took back of a message waits again, for what it waited for. */
export async function waitAgain(tx: SchoolTx, message: MessageId, by: AddressId): Promise<void> {
  const rows = await tx.db
    .updateTable('hold')
    .set({ state: 'waiting', decided_by: null, decided_at: null, note: null })
    .where('school_id', '=', tx.school)
    .where('message_id', '=', message)
    .where('state', '=', 'withdrawn')
    .where('decided_by', '=', by)
    .returning(['id', 'until'])
    .execute();
  await makeDue(
    tx,
    rows.flatMap(({ id, until }) => (until ? [{ id, until }] : [])),
  );
}

type RawHold = Parameters<typeof holdOf>[0];

/** Marks rows as decided, by whom (null: by the clock) and with what word. */
export async function decideHolds(
  tx: SchoolTx,
  ids: readonly HoldId[],
  decision: {
    readonly state: 'released' | 'given-back' | 'withdrawn';
    readonly by: AddressId | null;
    readonly note: string | null;
  },
): Promise<void> {
  if (ids.length === 0) return;
  await tx.db
    .updateTable('hold')
    .set({
      state: decision.state,
      decided_by: decision.by,
      decided_at: sql<Date>`now()`,
      note: decision.note,
    })
    .where('school_id', '=', tx.school)
    .where('id', 'in', [...ids])
    .execute();
  await tx.db
    .deleteFrom('due')
    .where('kind', '=', 'hold')
    .where('school_id', '=', tx.school)
    .where('row_id', 'in', [...ids])
    .execute();
}

/** Takes a row that waits no longer off the list of what is due. */
export async function dropDueHold(tx: SchoolTx, id: HoldId): Promise<void> {
  await tx.db
    .deleteFrom('due')
    .where('kind', '=', 'hold')
    .where('school_id', '=', tx.school)
    .where('row_id', '=', id)
    .execute();
}

/** Lets a row wait on, for another reason than before, and perhaps for another class's teacher. */
export async function holdOn(
  tx: SchoolTx,
  id: HoldId,
  next: Pick<NewHold, 'classId' | 'rule' | 'until' | 'lifted'>,
): Promise<void> {
  await tx.db
    .updateTable('hold')
    .set({ class_id: next.classId, rule: next.rule, until: next.until, lifted: [...next.lifted] })
    .where('school_id', '=', tx.school)
    .where('id', '=', id)
    .execute();
  await tx.db
    .deleteFrom('due')
    .where('kind', '=', 'hold')
    .where('school_id', '=', tx.school)
    .where('row_id', '=', id)
    .execute();
  if (next.until) await makeDue(tx, [{ id, until: next.until }]);
}

function holdOf(row: {
  id: HoldId;
  message_id: MessageId;
  class_id: ClassId | null;
  named_address_id: AddressId;
  recipient_address_id: AddressId;
  rule: string;
  until: Date | null;
  lifted: string[];
  created_at: Date;
}): HoldRow {
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
  };
}
