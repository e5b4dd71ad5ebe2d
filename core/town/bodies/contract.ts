/** What came of moving bytes. */
export interface MovedBodies {
  readonly moved: number;
  readonly bytes: number;
  /** Those that the store didn't take, or gave back otherwise; they lie where they lay. */
  readonly failed: number;
}

/** How it stands with bytes that lie elsewhere. */
export interface BodiesState {
  readonly bodies: number;
  readonly bytes: number;
  /** Objects that nobody uses any more, until their day. */
  readonly gone: number;
  /** Whether the store answers. */
  readonly answers: boolean;
}

/** What a look at each of them finds. */
export interface BodiesFound {
  readonly bodies: number;
  /** Objects that rows name and the store lacks, or has at another length. */
  readonly lost: readonly string[];
  /** Objects that no row names, as after a restore: from now on they wait for their day. */
  readonly strays: number;
}

/** Large bodies with an S3-compatible store. */
export interface Bodies {
  /** Whether the settings name a store, and its keys are made. */
  readonly isOn: boolean;
  /** Moves what has lain here for an hour; ends early where the store takes nothing. */
  move(signal: AbortSignal): Promise<MovedBodies>;
  /** Brings all of it back into the database. */
  bringBack(signal: AbortSignal): Promise<MovedBodies>;
  /** Deletes what nobody has used for 45 days; how many objects that were. */
  tidy(signal: AbortSignal): Promise<number>;
  state(): Promise<BodiesState>;
  /** Compares what rows name with what the store has. */
  look(signal: AbortSignal): Promise<BodiesFound>;
  /** Wraps the key of each body by the newest of the keys; how many that were. */
  wrapAnew(): Promise<number>;
}

/** What is asked of it: this record of core, or `Name` of it alone. */
export interface WithBodies<Name extends keyof Bodies = keyof Bodies> {
  readonly bodies: Pick<Bodies, Name>;
}
