import type { Door } from '../../ground/doors.ts';
import { jsonOf } from '../../ground/json.ts';
import type { TownTx } from '../store.ts';
import type { DoorTally, IsolationDifference } from './contract.ts';

/** A proof as it is kept: one from before a door was known says nothing of it. */
interface KeptProof {
  readonly begunAt: Date;
  readonly seconds: number;
  readonly pupils: number;
  readonly doors: Partial<Readonly<Record<Door, DoorTally>>>;
  readonly differences: readonly IsolationDifference[];
  readonly faults: readonly string[];
}

/** Keeps a proof, and forgets those that began before `forget`. */
export async function keepProof(
  tx: TownTx,
  { begunAt, seconds, pupils, doors, differences, faults }: KeptProof,
  forget: Date,
): Promise<void> {
  await tx.db.deleteFrom('isolation_proof').where('begun_at', '<', forget).execute();
  await tx.db
    .insertInto('isolation_proof')
    .values({
      begun_at: begunAt,
      seconds,
      pupils,
      doors: jsonOf(doors),
      differences: jsonOf(differences),
      faults: [...faults],
    })
    .execute();
}

/** The last proofs, so many, the newest first. */
export async function lastProofs(tx: TownTx, count: number): Promise<readonly KeptProof[]> {
  const rows = await tx.db
    .selectFrom('isolation_proof')
    .select(['begun_at', 'seconds', 'pupils', 'doors', 'differences', 'faults'])
    .orderBy('begun_at', 'desc')
    .orderBy('id', 'desc')
    .limit(count)
    .execute();
  return rows.map(({ begun_at: begunAt, ...row }) => ({ ...row, begunAt }));
}
