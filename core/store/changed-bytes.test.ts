import { randomBytes, hash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestTown, type TestTown } from '../../tests/shared/town.ts';
import type { SchoolId } from '../ground/ids.ts';
import { PIECE_BYTES, piecesOf } from '../ground/pieces.ts';
import { keepBody } from './bodies/bodies.ts';
import { changedBytes } from './changed-bytes.ts';

let town: TestTown;
const bytes = randomBytes(2 * PIECE_BYTES + 7);
const sha256 = hash('sha256', bytes);

beforeAll(async () => {
  town = await openTestTown();
  await town.send('claire.lefevre', ['nadege.colas'], { via: 'web' });
  await town.store.write(1 as SchoolId, (tx) =>
    keepBody(tx, { sha256, pieces: piecesOf(bytes) }, town.clock.now),
  );
});
afterAll(() => town.close());

it('finds nothing changed in what came', async () => {
  expect(await changedBytes(town.store)).toEqual([]);
});

it('finds a letter and a file of which one bit is another', async () => {
  await town.admin.query(
    `update message set raw = set_bit(raw, 77, 1 - get_bit(raw, 77))
      where id = (select max(id) from message)`,
  );
  await town.admin.query(
    'update stored_body_piece set bytes = set_bit(bytes, 7, 1 - get_bit(bytes, 7)) where place = 1',
  );
  const found = await changedBytes(town.store);
  expect(found).toHaveLength(2);
  expect(found[0]).toMatch(/^school \d+: message \d+: its bytes are not those that came$/);
  expect(found[1]).toContain(`school 1: file ${sha256.slice(0, 12)}`);
  // Neither its length nor a count says so.
  expect(await town.faults()).toEqual([]);
});
