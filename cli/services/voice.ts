import type { Logger } from 'pino';
import type { Config } from '../../core/ground/config.ts';
import { aptInstall, findProgram, mayInstall } from '../launcher/programs.ts';
import { TEXTS } from '../texts/launcher.ts';

const PROGRAM = 'espeak-ng';
/** Mail doesn't wait for a voice longer than this. */
const INSTALL_MS = 60_000;

/** Where espeak-ng is on this machine; null: nowhere. */
export const voiceHere = ({ voice }: Pick<Config, 'voice'>): string | null =>
  voice ?? findProgram(PROGRAM);

/**
 * The program that reads aloud: as it is set, found on the PATH, or installed by apt where we are
 * root on Debian. Without one everything else works, and `doctor` says what to install.
 */
export async function findVoice(
  config: Config,
  { log, signal }: { readonly log: Logger; readonly signal: AbortSignal },
): Promise<string | null> {
  const found = voiceHere(config);
  if (found !== null) return found;
  if (mayInstall()) {
    log.info('installing espeak-ng by apt-get, once');
    const enough = AbortSignal.any([signal, AbortSignal.timeout(INSTALL_MS)]);
    await aptInstall([PROGRAM], enough).catch((error: unknown) =>
      log.warn({ err: error }, 'espeak-ng was not installed'),
    );
    signal.throwIfAborted();
  }
  const installed = findProgram(PROGRAM);
  if (installed === null) log.warn(TEXTS.noVoice);
  return installed;
}
