import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Fault } from '../../ground/fault.ts';
import { newKey, seal, sealedSize, sealedSpan, unseal, unwrap, wrap, type Span } from './frames.ts';

const FRAME = 65_536;
/** Around each edge of a frame, and any between. */
const sizes = fc.oneof(
  fc.constantFrom(0, 1, FRAME - 1, FRAME, FRAME + 1, 3 * FRAME),
  fc.integer({ min: 0, max: 4 * FRAME }),
);
const sealedBodies = fc.record({ size: sizes, from: fc.nat(5 * FRAME), length: fc.nat(2 * FRAME) });

const cut = (sealed: Buffer, { start, end }: Span): Buffer => sealed.subarray(start, end);
const whole = (sizeBytes: number) => ({ sizeBytes, range: { start: 0, end: sizeBytes } });

it('gives any range of what was sealed, from no more than its frames', () => {
  fc.assert(
    fc.property(sealedBodies, ({ size, from, length }) => {
      const [key, bytes] = [newKey(), randomBytes(size)];
      const sealed = seal(key, bytes);
      expect(sealed.length).toBe(sealedSize(size));
      const range = { start: Math.min(from, size), end: Math.min(from + length, size) };
      const span = sealedSpan(size, range);
      expect(span.end - span.start).toBeLessThanOrEqual(length + 2 * (FRAME + 16));
      const opened = unseal(key, cut(sealed, span), { sizeBytes: size, range });
      expect(opened.equals(bytes.subarray(range.start, range.end))).toBe(true);
    }),
    { numRuns: 60 },
  );
});

it('shows none of its bytes, and opens by no other key', () => {
  const [key, bytes] = [newKey(), randomBytes(2 * FRAME)];
  const sealed = seal(key, bytes);
  for (let at = 0; at + 16 <= bytes.length; at += 4_096)
    expect(sealed.includes(bytes.subarray(at, at + 16))).toBe(false);
  expect(() => unseal(newKey(), sealed, whole(bytes.length))).toThrow(Fault);
});

it('refuses one changed bit, wherever it is', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 0, max: 7 }), (place, bit) => {
      const [key, bytes] = [newKey(), randomBytes(FRAME + 100)];
      const sealed = seal(key, bytes);
      const at = place % sealed.length;
      sealed[at] = (sealed[at] ?? 0) ^ (1 << bit);
      expect(() => unseal(key, sealed, whole(bytes.length))).toThrow('body-away');
    }),
    { numRuns: 40 },
  );
});

const SEALED_FRAME = FRAME + 16;
it.each<{ what: string; of: (sealed: Buffer) => Buffer; size?: number }>([
  {
    what: 'two frames changed about',
    of: (sealed) =>
      Buffer.concat([
        sealed.subarray(SEALED_FRAME, 2 * SEALED_FRAME),
        sealed.subarray(0, SEALED_FRAME),
        sealed.subarray(2 * SEALED_FRAME),
      ]),
  },
  { what: 'the last frame left out', of: (sealed) => sealed.subarray(0, 2 * SEALED_FRAME) },
  {
    what: 'the last frame left out, of a body that is called shorter',
    of: (sealed) => sealed.subarray(0, 2 * SEALED_FRAME),
    size: 2 * FRAME,
  },
  { what: 'a byte more', of: (sealed) => Buffer.concat([sealed, Buffer.alloc(1)]) },
  { what: 'nothing', of: () => Buffer.alloc(0) },
])('refuses $what', ({ of, size = 3 * FRAME }) => {
  const key = newKey();
  const sealed = seal(key, randomBytes(3 * FRAME));
  expect(() => unseal(key, of(sealed), whole(size))).toThrow('not what was sealed');
});

it('refuses the frame of another body, even by the same key', () => {
  const key = newKey();
  const [long, short] = [seal(key, randomBytes(3 * FRAME)), seal(key, randomBytes(FRAME))];
  expect(() => unseal(key, long.subarray(0, SEALED_FRAME), whole(FRAME))).toThrow(Fault);
  expect(() => unseal(key, short, { sizeBytes: 3 * FRAME, range: { start: 0, end: 9 } })).toThrow(
    Fault,
  );
});

it('wraps a key for one body alone', () => {
  const [wrapping, key] = [newKey(), newKey()];
  const wrapped = wrap(wrapping, '1/2026-11/a', key);
  expect(unwrap(wrapping, '1/2026-11/a', wrapped)).toEqual(key);
  expect(unwrap(wrapping, '1/2026-11/b', wrapped)).toBeNull();
  expect(unwrap(newKey(), '1/2026-11/a', wrapped)).toBeNull();
  expect(unwrap(wrapping, '1/2026-11/a', wrapped.subarray(1))).toBeNull();
  expect(wrap(wrapping, '1/2026-11/a', key)).not.toEqual(wrapped);
});
