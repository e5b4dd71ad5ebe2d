import { sql } from 'kysely';
import type { AddressId, MessageId, SchoolId } from '../../ground/ids.ts';
import type { RuleName } from '../../rules/verdict.ts';
import { ownKept } from '../own.ts';
import type { SchoolTx } from '../store.ts';

/** What became of the held recipients of one message, in a word for its sender. */
interface HeldState {
  readonly state: 'waiting' | 'released' | 'given-back' | 'withdrawn';
  readonly rule: RuleName;
  readonly until: Date | null;
  readonly note: string | null;
}

/** The message as it lies in the school that holds it. */
export interface HeldThere {
  readonly school: SchoolId;
  readonly message: MessageId;
}

/**
 * The state of a message's holds in this school: given back beats waiting, that beats taken back,
 * that let go. Null where it has none.
 */
export async function heldStateOf(tx: SchoolTx, message: MessageId): Promise<HeldState | null> {
  const row = await ownKept(tx)
    .selectFrom('hold', { message_id: message })
    .select(['state', 'rule', 'until'])
    // What is decided and may still be taken back is nobody's to know.
    .select((eb) => eb.case().when('wish', 'is', null).then(eb.ref('note')).end().as('note'))
    .orderBy(sql`array_position(array['given-back', 'waiting', 'withdrawn', 'released'], state)`)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

/**
 * Notes in the sender's school that a message waits in another; `message` is the sender's own copy.
 */
export async function noteHeldElsewhere(
  tx: SchoolTx,
  there: HeldThere,
  { message, held }: { readonly message: MessageId; readonly held: HeldState },
): Promise<void> {
  await ownKept(tx)
    .insertInto('held_elsewhere', {
      at_school_id: there.school,
      at_message_id: there.message,
      message_id: message,
      ...held,
    })
    .onConflict((conflict) =>
      conflict.columns(['school_id', 'at_school_id', 'at_message_id']).doUpdateSet(held),
    )
    .execute();
}

/** Brings the note up to date; nothing where the sender has no copy. */
export async function updateHeldElsewhere(
  tx: SchoolTx,
  there: HeldThere,
  held: HeldState,
): Promise<void> {
  await ownKept(tx)
    .updateTable('held_elsewhere', { at_school_id: there.school, at_message_id: there.message })
    .set(held)
    .execute();
}

/** The sender's own copy of a message that is held in another school; null where they have none. */
export async function ownCopyOf(tx: SchoolTx, there: HeldThere): Promise<MessageId | null> {
  const row = await ownKept(tx)
    .selectFrom('held_elsewhere', { at_school_id: there.school, at_message_id: there.message })
    .select('message_id')
    .executeTakeFirst();
  return row?.message_id ?? null;
}

/** Where in other schools a letter still waits; `message` is its writer's own copy. */
export function waitsElsewhere(tx: SchoolTx, message: MessageId): Promise<HeldThere[]> {
  return elsewhereAs(tx, message, 'waiting');
}

/** Where in other schools its writer has taken it back. */
export function withdrawnElsewhere(tx: SchoolTx, message: MessageId): Promise<HeldThere[]> {
  return elsewhereAs(tx, message, 'withdrawn');
}

/** Where in other schools it was ever held, whatever came of it. */
export async function heldThere(tx: SchoolTx, message: MessageId): Promise<HeldThere[]> {
  const rows = await ownKept(tx)
    .selectFrom('held_elsewhere', { message_id: message })
    .select(['at_school_id as school', 'at_message_id as message'])
    .distinct()
    .execute();
  return rows;
}

async function elsewhereAs(
  tx: SchoolTx,
  message: MessageId,
  state: HeldState['state'],
): Promise<HeldThere[]> {
  const rows = await ownKept(tx)
    .selectFrom('held_elsewhere', { message_id: message, state })
    .select(['at_school_id', 'at_message_id'])
    .orderBy('at_school_id')
    .execute();
  return rows.map((row) => ({ school: row.at_school_id, message: row.at_message_id }));
}

/** A letter of somebody's that waits for a word, here or in another school. */
interface WaitingLetter {
  readonly message: MessageId;
  readonly subject: string;
}

/**
 * What somebody of this school wrote and what still waits, oldest first; whether or not a copy of
 * it lies in their Sent.
 */
export async function waitingOfWriter(
  tx: SchoolTx,
  writer: AddressId,
  limit: number,
): Promise<readonly WaitingLetter[]> {
  const { rows } = await sql<WaitingLetter>`
    select m.id as message, m.subject
    from message m
    where m.school_id = ${tx.school}
      and m.sender_address_id = ${writer}
      and m.id in (
        select message_id
        from hold
        where school_id = ${tx.school} and state = 'waiting'
        union all
        select message_id
        from held_elsewhere
        where school_id = ${tx.school} and state = 'waiting'
      )
    order by m.id
    limit ${limit}
  `.execute(tx.kept);
  return rows;
}
