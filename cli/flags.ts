import { parseArgs } from 'node:util';
import { Fault } from '../core/ground/fault.ts';
import { WRONG } from './texts/command-line.ts';

/** One flag of a subcommand, with what `--help` says of it in French and English. */
export interface Flag {
  readonly type: 'string' | 'boolean';
  /** What stands for the value in `--help`. */
  readonly value?: string;
  readonly says: string;
}

export type Flags = Readonly<Record<string, string | boolean | undefined>>;

/**
 * What a subcommand that works on a file or a folder was given: that path apart. Throws a `Fault`
 * 'configuration' where there isn't exactly one.
 */
export function readPathAndFlags(
  known: Readonly<Record<string, Flag>>,
  args: readonly string[],
): { readonly path: string; readonly flags: Flags } {
  const [first, ...rest] = args;
  const last = rest.at(-1);
  if (args.some((arg) => arg === '--help' || arg === '-h'))
    return { path: '', flags: readFlags(known, ['--help']) };
  if (first !== undefined && !first.startsWith('-'))
    return { path: first, flags: readFlags(known, rest) };
  // At the end it may as well be the value of the flag before: only after a flag without one it is
  // a path.
  const before = rest.at(-2) ?? first;
  const isPath =
    last !== undefined &&
    !last.startsWith('-') &&
    (before === undefined ||
      !before.startsWith('--') ||
      before.includes('=') ||
      known[before.slice(2)]?.type === 'boolean');
  if (isPath) return { path: last, flags: readFlags(known, args.slice(0, -1)) };
  throw new Fault('configuration', WRONG.noPath, { transient: false });
}

/**
 * Reads a subcommand's flags. Throws a `Fault` 'configuration' with a sentence for one that doesn't
 * exist or lacks its value.
 */
export function readFlags(known: Readonly<Record<string, Flag>>, args: readonly string[]): Flags {
  const options: Record<string, Pick<Flag, 'type'> & { readonly short?: string }> = {
    help: { type: 'boolean', short: 'h' },
  };
  for (const [name, flag] of Object.entries(known)) options[name] = { type: flag.type };
  try {
    return parseArgs({ args: [...args], options, allowPositionals: false, strict: true }).values;
  } catch (cause) {
    const wrong =
      /'([^']*?)(?: <value>)?'/.exec(cause instanceof Error ? cause.message : '')?.[1] ??
      args.join(' ');
    // it stands at the end, or before what looks like another flag
    const lacksValue = known[wrong.slice(2)]?.type === 'string';
    const sentence = lacksValue ? WRONG.noValue(wrong) : WRONG.noFlag(wrong);
    throw new Fault('configuration', sentence, { transient: false, cause });
  }
}

/**
 * A whole number of at least 1, or null where the flag isn't given. Throws a `Fault`
 * 'configuration'.
 */
export function count(flags: Flags, name: string): number | null {
  const value = flags[name];
  if (value === undefined) return null;
  if (typeof value === 'string' && /^[1-9]\d{0,6}$/.test(value)) return Number(value);
  throw new Fault('configuration', WRONG.noNumber(name, String(value)), { transient: false });
}
