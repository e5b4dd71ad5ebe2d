import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { loadSecret } from './secret.ts';

const folder = mkdtempSync(join(tmpdir(), 'preau-secret-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('is made once, for us alone, and is the same ever after', () => {
  const path = join(folder, 'data/secret.key');
  const first = loadSecret(path);
  expect(first.length).toBeGreaterThanOrEqual(32);
  expect(loadSecret(path)).toEqual(first);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

it('refuses one that is too short', () => {
  const path = join(folder, 'short');
  writeFileSync(path, 'abc');
  expect(() => loadSecret(path)).toThrow('PREAU_SECRET_FILE');
});
