/**
 * `rfc.md` says what is done and where: every place must be there. What IMAP announces is held to
 * it in imap-gateway.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

it('names no file that isn’t there', () => {
  const missing: string[] = [];
  let folder = '';
  for (const line of readFileSync(join(ROOT, 'core/decisions/rfc.md'), 'utf8').split('\n')) {
    if (line.startsWith('## ')) folder = line === '## IMAP' ? 'imap-gateway' : '';
    if (!line.startsWith('|')) continue;
    for (const [, path = ''] of line.matchAll(/`([a-z-]+(?:\/[a-z-]*)*(?:\/|\.ts))`/g))
      if (![join(ROOT, folder, path), join(ROOT, path)].some(existsSync)) missing.push(path);
  }
  expect(missing).toEqual([]);
});

it('says of every row whether it is done', () => {
  const rows = readFileSync(join(ROOT, 'core/decisions/rfc.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| what'));
  expect(rows.filter((row) => !/ \| (done|partial|no) \| /.test(row))).toEqual([]);
  expect(rows.length).toBeGreaterThan(60);
});
