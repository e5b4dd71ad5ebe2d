#!/usr/bin/env node
import { COMMANDS } from './cli/commands.ts';
import { readFlags, readPathAndFlags } from './cli/flags.ts';
import { help, wordsOf } from './cli/help.ts';
import { sentenceOf } from './cli/sentence.ts';
import { ENDS, WRONG } from './cli/texts/command-line.ts';
import { loadConfig } from './core/ground/config.ts';
import { Fault } from './core/ground/fault.ts';

/**
 * All of it must have ended by then, 10 s after the signal: what hasn't is left to the next start.
 */
const STOP_MS = 9_500;

async function main(args: readonly string[]): Promise<number> {
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
  const enough = new AbortController();
  const broken: unknown[] = [];
  const stop = () => {
    if (enough.signal.aborted) return; // npm and the terminal each send one
    setTimeout(() => process.exit(1), STOP_MS).unref();
    enough.abort(new Fault('configuration', ENDS.stopped, { transient: false }));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(event, (error) => {
      broken.push(error);
      stop();
    });
  process.stdout.on('error', () => {}); // whoever read us has gone; the mail goes on
  const config = loadConfig(process.env);
  const exit = await command.run({ config, flags, signal: enough.signal, path });
  if (broken.length > 0) throw broken[0];
  return exit;
}

function told(text: string): number {
  console.log(text);
  return 0;
}

try {
  process.exit(await main(process.argv.slice(2)));
} catch (error) {
  console.error(sentenceOf(error));
  process.exit(1);
}
