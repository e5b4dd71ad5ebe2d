import { describe, expect, it } from 'vitest';
import type { AccountId, SchoolId } from '../../ground/ids.ts';
import {
  ACTIVATION_BITS,
  activationHash,
  newActivationCode,
  readActivationCode,
} from '../codes/activation-code.ts';
import {
  newPictureCode,
  orderFor,
  PICTURE_CODES,
  pictureHash,
  PICTURES,
} from '../codes/picture-code.ts';
import { expiryOf } from '../codes/sheets.ts';

const secret = Buffer.from('a key of thirty-two characters..');
const owner = { school: 1 as SchoolId, account: 7 as AccountId };

describe('an activation code', () => {
  it('holds at least 64 bits of chance, evenly spread', () => {
    expect(ACTIVATION_BITS).toBeGreaterThanOrEqual(64);
    const counts = new Map<string, number>();
    const total = 4_000;
    for (let each = 0; each < total; each += 1)
      for (const sign of newActivationCode().replaceAll('-', ''))
        counts.set(sign, (counts.get(sign) ?? 0) + 1);
    const expected = (total * 15) / counts.size;
    expect(counts.size).toBe(23);
    // Chi-squared with 22 degrees of freedom: beyond 60 by chance once in 30,000 runs.
    expect(
      [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0),
    ).toBeLessThan(60);
  });

  it('has no sign that is taken for another, and stands in groups', () => {
    for (let each = 0; each < 200; each += 1)
      expect(newActivationCode()).toMatch(
        /^[ACDEFHJKMNPQRTUVWXY3479]{4}-[ACDEFHJKMNPQRTUVWXY3479]{3}-[ACDEFHJKMNPQRTUVWXY3479]{4}-[ACDEFHJKMNPQRTUVWXY3479]{4}$/,
      );
  });

  it.each([
    'K7MP-4RT-XW9C-HN3A',
    'k7mp 4rt xw9c hn3a',
    ' k7mp4rtxw9chn3a ',
    'K7MP–4RT–XW9C–HN3A',
    'Ｋ7MP-4RT-XW9C-HN3A',
  ])('is read as a person types it: %s', (typed) => {
    expect(readActivationCode(typed)).toBe('K7MP4RTXW9CHN3A');
  });

  it.each([
    '',
    'K7MP',
    'K7MP-4RT-XW9C-HN3I',
    'K7MP-4RT-XW9C-HN3AA',
    'x'.repeat(200_000),
    "' or 1=1 --aaaaaaa",
  ])('is none: %.30s', (typed) => expect(readActivationCode(typed)).toBeNull());

  it('is kept bound to its account and to the key', () => {
    const code = newActivationCode();
    const hash = activationHash(secret, owner, code);
    expect(hash.equals(activationHash(secret, owner, code.replaceAll('-', '')))).toBe(true);
    expect(hash.equals(activationHash(secret, { ...owner, account: 8 as AccountId }, code))).toBe(
      false,
    );
    expect(hash.equals(activationHash(Buffer.from('another key'), owner, code))).toBe(false);
  });
});

describe('a picture code', () => {
  it('is one of 1,320: three of twelve, each another', () => {
    const codes = new Set<string>();
    for (let first = 0; first < PICTURE_CODES; first += 1)
      codes.add(
        (
          newPictureCode(
            () => false,
            () => first,
          ) ?? []
        ).join(),
      );
    expect(codes.size).toBe(1_320);
    expect([...codes].every((code) => new Set(code.split(',')).size === 3)).toBe(true);
  });

  it('is none that is taken, and says so when all are', () => {
    const taken = new Set<string>();
    for (let each = 0; each < PICTURE_CODES; each += 1) {
      const code = newPictureCode((one) => taken.has(one.join()));
      expect(code).not.toBeNull();
      taken.add(code?.join() ?? '');
    }
    expect(taken.size).toBe(PICTURE_CODES);
    expect(newPictureCode((one) => taken.has(one.join()))).toBeNull();
  });

  it('is chosen from twelve pictures that keep their order for one child, and another for the next', () => {
    const order = orderFor(secret, owner);
    expect(orderFor(secret, owner)).toEqual(order);
    expect([...order].sort()).toEqual([...PICTURES].sort());
    expect(orderFor(secret, { ...owner, account: 8 as AccountId })).not.toEqual(order);
    expect(
      pictureHash(secret, owner, ['chat', 'lapin', 'lion']).equals(
        pictureHash(secret, owner, ['lapin', 'chat', 'lion']),
      ),
    ).toBe(false);
  });
});

it('pictures last until the end of the September after the school year', () => {
  expect(expiryOf('pictures', new Date('2026-09-01T08:00:00Z')).toISOString()).toBe(
    '2027-09-30T00:00:00.000Z',
  );
  expect(expiryOf('pictures', new Date('2027-06-20T08:00:00Z')).toISOString()).toBe(
    '2027-09-30T00:00:00.000Z',
  );
});

it('15,650 codes cost no slow hash', () => {
  const begun = performance.now();
  for (let account = 1; account <= 15_650; account += 1)
    activationHash(secret, { ...owner, account: account as AccountId }, newActivationCode());
  const ms = performance.now() - begun;
  process.stdout.write(
    `${JSON.stringify({ figure: 'activation_codes', count: 15_650, ms: Math.round(ms) })}\n`,
  );
  expect(ms).toBeLessThan(3_000);
});
