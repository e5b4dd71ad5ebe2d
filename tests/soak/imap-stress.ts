import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Characters of output that a failure shows. */
const MAX_TAIL = 20_000;

/**
 * Ten mail programs on one mailbox for so many seconds, each view held against the store
 * (imap-gateway/stress.test.ts). False where one differs.
 */
export async function imapStress(
  say: (line: string) => void,
  { seed, seconds }: { readonly seed: number; readonly seconds: number },
): Promise<boolean> {
  const env = { ...process.env, STRESS_SECONDS: String(seconds), STRESS_SEED: String(seed) };
  const child = spawn('vitest', ['run', '--project', 'real', 'imap-gateway/stress.test.ts'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env,
  });
  let output = '';
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-MAX_TAIL);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const [code] = (await once(child, 'close')) as [number | null];
  say(
    code === 0
      ? (/^stress: .*$/m.exec(output)?.[0] ?? 'stress: said nothing')
      : `stress: seed ${seed} failed\n${output}`,
  );
  return code === 0;
}
