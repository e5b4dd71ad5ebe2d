import { DOORS } from '../core/ground/doors.ts';
import { Fault } from '../core/ground/fault.ts';
import { openLog } from '../core/ground/log.ts';
import { letProcessGiveWay } from '../core/ground/process-priority.ts';
import { openStore } from '../core/store/store.ts';
import { isProven, summed, type IsolationProof } from '../core/town/isolation/contract.ts';
import { noteProof } from '../core/town/isolation/isolation.ts';
import { proveIsolation } from '../core/town/isolation/prove.ts';
import type { CommandInput } from './command.ts';
import { useServices } from './services/live.ts';
import { PROVING_ISOLATION } from './texts/isolation.ts';

/** So many differences are named to a person. */
const MOST_SAID = 20;

/**
 * `preau prove-isolation`: whether the rules let through to children, and from them, exactly whom
 * the product's table allows. Gives 0 where they do, 1 where anything differs.
 */
export async function proveIsolationCommand({
  config,
  flags,
  signal,
}: CommandInput): Promise<number> {
  // Half a minute of one processor for 15,000 pupils: mail goes first.
  letProcessGiveWay();
  // Only the database is wanted: a scanner that is named isn't started.
  const services = await useServices(
    { ...config, clamd: config.clamd ?? 'unix:/dev/null' },
    { log: openLog({ level: 'warn' }), signal },
  );
  try {
    const { databaseUrl, databaseAdminUrl: adminUrl } = services.config;
    if (databaseUrl === null || adminUrl === null)
      throw new Fault('configuration', PROVING_ISOLATION.ownerMissing, { transient: false });
    const store = openStore(databaseUrl, { poolSize: 1, givesWay: true, onError: () => {} });
    try {
      const clock = () => new Date();
      const proof = await proveIsolation({ store, databaseUrl, adminUrl, clock });
      await noteProof(store, proof);
      if (flags['json'] === true) console.log(JSON.stringify(proof));
      else say(proof);
      return isProven(proof) ? 0 : 1;
    } finally {
      await store.close();
    }
  } finally {
    await services.stop();
  }
}

function say({ doors, differences, faults, pupils, seconds }: IsolationProof): void {
  for (const door of DOORS) {
    const { tries, passes, lacks } = doors[door];
    console.log(PROVING_ISOLATION.door({ door, tries, passes, lacks }));
  }
  for (const { door, from, to, kind } of differences.slice(0, MOST_SAID))
    console.log(PROVING_ISOLATION[kind](door, String(from), String(to)));
  if (differences.length > MOST_SAID)
    console.log(PROVING_ISOLATION.more(differences.length - MOST_SAID));
  for (const fault of faults) console.log(fault);
  const wrong = summed({ doors }, 'passes') + summed({ doors }, 'lacks') + faults.length;
  const tries = summed({ doors }, 'tries');
  console.log(
    wrong === 0 ? PROVING_ISOLATION.well(tries, pupils, seconds) : PROVING_ISOLATION.wrong(wrong),
  );
}
