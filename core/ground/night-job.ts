/**
 * Heavy work, each piece by its name, as agents see them in this order; whoever runs what, they
 * take turns (decision 91). What needs all of core is in `core/town/nights/work.ts`, what needs the
 * owner of the database in `cli/nights/nights.ts`.
 */
export const NIGHT_JOBS = [
  'backup',
  'backup-proof',
  'isolation-proof',
  'journals',
  'rescan',
  'sites',
  'erasures',
  'books',
  'tidying',
] as const;
export type NightJobName = (typeof NIGHT_JOBS)[number];

/** What a piece of work came to, in numbers: letters read, people erased. */
export type NightCounts = Readonly<Record<string, number>>;

/** A piece of heavy work as a value: what is known of it before it is begun. */
export interface NightJob {
  readonly name: NightJobName;
  readonly every: 'night' | 'week';
  /**
   * A town without it is in danger: it is done at once where it never was, and in any hour where
   * two nights were missed.
   */
  readonly isUrgent?: boolean;
  /**
   * When somebody last did it by hand, to its end; asked for when it is due, since that may take
   * long.
   */
  readonly lastByHand?: () => Promise<Date | null>;
  /** Does it. What it throws is logged, and it comes again in half an hour. */
  run(night: Night): Promise<NightCounts>;
}

/** What surrounds a piece of work while it runs. */
export interface Night {
  /** Aborted when a school opens or the service ends: what is left comes the next night. */
  readonly signal: AbortSignal;
  /** Where it was when it was last stopped; null: it begins. */
  readonly checkpoint: string | null;
  /** Writes down where it is: should it be stopped, it is taken up from here. */
  keep(checkpoint: string): Promise<void>;
  /**
   * To be called between two portions: waits as long as the last one took, so that it has half of
   * a disk at most. Throws once it is to stop.
   */
  breathe(): Promise<void>;
}
