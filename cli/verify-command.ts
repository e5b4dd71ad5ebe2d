import type { Config } from '../core/ground/config.ts';
import { openLog } from '../core/ground/log.ts';
import { bodyStoreOf } from '../core/store/bodies/body-store.ts';
import { brokenLinks } from '../core/store/chain.ts';
import { changedBytes } from '../core/store/changed-bytes.ts';
import { invariantFaults } from '../core/store/invariants.ts';
import { requireIsolation } from '../core/store/isolation.ts';
import { repairAll } from '../core/store/repairs.ts';
import { openStore, type Store } from '../core/store/store.ts';
import { openBodies } from '../core/town/bodies/bodies.ts';
import type { BodiesFound } from '../core/town/bodies/contract.ts';
import { keepHeads, lookAtChains } from '../core/town/journals/heads.ts';
import type { Flags } from './flags.ts';
import { onDatabase } from './services/live.ts';
import { BODIES_SAYS } from './texts/bodies.ts';
import { chainSentence, VERIFYING } from './texts/database.ts';

/**
 * `preau verify`: what must hold of all mail that is kept, looked at row by row, and of what the
 * journals say. Gives 0 where all is well, 1 where something is left wrong.
 */
export async function verifyCommand(
  config: Config,
  flags: Flags,
  signal: AbortSignal,
): Promise<number> {
  return onDatabase(
    config,
    { log: openLog({ level: 'warn' }), signal },
    async ({ databaseUrl }) => {
      if (databaseUrl === null) throw new Error('services without a database');
      const repaired = flags['repair'] === true ? await onStore(databaseUrl, repairAll) : 0;
      const { dataDir } = config;
      const look = await onStore(databaseUrl, (store) =>
        flags['note'] === true
          ? keepHeads(store, dataDir, new Date())
          : lookAtChains(store, dataDir),
      );
      const { nights, takenBack } = look;
      const bodies = await onStore(databaseUrl, (store) => lookAtBodies(store, config, signal));
      const faults = [
        ...(await onStore(databaseUrl, invariantFaults)),
        ...(flags['bytes'] === true ? await onStore(databaseUrl, changedBytes) : []),
        ...bodies.lost.map(BODIES_SAYS.lost),
        ...look.faults.map(chainSentence),
      ];
      if (flags['json'] === true)
        console.log(JSON.stringify({ faults, repaired, nights, takenBack }));
      else {
        console.log(VERIFYING.chains(nights));
        if (takenBack > 0) console.log(VERIFYING.takenBack(takenBack));
        say(faults, repaired);
      }
      return faults.length === 0 ? 0 : 1;
    },
  );
}

/** What lies elsewhere is there, and whole as far as its length tells. */
function lookAtBodies(store: Store, config: Config, signal: AbortSignal): Promise<BodiesFound> {
  const log = openLog({ level: 'warn' });
  const by = { store, log, clock: () => new Date(), random: Math.random };
  return openBodies({ ...by, bodyStore: bodyStoreOf(config) }).look(signal);
}

/**
 * What doesn't hold of all mail of a database and of its journals by themselves, a sentence each.
 * Throws a `Fault` where it doesn't keep schools apart.
 */
export function faultsOf(databaseUrl: string): Promise<readonly string[]> {
  return onStore(databaseUrl, async (store) => [
    ...(await invariantFaults(store)),
    ...(await brokenLinks(store)).map(chainSentence),
  ]);
}

/** Uses a store of a database that keeps schools apart. */
export async function onStore<T>(
  databaseUrl: string,
  use: (store: Store) => Promise<T>,
): Promise<T> {
  await requireIsolation(databaseUrl);
  const store = openStore(databaseUrl, { poolSize: 1, onError: () => {} });
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

function say(faults: readonly string[], repaired: number): void {
  for (const fault of faults) console.log(fault);
  if (repaired > 0) console.log(VERIFYING.repaired(repaired));
  console.log(faults.length === 0 ? VERIFYING.well : VERIFYING.faults(faults.length));
}
