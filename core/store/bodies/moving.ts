import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { Fault } from '../../ground/fault.ts';
import type { MessageId, SchoolId } from '../../ground/ids.ts';
import { ownKept } from '../own.ts';
import type { SchoolTx, Store, TownTx } from '../store.ts';
import { wholeSpan, type BodyStore, type NewBody } from './body-store.ts';
import type { BodyPlace } from './brought.ts';

/** Smaller ones stay: an object for each letter of a line would cost more than it frees. */
const LEAST_BYTES = 65_536;
/** Of a letter so much stands before its body at most; lists read no more of it. */
const HEAD_BYTES = 65_536;

/**
 * Message `m` lies still: it is no draft, nobody waits for a decision about it, and it is on its
 * way to nobody. What works with a letter meanwhile finds its bytes in the database.
 */
const LIES_STILL = sql`
  not exists (
    select from entry e
    where e.school_id = m.school_id and e.message_id = m.id and e.draft
  )
  and not exists (
    select from outbox o
    where o.school_id = m.school_id and o.message_id = m.id and o.finished_at is null
  )
  and not exists (
    select from hold h
    where h.school_id = m.school_id and h.message_id = m.id and h.state = 'waiting'
  )
  and not exists (
    select from held_elsewhere x
    where x.school_id = m.school_id and x.message_id = m.id and x.state = 'waiting'
  )
  and not exists (
    select from letter_copy c
    where c.school_id = m.school_id and c.message_id = m.id and c.left_at is null
  )
`;

/** Letters of a school whose bytes may be moved: large ones that came before `before`. */
export async function movableLetters(
  tx: SchoolTx,
  {
    before,
    after,
    limit,
  }: { readonly before: Date; readonly after: number; readonly limit: number },
): Promise<readonly MessageId[]> {
  const { rows } = await sql<{ id: MessageId }>`
    select m.id
    from message m
    where m.school_id = ${tx.school}
      and m.id > ${after}
      and m.raw is not null
      and m.size_bytes >= ${sql.lit(LEAST_BYTES)}
      and m.received_at < ${before}
      and ${LIES_STILL}
    order by m.id
    limit ${limit}
  `.execute(tx.db);
  return rows.map(({ id }) => id);
}

interface StoredLetter {
  readonly raw: Buffer;
  readonly sha256: Buffer;
  readonly headBytes: number;
}

/**
 * Moves the bytes of a letter: sealed, put, read back and compared, and then one commit. Where that
 * is cut short an object is left that `gone_body` names, and nothing else. How many bytes were
 * moved; null: the letter is gone, or doesn't lie still any more.
 */
export async function moveLetter(
  store: Store,
  bodies: BodyStore,
  {
    school,
    message,
    now,
  }: { readonly school: SchoolId; readonly message: MessageId; readonly now: Date },
): Promise<number | null> {
  const letter = await store.read(school, (tx) => letterHere(tx, message));
  if (letter === null) return null;
  const { raw } = letter;
  if (!createHash('sha256').update(raw).digest().equals(letter.sha256))
    throw new Fault('row-missing', `message ${message} is not what came`, { transient: false });
  const body = bodies.sealed(school, raw, now);
  await store.write(school, (tx) => noteGone(tx, body.object, now));
  await bodies.put(body);
  const isMoved = await store.write(school, (tx) => settleMove(tx, { message, letter, body, now }));
  return isMoved ? raw.length : null;
}

async function letterHere(tx: SchoolTx, message: MessageId): Promise<StoredLetter | null> {
  const { rows } = await sql<StoredLetter>`
    select raw, sha256, coalesce(header_bytes, (structure ->> 'bodyStart')::integer) as "headBytes"
    from message
    where school_id = ${tx.school} and id = ${message} and raw is not null
  `.execute(tx.db);
  return rows[0] ?? null;
}

async function settleMove(
  tx: SchoolTx,
  moved: {
    readonly message: MessageId;
    readonly letter: StoredLetter;
    readonly body: NewBody;
    readonly now: Date;
  },
): Promise<boolean> {
  const { message, letter, body, now } = moved;
  const { numAffectedRows } = await sql`
    update message m
    set raw = null
    where m.school_id = ${tx.school}
      and m.id = ${message}
      and m.raw is not null
      and m.sha256 = ${letter.sha256}
      and ${LIES_STILL}
  `.execute(tx.db);
  if (numAffectedRows !== 1n) return false;
  // A row of an earlier move, from another school, is none any more.
  await ownKept(tx).deleteFrom('away_body', { message_id: message }).execute();
  await ownKept(tx)
    .insertInto('away_body', {
      object: body.object,
      message_id: message,
      sha256: null,
      size_bytes: letter.raw.length,
      head: letter.raw.subarray(0, Math.min(letter.headBytes, HEAD_BYTES)),
      wrapped_key: body.wrappedKey,
      wrapped_by: body.wrappedBy,
      moved_at: now,
    })
    .execute();
  await tx.kept.deleteFrom('gone_body').where('object', '=', body.object).execute();
  return true;
}

/** A letter whose bytes lie with the store. */
export interface AwayLetter extends BodyPlace {
  readonly message: MessageId;
}

/** Letters of a school that lie elsewhere, from one object to the next. */
export async function lettersAway(
  tx: SchoolTx,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<readonly AwayLetter[]> {
  const rows = await ownKept(tx)
    .selectFrom('away_body')
    .select(['object', 'message_id', 'size_bytes', 'wrapped_key', 'wrapped_by'])
    .where('object', '>', after)
    .orderBy('object')
    .limit(limit)
    .execute();
  return rows.flatMap((row) =>
    row.message_id === null
      ? []
      : [
          {
            object: row.object,
            message: row.message_id,
            sizeBytes: row.size_bytes,
            wrappedKey: row.wrapped_key,
            wrappedBy: row.wrapped_by,
          },
        ],
  );
}

/** Brings a letter's bytes back into the database, where they are those that came. */
export async function bringLetterBack(
  store: Store,
  bodies: BodyStore,
  school: SchoolId,
  place: AwayLetter,
): Promise<boolean> {
  const [raw = Buffer.alloc(0)] = await bodies.bring([{ place, span: wholeSpan(place) }]);
  return store.write(school, (tx) => settleBack(tx, place, raw));
}

async function settleBack(tx: SchoolTx, place: AwayLetter, raw: Buffer): Promise<boolean> {
  // An account that moves to another school locks its mailboxes: it takes the bytes or their place.
  await sql`
    select
    from mailbox b
    where b.school_id = ${tx.school}
      and b.id in (
        select mailbox_id
        from entry
        where school_id = ${tx.school} and message_id = ${place.message}
      )
    order by b.id
    for share
  `.execute(tx.db);
  const { numAffectedRows } = await sql`
    update message
    set raw = ${raw}
    where school_id = ${tx.school}
      and id = ${place.message}
      and raw is null
      and sha256 = ${createHash('sha256').update(raw).digest()}
  `.execute(tx.db);
  if (numAffectedRows !== 1n) return false;
  await ownKept(tx).deleteFrom('away_body', { object: place.object }).execute();
  return true;
}

/** Notes that an object may have no use: it is looked at 45 days later. */
export async function noteGone(tx: SchoolTx | TownTx, object: string, now: Date): Promise<void> {
  await tx.kept
    .insertInto('gone_body')
    .values({ object, at: now })
    .onConflict((conflict) => conflict.column('object').doNothing())
    .execute();
}

/** Wraps the keys of a school's bodies by the newest; how many that were. */
export async function wrapAnew(tx: SchoolTx, bodies: BodyStore): Promise<number> {
  const rows = await lettersAway(tx, { after: '', limit: 1_000_000 });
  let changed = 0;
  for (const place of rows) {
    const anew = bodies.wrappedAnew(place);
    if (anew === null) continue;
    await ownKept(tx)
      .updateTable('away_body', { object: place.object })
      .set({ wrapped_key: anew.wrappedKey, wrapped_by: anew.wrappedBy })
      .execute();
    changed += 1;
  }
  return changed;
}
