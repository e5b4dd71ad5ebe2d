import type { Config } from '../core/ground/config.ts';
import type { Flag, Flags } from './flags.ts';

/** One subcommand, with what `--help` says of it in French and English. */
export interface CliCommand {
  readonly says: string;
  readonly flags: Readonly<Record<string, Flag>>;
  /** What stands before the flags; null: nothing. */
  readonly path: string | null;
  /** Said under the flags. */
  readonly more: string;
  /** Gives the exit code. */
  run(given: CommandInput): Promise<number>;
}

export interface CommandInput {
  readonly config: Config;
  readonly flags: Flags;
  /** Aborted when the person has had enough. */
  readonly signal: AbortSignal;
  /** Empty for a command that takes none. */
  readonly path: string;
}

/** Says how it went: a sentence to a person, a JSON line to a script. */
export function say(
  flags: Flags,
  facts: Readonly<Record<string, unknown>>,
  sentence: string,
): void {
  console.log(flags['json'] === true ? JSON.stringify(facts) : sentence);
}
