import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import type { Config } from '../../core/ground/config.ts';
import { asChild, run } from '../launcher/child.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** The last to have the processor (`setpriority(2)`). */
const LOWEST = '19';

/**
 * Has the sentences of the little ones' pages said that have no file yet (`preau voice`), by a
 * process apart that has what nobody else wants of the processor: a town's first morning begins
 * just then. Until it has a file, a sentence is said when a child asks for it. Gives what ends it.
 */
export function beginSpeech(
  { dataDir, voice }: Pick<Config, 'dataDir' | 'voice'>,
  log: Logger,
): () => Promise<void> {
  if (voice === null) return async () => {};
  const enough = new AbortController();
  const child = asChild(null, ROOT);
  const making = run('nice', ['-n', LOWEST, process.execPath, 'preau.ts', 'voice', '--json'], {
    ...child,
    env: { ...child.env, PREAU_DATA: dataDir, PREAU_VOICE: voice },
    signal: enough.signal,
  }).then(
    ({ code, output }) =>
      code === 0
        ? log.info('the sentences of the pages are spoken')
        : log.warn({ code, output }, 'the sentences were not all spoken'),
    (error: unknown) => {
      if (!enough.signal.aborted) log.warn({ err: error }, 'the sentences were not all spoken');
    },
  );
  return () => {
    enough.abort();
    return making;
  };
}
