import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type pg from 'pg';
import { z } from 'zod';
import { errorCode } from '../ground/fault.ts';

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
export type CommitProof = z.infer<typeof PROOF>;

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
export function proofIn(row: unknown): CommitProof | null {
  if (typeof row !== 'object' || row === null || !('proof' in row)) return null;
  return PROOF.safeParse(row.proof).data ?? null;
}

/**
 * What PostgreSQL warns of where its wait for the standby is ended (by pg_cancel_backend, or as the
 * server stops): the commit that answers all the same is on this server alone, and a failover takes
 * it back. Known by the function that says it, since its words are in the server's language.
 */
export const isWaitEnded = ({ routine }: { readonly routine?: string | undefined }): boolean =>
  routine === 'SyncRepWaitForLSN';

/**
 * Whether a transaction is in the database, and on its standby where commits wait for one, asked on
 * another connection; null where the database doesn't say within `settleMs`.
 */
export async function becameOf(
  pool: pg.Pool,
  proof: CommitProof,
  settleMs = SETTLE_MS,
): Promise<'committed' | 'aborted' | null> {
  const deadline = performance.now() + settleMs;
  for (;;) {
    const said = await look(pool, proof, deadline).catch(() => null);
    if (said !== null || performance.now() > deadline) return said;
    await sleep(SETTLE_PAUSE_MS);
  }
}

async function look(
  pool: pg.Pool,
  proof: CommitProof,
  deadline: number,
): Promise<'committed' | 'aborted' | null> {
  const client = await pool.connect();
  const asking = ask(client, proof);
  asking.catch(() => undefined); // once it is too late nobody hears it
  const known = new AbortController();
  const { signal } = known;
  const late = sleep(Math.max(0, deadline - performance.now()), null, { signal });
  try {
    const said = await Promise.race([asking, late]);
    // A wait for a standby that is away has no end but that of the line; a transaction that is
    // left open ends with it, too.
    client.release(said !== 'committed');
    return said;
  } catch (error) {
    client.release(true);
    if (errorCode(error) === INVALID_PARAMETER) return 'aborted';
    throw error;
  } finally {
    late.catch(() => undefined);
    known.abort();
  }
}

/**
 * All of it in one transaction, and so on one server: between two, another may have taken over. Its
 * own commit waits for the standby, and behind it for all that was committed before; asking for a
 * number (`pg_current_xact_id`) wouldn't, since it writes nothing.
 */
async function ask(
  client: pg.PoolClient,
  proof: CommitProof,
): Promise<'committed' | 'aborted' | null> {
  let isEnded = false;
  const hear = (notice: { readonly routine?: string | undefined }): void => {
    isEnded ||= isWaitEnded(notice);
  };
  client.on('notice', hear);
  try {
    await client.query('start transaction read write');
    const { rows } = await client.query<{ status: string | null }>(
      'select pg_xact_status($1::xid8) as status',
      [proof.transaction],
    );
    const status = rows[0]?.status ?? null;
    if (status === null || status === 'in progress') return null;
    if (status !== 'committed' || !(await isThere(client, proof))) return 'aborted';
    await client.query("select pg_logical_emit_message(true, 'preau', '')");
    await client.query('commit');
    return isEnded ? null : 'committed';
  } finally {
    client.off('notice', hear);
  }
}

async function isThere(
  client: pg.PoolClient,
  { school, message, sha256 }: CommitProof,
): Promise<boolean> {
  await client.query("select set_config('preau.school', $1, true)", [String(school)]);
  const { rows } = await client.query(
    "select from message where school_id = $1 and id = $2 and sha256 = decode($3, 'hex')",
    [school, message, sha256],
  );
  return rows.length === 1;
}
