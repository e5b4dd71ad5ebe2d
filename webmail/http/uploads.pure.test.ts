import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { PIECE_BYTES } from '../../core/ground/pieces.ts';
import { BUSY, uploadFolder } from './uploads.ts';

const folder = mkdtempSync(join(tmpdir(), 'uploads-'));
afterAll(() => rmSync(folder, { recursive: true }));

const about = { name: 'a.txt', mediaType: 'text/plain', take: () => null };
async function* coming(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

it('gives a file piece by piece, as often as it is asked, and whole', async () => {
  const bytes = Buffer.alloc(2 * PIECE_BYTES + 7, 'Le chat dort. ');
  const kept = await uploadFolder(folder).keep(coming(bytes), about);
  if (kept === null || typeof kept === 'string') throw new Error('not kept');
  for (let time = 0; time < 2; time += 1) {
    const pieces: Buffer[] = [];
    for await (const piece of kept.pieces()) pieces.push(piece);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(PIECE_BYTES / 4);
    expect(Buffer.concat(pieces).equals(bytes)).toBe(true);
  }
  expect((await kept.read()).equals(bytes)).toBe(true);
  await kept.close();
});

it('keeps nothing on a disk without room, and says so; what else goes wrong is a fault', async () => {
  const failing = (code: string) =>
    uploadFolder(folder, async () => {
      const handle = await open('/dev/null', 'w');
      handle.write = () => Promise.reject(Object.assign(new Error(code), { code }));
      return handle;
    });
  const bytes = Buffer.alloc(200_000);
  expect(await failing('ENOSPC').keep(coming(bytes), about)).toBe(BUSY);
  await expect(failing('EIO').keep(coming(bytes), about)).rejects.toThrow('EIO');
});
