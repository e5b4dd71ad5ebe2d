import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { Fault } from '../../core/fault.ts';

/** One flag of a subcommand, with what `--help` says of it in French and English. */
export interface Flag {
  readonly type: 'string' | 'boolean';
  /** What stands for the value in `--help`. */
  readonly value?: string;
  readonly says: string;
}

export type Flags = Readonly<Record<string, string | boolean | undefined>>;

/** Reads a subcommand's flags. Throws a `Fault` 'configuration' with a sentence for one that doesn't exist or lacks its value. */
export function readFlags(known: Readonly<Record<string, Flag>>, args: readonly string[]): Flags {
  const options: ParseArgsOptionsConfig = { help: { type: 'boolean', short: 'h' } };
  for (const [name, flag] of Object.entries(known)) options[name] = { type: flag.type };
  try {
    return parseArgs({ args: [...args], options, allowPositionals: false, strict: true }).values as Flags;
  } catch (cause) {
    const wrong = /'([^']*)'/.exec(cause instanceof Error ? cause.message : '')?.[1] ?? args.join(' ');
    throw new Fault('configuration', `« ${wrong} » n’est pas compris ici ; voyez --help. / “${wrong}” isn’t understood here; see --help.`, { transient: false, cause });
  }
}

/** A whole number of at least 1, or null where the flag isn't given. Throws a `Fault` 'configuration'. */
export function count(flags: Flags, name: string): number | null {
  const value = flags[name];
  if (value === undefined) return null;
  if (typeof value === 'string' && /^[1-9]\d{0,6}$/.test(value)) return Number(value);
  throw new Fault('configuration', `--${name} : un nombre entier est attendu (« ${String(value)} »). / a whole number is expected.`, { transient: false });
}
