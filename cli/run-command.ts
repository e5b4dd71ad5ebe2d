import { loadConfig } from '../core/ground/config.ts';
import { readFlags, readPathAndFlags } from './flags.ts';
import { asksForHelp, commandNamed, help, helpOf, wordsOf } from './help.ts';

/**
 * Does what `preau …` says, by these variables, until it is done or the signal ends it; the exit
 * code. What it throws is told by `sentenceOf`.
 */
export async function runCommand(
  args: readonly string[],
  variables: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<number> {
  const [name = 'help', ...rest] = wordsOf(args);
  if (asksForHelp(name)) {
    const [about = 'help'] = rest;
    return told(asksForHelp(about) ? help() : helpOf(about));
  }
  const command = commandNamed(name);
  const { path, flags } =
    command.path === null
      ? { path: '', flags: readFlags(command.flags, rest) }
      : readPathAndFlags(command.flags, rest);
  if (flags['help'] === true) return told(helpOf(name));
  return command.run({ config: loadConfig(variables), flags, signal, path });
}

function told(text: string): number {
  console.log(text);
  return 0;
}
