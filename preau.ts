#!/usr/bin/env node
import { runCommand } from './cli/run-command.ts';
import { sentenceOf } from './cli/sentence.ts';
import { ENDS } from './cli/texts/command-line.ts';
import { Fault } from './core/ground/fault.ts';

/**
 * All of it must have ended by then, 10 s after the signal: what hasn't is left to the next start.
 */
const STOP_MS = 9_500;

async function main(args: readonly string[]): Promise<number> {
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
  const exit = await runCommand(args, process.env, enough.signal);
  if (broken.length > 0) throw broken[0];
  return exit;
}

try {
  process.exit(await main(process.argv.slice(2)));
} catch (error) {
  console.error(sentenceOf(error));
  process.exit(1);
}
