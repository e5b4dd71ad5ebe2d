import { loadConfig } from '../core/ground/config.ts';
import { Fault } from '../core/ground/fault.ts';
import { COMMANDS } from './commands.ts';
import { readFlags, readPathAndFlags } from './flags.ts';
import { help, wordsOf } from './help.ts';
import { WRONG } from './texts/command-line.ts';

/**
 * Does what `preau …` says, by these variables, until it is done or the signal ends it; the exit
 * code. What it throws is told by `sentenceOf`.
 */
export async function runCommand(
  args: readonly string[],
  variables: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<number> {
  const [name, ...rest] = wordsOf(args);
  if (name === undefined || name === '--help' || name === '-h' || name === 'help')
    return told(help(rest[0]));
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined)
    throw new Fault('configuration', WRONG.noCommand(name), { transient: false });
  const { path, flags } =
    command.path === null
      ? { path: '', flags: readFlags(command.flags, rest) }
      : readPathAndFlags(command.flags, rest);
  if (flags['help'] === true) return told(help(name));
  return command.run({ config: loadConfig(variables), flags, signal, path });
}

function told(text: string): number {
  console.log(text);
  return 0;
}
