import type { Logger } from 'pino';
import type { Config } from '../../ground/config.ts';
import { VERSION } from '../../ground/version.ts';
import { beatOnMachine } from '../../store/service-state.ts';
import type { Store } from '../../store/store.ts';
import type { WithMachines } from './contract.ts';

/** How often a machine of a cell writes down that it serves. */
const BEAT_MS = 15_000;

interface MachineParts {
  readonly config: Pick<Config, 'machine'>;
  readonly store: Pick<Store, 'town'>;
  readonly clock: () => Date;
  readonly log: Logger;
}

/** Opens what tells the others of this machine. */
export function openMachines({
  config: { machine },
  store,
  clock,
  log,
}: MachineParts): WithMachines['machines'] {
  return {
    keep(roles) {
      if (machine === null) return { close: async () => {} };
      const beat = (): Promise<void> =>
        store
          .town((tx) => beatOnMachine(tx, roles, { machine, at: clock(), version: VERSION }))
          .catch((error: unknown) =>
            log.warn({ err: error }, 'the machine’s sign of life was not kept'),
          );
      let beating = beat();
      const timer = setInterval(() => {
        beating = beating.then(beat);
      }, BEAT_MS).unref();
      return {
        async close() {
          clearInterval(timer);
          await beating;
        },
      };
    },
  };
}
