import type { NightCounts, NightJob, NightJobName } from '../../ground/night-job.ts';
import type { Viewer } from '../../rules/viewer.ts';

/** How a piece of heavy work stands, for agents. */
export interface NightWork {
  readonly name: NightJobName;
  readonly begunAt: Date | null;
  /** Null while it runs, and before it ever did. */
  readonly endedAt: Date | null;
  /** Null while it runs, and before it ever did. */
  readonly result: 'done' | 'stopped' | 'failed' | null;
  /** When that began which was last done to its end. */
  readonly doneAt: Date | null;
  /** What it came to then, in numbers. */
  readonly counts: NightCounts;
  /** From when on it comes again; null: as soon as schools are closed. */
  readonly nextAt: Date | null;
  /** When schools are closed the next time; null: not within a fortnight. */
  readonly quietFrom: Date | null;
  /** Nobody has done it for so long that somebody should look. */
  readonly isLate: boolean;
}

/** The heavy work, done outside school hours, a piece at a time. */
export interface Nights {
  /** Does by itself what this process can do of it, and these besides, until it is closed. */
  keep(more?: readonly NightJob[]): { close(): Promise<void> };
  /**
   * All pieces that the town has, or will have by its settings, in their order; null: whoever asks
   * is no agent.
   */
  work(viewer: Pick<Viewer, 'role' | 'communes'>): Promise<readonly NightWork[] | null>;
}

/** What is asked of it: this record of core, or `Name` of it alone. */
export interface WithNights<Name extends keyof Nights = keyof Nights> {
  readonly nights: Pick<Nights, Name>;
}
