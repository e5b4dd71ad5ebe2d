/** Of a large letter there is one copy in memory: as it came, with the header that it gets. */
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openTestTown, rawLetter, type TestTown } from '../../../tests/shared/town.ts';

const LARGE = 2 ** 20;
const PIECE_BYTES = 65_536;
let town: TestTown;
beforeAll(async () => {
  town = await openTestTown();
});
afterAll(() => town.close());

/** Bytes of large buffers that are made while something runs, be it by joining others. */
async function largeBytesOf(run: () => Promise<unknown>): Promise<number> {
  const { allocUnsafe, allocUnsafeSlow, alloc, concat, from } = Buffer;
  let bytes = 0;
  const counted = <B extends Buffer>(made: B): B => {
    if (made.length >= LARGE) bytes += made.length;
    return made;
  };
  Object.assign(Buffer, {
    allocUnsafe: (size: number) => counted(allocUnsafe(size)),
    allocUnsafeSlow: (size: number) => counted(allocUnsafeSlow(size)),
    alloc: (...given: Parameters<typeof alloc>) => counted(alloc(...given)),
    concat: (...given: Parameters<typeof concat>) => counted(concat(...given)),
    from: (...given: Parameters<typeof from>) => {
      const isShared = given[0] instanceof ArrayBuffer || given[0] instanceof SharedArrayBuffer;
      return isShared ? from(...given) : counted(from(...given));
    },
  });
  try {
    await run();
  } finally {
    Object.assign(Buffer, { allocUnsafe, allocUnsafeSlow, alloc, concat, from });
  }
  return bytes;
}

type Way =
  | { readonly via: 'submission'; readonly from: string }
  | { readonly via: 'mx'; readonly from: null };
const TITLE = '2 MB by $via are read, scanned, hashed and stored without a second copy';
it.each<Way>([{ via: 'submission', from: 'claire.lefevre' }])(TITLE, isCopiedOnce);
it.each<Way>([{ via: 'mx', from: null }])(TITLE, SOAKED, isCopiedOnce);

async function isCopiedOnce(given: Way): Promise<void> {
  const to = town.address('karim.haddad');
  const viewer = given.from === null ? null : await town.viewer(given.from);
  const text = `${'x'.repeat(70)}\r\n`.repeat(30_000);
  const raw = rawLetter(viewer?.address ?? 'a@dehors.example', [to], { text });
  const pieces = Array.from({ length: Math.ceil(raw.length / PIECE_BYTES) }, (_one, at) =>
    raw.subarray(at * PIECE_BYTES, (at + 1) * PIECE_BYTES),
  );
  let outcome: unknown;
  const bytes = await largeBytesOf(async () => {
    outcome = await town.core.delivery.accept(
      {
        sender: viewer
          ? { kind: 'account', viewer }
          : { kind: 'outside', address: 'a@dehors.example' },
        recipients: [to],
        via: given.via,
        peer: null,
        session: 't',
        trace: 'Received: from x by y; Mon, 7 Sep 2026 06:00:00 +0000\r\n',
      },
      Readable.from(pieces),
    );
  });
  expect(outcome).toMatchObject({ kind: 'accepted' });
  const { rows } = await town.admin.query<{ raw: Buffer; sha: Buffer }>(
    'select raw, sha256(raw) = sha256 as same from message order by id desc limit 1',
  );
  expect(rows[0]).toMatchObject({ same: true });
  const body = raw.subarray(raw.indexOf('\r\n\r\n'));
  expect(rows[0]?.raw.subarray(-body.length).equals(body)).toBe(true);
  process.stdout.write(`delivery: ${raw.length} bytes, ${bytes} in large buffers\n`);
  expect(bytes).toBeGreaterThanOrEqual(raw.length);
  expect(bytes).toBeLessThan(raw.length * 1.1);
}
