import { hash } from 'node:crypto';
import { sql } from 'kysely';
import { Fault } from '../../ground/fault.ts';
import type { MessageId, SchoolId } from '../../ground/ids.ts';
import { piecesOf } from '../../ground/pieces.ts';
import { ownKept } from '../own.ts';
import type { SchoolTx, Store, TownTx } from '../store.ts';
import { bytesInPieces, keepPieces } from './bodies.ts';
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

/** Which come next: so many after the last one, of those that came before a day. */
interface NextMovable<After> {
  readonly before: Date;
  readonly after: After;
  readonly limit: number;
}

/** Letters of a school whose bytes may be moved: large ones that came before `before`. */
export async function movableLetters(
  tx: SchoolTx,
  { before, after, limit }: NextMovable<number>,
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

/** What is moved: a letter, or a file by its hash. */
export type BodyOwner =
  | { readonly kind: 'letter'; readonly message: MessageId }
  | { readonly kind: 'file'; readonly sha256: string };

/** Large files of a school that nobody has brought since `before`, and whose bytes are here. */
export async function movableFiles(
  tx: SchoolTx,
  { before, after, limit }: NextMovable<string>,
): Promise<readonly string[]> {
  const { rows } = await sql<{ sha256: string }>`
    select b.sha256
    from stored_body b
    where b.school_id = ${tx.school}
      and b.sha256 > ${after}
      and b.size_bytes >= ${sql.lit(LEAST_BYTES)}
      and b.kept_at < ${before}
      and exists (
        select from stored_body_piece p
        where p.school_id = b.school_id and p.sha256 = b.sha256
      )
    order by b.sha256
    limit ${limit}
  `.execute(tx.db);
  return rows.map(({ sha256 }) => sha256);
}

/** A body that lies here, and what of it stays. */
interface BodyHere {
  readonly bytes: Buffer;
  readonly digest: string;
  readonly head: Buffer;
}

interface BodyMove {
  readonly school: SchoolId;
  readonly owner: BodyOwner;
  readonly now: Date;
}

/**
 * Moves a body: sealed, put, read back and compared, and then one commit. Where that is cut short
 * an object is left that `gone_body` names, and nothing else. How many bytes were moved; null: it
 * is gone, or doesn't lie still any more.
 */
export async function moveBody(
  store: Store,
  bodies: BodyStore,
  { school, owner, now }: BodyMove,
): Promise<number | null> {
  const here = await store.read(school, (tx) =>
    owner.kind === 'letter' ? letterHere(tx, owner.message) : fileHere(tx, owner.sha256),
  );
  if (here === null) return null;
  if (hash('sha256', here.bytes) !== here.digest)
    throw new Fault('row-missing', 'a body is not what came', { transient: false });
  const body = bodies.sealed(school, here.bytes, now);
  await store.write(school, (tx) => noteGone(tx, body.object, now));
  await bodies.put(body);
  const isMoved = await store.write(school, (tx) => settleMove(tx, { owner, here, body, now }));
  return isMoved ? here.bytes.length : null;
}

async function letterHere(tx: SchoolTx, message: MessageId): Promise<BodyHere | null> {
  const { rows } = await sql<{ bytes: Buffer; digest: string; headBytes: number }>`
    select raw as bytes, encode(sha256, 'hex') as digest,
      coalesce(header_bytes, (structure ->> 'bodyStart')::integer) as "headBytes"
    from message
    where school_id = ${tx.school} and id = ${message} and raw is not null
  `.execute(tx.db);
  const [row] = rows;
  if (row === undefined) return null;
  return { ...row, head: row.bytes.subarray(0, Math.min(row.headBytes, HEAD_BYTES)) };
}

async function fileHere(tx: SchoolTx, sha256: string): Promise<BodyHere | null> {
  const bytes = await bytesInPieces(tx, sha256);
  return bytes === null ? null : { bytes, digest: sha256, head: Buffer.alloc(0) };
}

interface MovedBody {
  readonly owner: BodyOwner;
  readonly here: BodyHere;
  readonly body: NewBody;
  readonly now: Date;
}

async function settleMove(tx: SchoolTx, moved: MovedBody): Promise<boolean> {
  const { owner, here, body, now } = moved;
  await holdPlaces(tx);
  if (!(await unnoteGone(tx, body.object))) return false;
  const isHere =
    owner.kind === 'letter' ? emptyLetter(owner.message, here) : emptyFile(owner.sha256);
  const { numAffectedRows = 0n } = await isHere(tx).execute(tx.db);
  if (numAffectedRows === 0n) {
    await noteGone(tx, body.object, now);
    return false;
  }
  const named = namedBy(owner);
  // A row of an earlier move, from another school, is none any more.
  await ownKept(tx).deleteFrom('away_body', named).execute();
  await ownKept(tx)
    .insertInto('away_body', {
      message_id: null,
      sha256: null,
      ...named,
      object: body.object,
      size_bytes: here.bytes.length,
      head: here.head,
      wrapped_key: body.wrappedKey,
      wrapped_by: body.wrappedBy,
      moved_at: now,
    })
    .execute();
  return true;
}

/**
 * Takes an object off the list that is named from now on; false where somebody has taken it
 * already, to delete it: then it is as if it had not been put.
 */
async function unnoteGone(tx: SchoolTx, object: string): Promise<boolean> {
  const { numDeletedRows } = await tx.kept
    .deleteFrom('gone_body')
    .where('object', '=', object)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

const namedBy = (owner: BodyOwner) =>
  owner.kind === 'letter' ? { message_id: owner.message } : { sha256: owner.sha256 };

const emptyLetter =
  (message: MessageId, { digest }: BodyHere) =>
  (tx: SchoolTx) =>
    sql`
    update message m
    set raw = null
    where m.school_id = ${tx.school}
      and m.id = ${message}
      and m.raw is not null
      and m.sha256 = decode(${digest}, 'hex')
      and ${LIES_STILL}
  `;

const emptyFile = (sha256: string) => (tx: SchoolTx) =>
  sql`
  delete from stored_body_piece
  where school_id = ${tx.school} and sha256 = ${sha256}
`;

/**
 * While an account moves to another school its bytes, or their places, are copied one table after
 * the other: nothing is moved or brought back in between.
 */
export async function holdPlaces(tx: SchoolTx, as: 'mover' | 'carrier' = 'mover'): Promise<void> {
  const lock = sql.raw(as === 'mover' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock');
  await sql`select ${lock}(hashtext('bodies'), ${tx.school}::integer)`.execute(tx.db);
}

/** A body that lies with the store. */
export interface AwayBody extends BodyPlace {
  readonly owner: BodyOwner;
}

/** Those of a school, from one object to the next. */
export async function bodiesAway(
  tx: SchoolTx,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<readonly AwayBody[]> {
  const rows = await ownKept(tx)
    .selectFrom('away_body')
    .select(['object', 'message_id', 'sha256', 'size_bytes', 'wrapped_key', 'wrapped_by'])
    .where('object', '>', after)
    .orderBy('object')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    object: row.object,
    owner:
      row.message_id === null
        ? { kind: 'file', sha256: row.sha256 ?? '' }
        : { kind: 'letter', message: row.message_id },
    sizeBytes: row.size_bytes,
    wrappedKey: row.wrapped_key,
    wrappedBy: row.wrapped_by,
  }));
}

/** Brings a body back into the database, where it is what came; false where it is there already. */
export async function bringBodyBack(
  { store, bodies }: { readonly store: Store; readonly bodies: BodyStore },
  school: SchoolId,
  away: AwayBody,
): Promise<boolean> {
  const { owner } = away;
  const [bytes = Buffer.alloc(0)] = await bodies.bring([{ place: away, span: wholeSpan(away) }]);
  return store.write(school, async (tx) => {
    await holdPlaces(tx);
    const isBack =
      owner.kind === 'letter'
        ? await fillLetter(tx, owner.message, bytes)
        : await fillFile(tx, owner.sha256, bytes);
    if (isBack) await ownKept(tx).deleteFrom('away_body', { object: away.object }).execute();
    return isBack;
  });
}

async function fillLetter(tx: SchoolTx, message: MessageId, raw: Buffer): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update message
    set raw = ${raw}
    where school_id = ${tx.school}
      and id = ${message}
      and raw is null
      and sha256 = ${hash('sha256', raw, 'buffer')}
  `.execute(tx.db);
  return numAffectedRows === 1n;
}

async function fillFile(tx: SchoolTx, sha256: string, bytes: Buffer): Promise<boolean> {
  if (hash('sha256', bytes) !== sha256) return false;
  await keepPieces(tx, sha256, piecesOf(bytes));
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
  const rows = await bodiesAway(tx, { after: '', limit: 1_000_000 });
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
