import { Gauge } from 'prom-client';
import type { Config } from '../../../ground/config.ts';
import type { Metrics } from '../../../ground/metrics.ts';
import { fullAt } from './forecast.ts';
import { readRecord, type BackupRecord } from './record.ts';

const seconds = (at: Date | undefined | null): number | undefined =>
  at ? at.getTime() / 1_000 : undefined;
const isRight = (step: BackupRecord['tried'] | BackupRecord['verified']): number | undefined =>
  step ? Number(step.trouble === null) : undefined;

/** What is shown of the backups, moments in seconds since 1970; what isn't known is NaN. */
const FIGURES: readonly {
  readonly name: string;
  readonly help: string;
  readonly of: (record: BackupRecord) => number | undefined;
}[] = [
  {
    name: 'made_timestamp_seconds',
    help: 'When the last backup was made.',
    of: ({ made }) => seconds(made?.at),
  },
  {
    name: 'verified_timestamp_seconds',
    help: 'When every byte of the repository was last read.',
    of: ({ verified }) => seconds(verified?.at),
  },
  {
    name: 'verified_right',
    help: 'Whether it was right then: 1, or 0.',
    of: ({ verified }) => isRight(verified),
  },
  {
    name: 'verified_seconds',
    help: 'How long that took.',
    of: ({ verified }) => verified?.seconds,
  },
  {
    name: 'restored_timestamp_seconds',
    help: 'When the mail last came back whole, beside.',
    of: ({ restored }) => seconds(restored?.at),
  },
  {
    name: 'restored_right',
    help: 'Whether the last try brought it back: 1, or 0.',
    of: ({ tried }) => isRight(tried),
  },
  { name: 'restored_seconds', help: 'How long that took.', of: ({ tried }) => tried?.seconds },
  {
    name: 'oldest_timestamp_seconds',
    help: 'The oldest minute that one can come back to.',
    of: ({ reach }) => seconds(reach?.from),
  },
  {
    name: 'repository_bytes',
    help: 'How large the repository is.',
    of: ({ sizes }) => sizes.at(-1)?.bytes,
  },
  {
    name: 'repository_free_bytes',
    help: 'What was free beside it.',
    of: ({ sizes }) => sizes.at(-1)?.freeBytes,
  },
  {
    name: 'repository_full_timestamp_seconds',
    help: 'When its disk is full if it goes on filling.',
    of: ({ sizes }) => seconds(fullAt(sizes)),
  },
];

/** Shows what is known of the backups among the figures of a process, where there are any. */
export function showBackups({ registry }: Metrics, { backup, dataDir }: Config): void {
  if (backup === null) return;
  for (const { name, help, of } of FIGURES)
    registry.registerMetric(
      new Gauge({
        name: `preau_backup_${name}`,
        help,
        registers: [],
        aggregator: 'first', // every process reads the same record
        collect() {
          this.set(of(readRecord(dataDir)) ?? Number.NaN);
        },
      }),
    );
}
