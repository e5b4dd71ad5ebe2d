import { spawn } from 'node:child_process';
import { runOf, type Manner } from './voice-program.ts';
import { samplesOf } from './wave.ts';

/** Debian's nobody: where we are root, who reads strangers' words isn't. */
const NOBODY = { uid: 65_534, gid: 65_534 } as const;

/**
 * Has the voice say a text: a process of its own for each, which ends with it. The text goes in by
 * its standard input, since arguments are for all of a machine to see; what it complains of goes
 * nowhere. Null: it said nothing, took too long or too much.
 */
export function say(voice: string, text: string, manner: Manner): Promise<Int16Array | null> {
  const run = runOf(voice, manner);
  if (run === null) return Promise.resolve(null);
  return new Promise((resolve) => {
    const child = spawn(run.command, run.args, {
      cwd: '/',
      env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8' },
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: run.limits.ms,
      killSignal: 'SIGKILL',
      ...(process.getuid?.() === 0 ? NOBODY : {}),
    });
    const chunks: Buffer[] = [];
    let bytes = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > run.limits.speechBytes) child.kill('SIGKILL');
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

/** Without what espeak-ng would take for an order: control characters, phonemes in `[[ ]]`. */
function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ').replaceAll('[[', ' ');
}
