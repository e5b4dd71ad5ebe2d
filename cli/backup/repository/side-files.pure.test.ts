import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { BackupKey } from './key.ts';
import { openSideFiles } from './side-files.ts';

it('of a folder that hangs say so in time, hold nobody else, and go on once it answers', async () => {
  const root = mkdtempSync(join(tmpdir(), 'preau-hangs-'));
  mkdirSync(join(root, 'ledger'));
  // a pipe that nobody writes to gives no answer, as a disk that is gone
  const pipe = join(root, 'ledger', 'pipe');
  execFileSync('mkfifo', [pipe]);
  const { signal } = new AbortController();
  const files = openSideFiles(root, { key: 'key' as BackupKey, signal, patienceMs: 100 });
  await expect(files.read('ledger', 'pipe')).rejects.toThrow(`ne répond pas (${root})`);
  await expect(files.write('ledger', 'file', Buffer.from('x'))).rejects.toThrow('ne répond pas');
  writeFileSync(pipe, 'x');
  await files.write('ledger', 'file', Buffer.from('y'));
  expect(await files.names('ledger')).toEqual(['file', 'pipe']);
  expect(await files.read('ledger', 'file')).toEqual(Buffer.from('y'));
  expect(await files.names('nowhere')).toEqual([]);
});
