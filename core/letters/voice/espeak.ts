import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Language } from '../../ground/ids.ts';
import { PROGRAM_BYTES, PROGRAM_SECONDS, SPEAK_MS, SPEECH_BYTES } from './limits.ts';
import { samplesOf } from './wave.ts';

/** Words a minute: slowly, as one speaks to a small child. */
export const PACE = '135';
/** Hundredths of a second between two words, where they are to be told apart. */
const APART = '20';
/** Limits what a program may take (util-linux). */
const PRLIMIT = '/usr/bin/prlimit';
/** Debian's nobody: where we are root, who reads strangers' words isn't. */
const NOBODY = { uid: 65_534, gid: 65_534 } as const;

/** How a text is said. */
interface Manner {
  readonly language: Language;
  /** With a pause after each word. */
  readonly apart: boolean;
}

/**
 * Has espeak-ng say a text: a process of its own for each, which ends with it. The text goes in by
 * its standard input, since arguments are for all of a machine to see. Null: it said nothing, took
 * too long or too much.
 */
export function say(program: string, text: string, manner: Manner): Promise<Int16Array | null> {
  const { command, args } = limited(program, manner);
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: '/',
      env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8' },
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: SPEAK_MS,
      killSignal: 'SIGKILL',
      ...(process.getuid?.() === 0 ? NOBODY : {}),
    });
    const chunks: Buffer[] = [];
    let bytes = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > SPEECH_BYTES) child.kill('SIGKILL');
      else chunks.push(chunk);
    });
    child.stdin.on('error', () => {});
    child.on('error', () => resolve(null));
    child.on('close', (code) =>
      resolve(code === 0 && bytes > 0 ? samplesOf(Buffer.concat(chunks)) : null),
    );
    child.stdin.end(plain(text));
  });
}

function limited(program: string, { language, apart }: Manner) {
  const args = ['-v', language, '-s', PACE, '-b', '1', '-D', '--stdin', '--stdout'];
  if (apart) args.push('-g', APART);
  if (!existsSync(PRLIMIT)) return { command: program, args };
  const limits = [`--as=${PROGRAM_BYTES}`, `--cpu=${PROGRAM_SECONDS}`, '--core=0'];
  return { command: PRLIMIT, args: [...limits, program, ...args] };
}

/** Without what espeak-ng would take for an order: control characters, phonemes in `[[ ]]`. */
function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ').replaceAll('[[', ' ');
}
