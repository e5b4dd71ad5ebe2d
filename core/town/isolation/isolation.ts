import { Gauge } from 'prom-client';
import type { Metrics } from '../../ground/metrics.ts';
import type { Store } from '../../store/store.ts';
import { keepProof, lastProofs } from '../../store/town/isolation-proofs.ts';
import { summed, type Isolation, type IsolationProof } from './contract.ts';

/** Nights that a page shows. */
const NIGHTS = 30;
/** How long a proof is kept, in days. */
const KEPT_DAYS = 400;
const DAY_MS = 86_400_000;

/** What was proved, for agents; the last proof stands among the figures of this process. */
export function openIsolation({
  store,
  metrics,
}: {
  readonly store: Store;
  readonly metrics: Metrics;
}): Isolation {
  showProof(metrics, store);
  return {
    nights: async ({ role }) => (role === 'agent' ? await readProofs(store, NIGHTS) : null),
  };
}

/** The last proofs, so many, the newest first. */
export async function readProofs(store: Store, count: number): Promise<readonly IsolationProof[]> {
  return (await store.readTown((tx) => lastProofs(tx, count))) as readonly IsolationProof[];
}

/** Keeps how a proof ended. */
export async function noteProof(store: Store, proof: IsolationProof): Promise<void> {
  const forget = new Date(proof.begunAt.getTime() - KEPT_DAYS * DAY_MS);
  await store.town((tx) => keepProof(tx, proof, forget));
}

function showProof({ registry }: Metrics, store: Store): void {
  const figure = (name: string, help: string, of: (proof: IsolationProof) => number): void =>
    registry.registerMetric(
      new Gauge({
        name: `preau_isolation_${name}`,
        help,
        registers: [],
        aggregator: 'first', // every process reads the same row
        async collect() {
          const [last] = await readProofs(store, 1).catch(() => []);
          this.set(last === undefined ? Number.NaN : of(last));
        },
      }),
    );
  figure('passes', 'Who reached a child in the last proof and may not.', (proof) =>
    summed(proof, 'passes'),
  );
  figure('lacks', 'Who did not reach a child in the last proof and may.', (proof) =>
    summed(proof, 'lacks'),
  );
  figure('proved_timestamp_seconds', 'When the last proof began.', ({ begunAt }) =>
    Math.round(begunAt.getTime() / 1_000),
  );
}
