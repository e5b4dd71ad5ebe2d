import { Gauge } from 'prom-client';
import { DOORS } from '../../ground/doors.ts';
import { TOWN } from '../../ground/ids.ts';
import { recordOf } from '../../ground/keys.ts';
import type { Metrics } from '../../ground/metrics.ts';
import { DAY_MS } from '../../ground/spans.ts';
import { actsForTown } from '../../rules/viewer.ts';
import { allSchools } from '../../store/schools/roster.ts';
import type { Store } from '../../store/store.ts';
import { closedWays, countWaitingForWay } from '../../store/town/closed-ways.ts';
import { keepProof, lastProofs } from '../../store/town/isolation-proofs.ts';
import { schoolNames } from '../../store/town/school-names.ts';
import { summed, type Isolation, type IsolationProof, type IsolationWays } from './contract.ts';
import { askToOpen, settleWays } from './ways.ts';

const UNTRIED: IsolationProof['doors'] = recordOf(DOORS, () => ({ tries: 0, passes: 0, lacks: 0 }));

/** Nights that a page shows. */
const NIGHTS = 30;
/** How long a proof is kept, in days. */
const KEPT_DAYS = 400;
/** What an agent says who wants a way opened. */
const MAX_REASON = 500;

interface IsolationParts {
  readonly store: Store;
  readonly metrics: Metrics;
  readonly clock: () => Date;
}

/** What was proved, for agents; the last proof stands among the figures of this process. */
export function openIsolation({ store, metrics, clock }: IsolationParts): Isolation {
  showProof(metrics, store);
  return {
    nights: async (viewer) => (actsForTown(viewer) ? await readProofs(store, NIGHTS) : null),
    ways: async (viewer) => (actsForTown(viewer) ? await waysOf(store) : null),
    async askToOpen(viewer, { school, door, reason: typed }) {
      if (!actsForTown(viewer)) return null;
      const by = viewer.addressId;
      const reason = typed.trim().slice(0, MAX_REASON);
      if (reason === '') return 'no-reason';
      const wish = { school, door, by, reason, at: clock() };
      return (await store.town((tx) => askToOpen(tx, wish))) ? 'asked' : 'no-such-way';
    },
  };
}

async function waysOf(store: Store): Promise<IsolationWays> {
  const closed = await store.readTown(async (tx) => {
    const ways = [...(await closedWays(tx))];
    const schools = await schoolNames(tx);
    return ways.flatMap(([school, some]) =>
      some.map(({ door, closedAt, asked }) => ({
        ...{ school, door, closedAt: new Date(closedAt) },
        schoolName: school === TOWN ? null : (schools.get(school) ?? null),
        asked: asked && { at: new Date(asked.at), reason: asked.reason },
      })),
    );
  });
  if (closed.length === 0) return { closed, waiting: 0 };
  let waiting = 0;
  for (const school of [TOWN, ...(await store.readTown(allSchools))])
    waiting += await store.read(school, countWaitingForWay);
  return { closed, waiting };
}

/** The last proofs, so many, the newest first. */
export async function readProofs(store: Store, count: number): Promise<readonly IsolationProof[]> {
  const proofs = await store.readTown((tx) => lastProofs(tx, count));
  // One from before a door was known tried nothing there.
  return proofs.map((proof) => ({ ...proof, doors: { ...UNTRIED, ...proof.doors } }));
}

/**
 * Keeps how a proof ended, and closes the ways that it found open; one that found none opens those
 * that agents have asked for.
 */
export async function noteProof(store: Store, proof: IsolationProof): Promise<void> {
  const forget = new Date(proof.begunAt.getTime() - KEPT_DAYS * DAY_MS);
  await store.town(async (tx) => {
    await keepProof(tx, proof, forget);
    await settleWays(tx, proof);
  });
}

function showProof({ registry }: Metrics, store: Store): void {
  registry.registerMetric(
    new Gauge({
      name: 'preau_isolation_closed_ways',
      help: 'Ways to children that are closed, school by school.',
      registers: [],
      aggregator: 'first',
      async collect() {
        const closed = await store.readTown(closedWays).catch(() => null);
        this.set(closed === null ? Number.NaN : [...closed.values()].flat().length);
      },
    }),
  );
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
