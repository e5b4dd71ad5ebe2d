import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type pg from 'pg';
import { z } from 'zod';
import { errorCode } from '../fault.ts';

/**
 * How long a database that went away over a COMMIT may take to come back and say what became of it,
 * and how often it is asked.
 */
const SETTLE_MS = 20_000;
const SETTLE_PAUSE_MS = 100;
/**
 * The number is beyond all that the database has given out: a crash took it back, and the
 * transaction with it.
 */
const INVALID_PARAMETER = '22023';

const PROOF = z.object({
  transaction: z.string(),
  school: z.int(),
  message: z.int(),
  sha256: z.string(),
});
/**
 * What tells a transaction again after its COMMIT was lost. Its number alone doesn't: what had not
 * reached the disk in a crash gives its number back, and its row's, for others to take. The hash of
 * the bytes, which hold an id of their own, is no one else's.
 */
export type Proof = z.infer<typeof PROOF>;

/**
 * For the RETURNING of whoever inserts a message: the connection keeps it until the transaction has
 * ended.
 */
export const proofColumn = () =>
  sql<unknown>`
    json_build_object('transaction', pg_current_xact_id()::text, 'school', school_id, 'message',
      id, 'sha256', encode(sha256, 'hex'))
  `.as('proof');

/** The proof in a row that was returned, or null. */
export function proofIn(row: unknown): Proof | null {
  if (typeof row !== 'object' || row === null || !('proof' in row)) return null;
  return PROOF.safeParse(row.proof).data ?? null;
}

/**
 * Whether a transaction is in the database, asked on another connection; null where the database
 * doesn't say in time.
 */
export async function becameOf(
  pool: pg.Pool,
  proof: Proof,
): Promise<'committed' | 'aborted' | null> {
  const deadline = performance.now() + SETTLE_MS;
  for (;;) {
    const said = await look(pool, proof).catch(() => null);
    if (said !== null || performance.now() > deadline) return said;
    await sleep(SETTLE_PAUSE_MS);
  }
}

async function look(pool: pg.Pool, proof: Proof): Promise<'committed' | 'aborted' | null> {
  const status = await pool
    .query<{ status: string | null }>('select pg_xact_status($1::xid8) as status', [
      proof.transaction,
    ])
    .then(
      ({ rows: [row] }) => row?.status ?? null,
      (error: unknown) => {
        if (errorCode(error) === INVALID_PARAMETER) return 'aborted';
        throw error;
      },
    );
  if (status === 'in progress' || status === null) return null;
  return status === 'committed' && (await isThere(pool, proof)) ? 'committed' : 'aborted';
}

async function isThere(pool: pg.Pool, { school, message, sha256 }: Proof): Promise<boolean> {
  const client = await pool.connect();
  try {
    await client.query('start transaction read only');
    await client.query("select set_config('preau.school', $1, true)", [String(school)]);
    const { rows } = await client.query(
      "select from message where school_id = $1 and id = $2 and sha256 = decode($3, 'hex')",
      [school, message, sha256],
    );
    await client.query('commit');
    client.release();
    return rows.length === 1;
  } catch (error) {
    client.release(true);
    throw error;
  }
}
