import {
  AggregatorRegistry,
  Counter,
  Histogram,
  Registry,
  collectDefaultMetrics,
  type MetricObjectWithValues,
  type MetricValue,
} from 'prom-client';
import { openTally, type DayTally } from './tally.ts';

/** What one process counts of itself, as prom-client gives and takes it. */
export type MetricsOfOne = MetricObjectWithValues<MetricValue<string>>[];

type Step = 'accept' | 'scan' | 'decide' | 'store';

/**
 * Counts and latencies of what a message goes through. No label ever names a school or a person.
 */
export interface Metrics {
  /** Times one step, in seconds, by its outcome. */
  observe(step: Step, outcome: string, seconds: number): void;
  /** What the agents' charts are drawn from. */
  readonly tally: DayTally;
  /** Where a part of core registers counts of its own. */
  readonly registry: Registry;
  /** The text of /metrics (Prometheus exposition format). */
  text(): Promise<string>;
}

/**
 * From a quarter of a millisecond, a warm decision, to ten seconds, a scanner about to be given up.
 */
const BUCKETS_SECONDS = [
  0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10,
];

/** One of several processes: what is its own alone bears its number, counts are those of all. */
interface AmongOthers {
  readonly number: number;
  /** What each of them counts, itself too. */
  ofAll(): Promise<readonly MetricsOfOne[]>;
}

/**
 * Opens one core's own figures; two cores in one process (as in tests) don't share them. Among
 * other processes `text` tells of all of them.
 */
export function openMetrics(among: AmongOthers | null = null): Metrics {
  const registry = new Registry();
  for (const metric of ofProcess(among?.number ?? null)) registry.registerMetric(metric);
  const count = new Counter({
    name: 'preau_step_total',
    help: 'Steps ended, by outcome.',
    labelNames: ['step', 'outcome'] as const,
    registers: [registry],
  });
  const latency = new Histogram({
    name: 'preau_step_seconds',
    help: 'How long a step took.',
    labelNames: ['step'] as const,
    buckets: BUCKETS_SECONDS,
    registers: [registry],
  });
  // Looked up once each: to find a label's figure costs more than to add to it.
  const counts = new Map<string, Counter.Internal>();
  const latencies = new Map<Step, Histogram.Internal<'step'>>();
  return {
    registry,
    tally: openTally(),
    observe(step, outcome, seconds) {
      const name = `${step} ${outcome}`;
      const counting = counts.get(name) ?? count.labels(step, outcome);
      const timing = latencies.get(step) ?? latency.labels(step);
      counts.set(name, counting);
      latencies.set(step, timing);
      counting.inc();
      timing.observe(seconds);
    },
    text: async () =>
      among === null
        ? registry.metrics()
        : AggregatorRegistry.aggregate([...(await among.ofAll())]).metrics(),
  };
}

type OfProcess = Parameters<Registry['registerMetric']>[0];

const asNumber = new Map<number | null, readonly OfProcess[]>();

/**
 * What the process says of itself (its memory, how long its loop is held), whichever core asks. It
 * is watched once: each watch wakes the process a hundred times a second for as long as it lives.
 */
function ofProcess(number: number | null): readonly OfProcess[] {
  const known = asNumber.get(number);
  if (known !== undefined) return known;
  const register = new Registry();
  const labels = number === null ? {} : { labels: { process: String(number) } };
  collectDefaultMetrics({ register, prefix: 'preau_', ...labels });
  const metrics = register
    .getMetricsAsArray()
    .flatMap(({ name }) => register.getSingleMetric(name) ?? []);
  asNumber.set(number, metrics);
  return metrics;
}

/** What is counted: this record of core, or `Name` of it alone. */
export interface WithMetrics<Name extends keyof Metrics = keyof Metrics> {
  readonly metrics: Pick<Metrics, Name>;
}
