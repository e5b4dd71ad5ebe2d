import { z } from 'zod';
import { BACKUP_GONE_DAYS } from '../../ground/backup-days.ts';
import { aSchool } from '../../ground/id-shapes.ts';
import { readLedger, writeLedger } from '../../ground/ledger.ts';
import { DAY_MS } from '../../ground/spans.ts';
import {
  brokenLinks,
  chainHeads,
  eraseOldRows,
  missingHeads,
  type ChainFault,
  type ChainHead,
} from '../../store/chain.ts';
import { lastChains, noteChains } from '../../store/service-state.ts';
import type { Store } from '../../store/store.ts';
import { restorations } from '../../store/town/restorations.ts';

/** To where the chains had come in a night, and how many rows were wrong by then. */
interface Night {
  readonly at: Date;
  readonly heads: readonly ChainHead[];
  readonly faults: number;
}

const NIGHT = z.object({
  at: z.string().transform((at) => new Date(at)),
  faults: z.int().nonnegative(),
  heads: z.array(
    z
      .tuple([aSchool, z.int().positive(), z.hex()])
      .transform(([school, n, hash]) => ({ school, n, hash })),
  ),
});

/** What a look at the chains of a database found. */
interface ChainLook {
  readonly faults: readonly ChainFault[];
  /** Nights in the ledger whose heads were looked for. */
  readonly nights: number;
  /** Nights whose heads a restore took back: nobody can say any more what came before them. */
  readonly takenBack: number;
}

/**
 * Whether the journals are as they were written: each chain in itself, and against where the ledger
 * says that it had come, which stands outside the database. A head may be missing where a restore
 * brought back an earlier moment; everything from after that moment was taken with it.
 */
export async function lookAtChains(store: Store, dataDir: string): Promise<ChainLook> {
  const nights = await readNights(dataDir, new Date(0));
  const restored = await store.readTown(restorations);
  const wasTakenBack = ({ at }: Night) =>
    restored.some((one) => (one.dataUntil ?? oldestBackup(one.at)) < at && at <= one.at);
  const faults = [...(await brokenLinks(store))];
  const missing = new Set(
    await missingHeads(
      store,
      nights.flatMap(({ heads }) => heads),
    ),
  );
  let takenBack = 0;
  for (const night of nights) {
    const gone = night.heads.filter((head) => missing.has(head));
    if (gone.length > 0 && wasTakenBack(night)) takenBack += 1;
    else faults.push(...gone.map((head) => headGone(head, night.at)));
  }
  return { faults, nights: nights.length, takenBack };
}

/** Where nobody knows of when the backup was: none is older. */
const oldestBackup = (restoredAt: Date): Date =>
  new Date(restoredAt.getTime() - BACKUP_GONE_DAYS * DAY_MS);

const headGone = ({ school, n }: ChainHead, at: Date): ChainFault => ({
  school,
  n,
  at,
  why: 'head-gone',
  table: null,
  row: null,
});

/**
 * What is done of the journals each night: looks at the chains, erases what is older than it is
 * kept, writes into the ledger to where the chains have come, and tells the other machines.
 */
export async function keepHeads(store: Store, dataDir: string, now: Date): Promise<ChainLook> {
  const look = await lookAtChains(store, dataDir);
  await eraseOldRows(store);
  const heads = await chainHeads(store);
  writeLedger(dataDir, 'chain', {
    at: now.toISOString(),
    faults: look.faults.length,
    heads: heads.map(({ school, n, hash }) => [school, n, hash]),
  });
  await store.town((tx) => noteChains(tx, { at: now, faults: look.faults.length }));
  return look;
}

/** The last night of which the ledger knows since a moment. */
export async function lastNight(dataDir: string, since: Date): Promise<Night | null> {
  return (await readNights(dataDir, since)).at(-1) ?? null;
}

/**
 * The last night since a moment on any machine of the cell, of which the others tell through the
 * database. Nothing there takes back what the ledger of this machine found wrong.
 */
export async function lastOfCell(
  store: Store,
  dataDir: string,
  since: Date,
): Promise<Pick<Night, 'at' | 'faults'> | null> {
  const own = await lastNight(dataDir, since);
  const told = await store.readTown(lastChains);
  if (told === null || told.at < since || (own !== null && own.at >= told.at)) return own;
  return { at: told.at, faults: Math.max(told.faults, own?.faults ?? 0) };
}

/** The oldest first. */
async function readNights(dataDir: string, since: Date): Promise<Night[]> {
  const lines = await readLedger(dataDir, 'chain', since);
  return lines.flatMap((line) => NIGHT.safeParse(line).data ?? []);
}
