import { Gauge } from 'prom-client';
import type { Metrics } from '../../ground/metrics.ts';
import { MINUTE_MS } from '../../ground/spans.ts';
import { lateSince } from '../../store/service-state.ts';
import type { Store } from '../../store/store.ts';
import { nightJobs } from '../../store/town/night-jobs.ts';
import type { WithHealth } from './contract.ts';

/** What was due so long ago is late, as the checks say. */
const LATE_MS = 5 * MINUTE_MS;

interface StandingParts extends WithHealth {
  readonly metrics: Metrics;
  readonly store: Store;
  readonly clock: () => Date;
}

/**
 * Shows among the figures of a process how the service stands: its parts, what is late, the work of
 * the night. Every process sees the same of it.
 */
export function showStanding({ metrics, store, clock, health }: StandingParts): void {
  const figure = (
    name: string,
    about: { readonly help: string; readonly labels: readonly string[] },
    set: (gauge: Gauge) => Promise<void>,
  ): void =>
    metrics.registry.registerMetric(
      new Gauge({
        name: `preau_${name}`,
        help: about.help,
        labelNames: about.labels,
        registers: [],
        aggregator: 'first',
        collect() {
          this.reset();
          // A database that is away is told by `preau_part_up`, which asks first.
          return set(this).catch(() => undefined);
        },
      }),
    );
  figure(
    'part_up',
    { help: 'Whether a part answers: 1, or 0.', labels: ['part'] },
    async (gauge) => {
      for (const [part, stands] of Object.entries(await health.check()))
        gauge.set({ part }, Number(stands === 'up'));
    },
  );
  figure(
    'late',
    { help: 'What was due five minutes ago and still is.', labels: ['where'] },
    async (gauge) => {
      const before = new Date(clock().getTime() - LATE_MS);
      const late = await store.readTown((tx) => lateSince(tx, before));
      for (const [where, count] of Object.entries(late)) gauge.set({ where }, count);
    },
  );
  const ofNights = (
    name: string,
    help: string,
    of: (row: { readonly doneAt: Date | null; readonly result: string | null }) => number,
  ): void =>
    figure(`night_job_${name}`, { help, labels: ['job'] }, async (gauge) => {
      for (const [job, row] of await store.readTown(nightJobs)) gauge.set({ job }, of(row));
    });
  ofNights(
    'done_timestamp_seconds',
    'When that work of the night began which was last done to its end.',
    ({ doneAt }) => (doneAt === null ? Number.NaN : doneAt.getTime() / 1_000),
  );
  ofNights('failed', 'Whether it failed when it last ended: 1, or 0.', ({ result }) =>
    Number(result === 'failed'),
  );
}
