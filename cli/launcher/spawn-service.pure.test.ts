import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { asChild, end } from './child.ts';
import { GIVES_WAY, spawnService } from './spawn-service.ts';

const MODULE = fileURLToPath(new URL('spawn-service.ts', import.meta.url));
/** The kernel knows no more. */
const NICEST = 19;

it('a service has less priority than ours from its first instruction on, and what it starts too', async () => {
  const child = spawnService('/bin/sh', ['-c', 'nice; sh -c nice'], {
    ...asChild(null, '/'),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const expected = Math.min(getPriority() + GIVES_WAY, NICEST);
  expect(child.stdout && (await text(child.stdout))).toBe(`${expected}\n${expected}\n`);
});

it('it runs under its own id, and its session gives way where sessions are weighed', async () => {
  const child = spawnService('/bin/sleep', ['60'], { ...asChild(null, '/'), stdio: 'ignore' });
  const file = `/proc/${child.pid}/autogroup`;
  await expect
    .poll(() => readFileSync(`/proc/${child.pid}/cmdline`, 'utf8'))
    .toBe('/bin/sleep\x0060\0');
  if (existsSync(file))
    await expect.poll(() => readFileSync(file, 'utf8')).toMatch(` nice ${GIVES_WAY}\n`);
  await end(child, 'SIGTERM');
  expect(child.signalCode).toBe('SIGTERM');
});

it('it runs where we ourselves are as nice as can be', () => {
  const script = `
    const { spawnService } = await import(${JSON.stringify(MODULE)});
    spawnService('/bin/sh', ['-c', 'nice'], { stdio: ['ignore', 'inherit', 'inherit'] });
  `;
  const node = [process.execPath, '--input-type=module', '-e', script];
  const { stdout } = spawnSync('nice', ['-n', String(NICEST), ...node], { encoding: 'utf8' });
  expect(stdout).toBe(`${NICEST}\n`);
});

it('a program that isn’t there ends with the code of a shell', async () => {
  const child = spawnService('/no/such/program', [], { ...asChild(null, '/'), stdio: 'ignore' });
  expect(await once(child, 'exit')).toEqual([127, null]);
});
