import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { Language } from '../../ground/ids.ts';
import { COMMAND, ESPEAK, type ProgramLimits } from './limits.ts';

/** Words a minute: slowly, as one speaks to a small child. */
export const PACE = '135';
/** Hundredths of a second between two words, where they are to be told apart. */
const APART = '20';
/** Limits what a program may take (util-linux). */
const PRLIMIT = '/usr/bin/prlimit';
/** Gives a program a network of its own, with nobody in it, and ends what it began (util-linux). */
const UNSHARE = '/usr/bin/unshare';
const ALONE = ['--user', '--net', '--pid', '--fork', '--kill-child', '--'];

/** How a text is said. */
export interface Manner {
  readonly language: Language;
  /** With a pause after each word. */
  readonly apart: boolean;
}

/** What is run to say a text that comes by its standard input. */
interface VoiceRun {
  readonly command: string;
  readonly args: readonly string[];
  readonly limits: ProgramLimits;
}

/**
 * `PREAU_VOICE` names espeak-ng by its path, or a command: a program and its arguments, each
 * between spaces, `{language}` standing for `fr` or `en`. There is no shell, so nothing else in it
 * means anything.
 */
export const isEspeak = (voice: string): boolean => /^espeak(?:-ng)?$/.test(basename(voice));

/** Null where a command can't be kept from the network. */
export function runOf(voice: string, { language, apart }: Manner): VoiceRun | null {
  if (isEspeak(voice)) {
    const args = ['-v', language, '-s', PACE, '-b', '1', '-D', '--stdin', '--stdout'];
    return limited([voice, ...args, ...(apart ? ['-g', APART] : [])], ESPEAK);
  }
  if (!existsSync(UNSHARE)) return null;
  const words = voice.split(' ').map((word) => word.replaceAll('{language}', language));
  return limited([UNSHARE, ...ALONE, ...words], COMMAND);
}

function limited([command = '', ...args]: readonly string[], limits: ProgramLimits): VoiceRun {
  if (!existsSync(PRLIMIT)) return { command, args, limits };
  const seconds = Math.ceil(limits.ms / 1_000);
  const bounds = [`--as=${limits.memoryBytes}`, `--cpu=${seconds}`, '--core=0'];
  return { command: PRLIMIT, args: [...bounds, command, ...args], limits };
}
