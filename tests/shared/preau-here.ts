import { format } from 'node:util';
import { vi } from 'vitest';
import { runCommand } from '../../cli/run-command.ts';
import { sentenceOf } from '../../cli/sentence.ts';
import { ANY_PORT, type Ended } from './front-door.ts';

/**
 * Runs `preau …` as the front door does, but within the test's own process, which has loaded all of
 * it: one of its own takes a second of the processor's time. For what a command says and how it
 * ends; signals, and what stays running, are the front door's.
 */
export async function preauHere(
  args: readonly string[],
  variables: Readonly<Record<string, string>>,
): Promise<Ended> {
  let output = '';
  const hear = (...said: readonly unknown[]): void => {
    output += `${format(...said)}\n`;
  };
  const spies = (['log', 'error'] as const).map((way) =>
    vi.spyOn(console, way).mockImplementation(hear),
  );
  try {
    const { signal } = new AbortController();
    const code = await runCommand(args, { ...ANY_PORT, ...variables }, signal);
    return { code, output };
  } catch (error) {
    hear(sentenceOf(error));
    return { code: 1, output };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
