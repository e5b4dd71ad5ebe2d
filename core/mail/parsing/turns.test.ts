import { hash } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import type { AccountId, SchoolId } from '../../ground/ids.ts';
import { DAY_MS } from '../../ground/spans.ts';
import type { ScanFor } from '../../letters/scan/clamd.ts';
import { countUnreadable, noteUnreadable } from '../../store/town/unreadable-letters.ts';
import { readInTurn } from './turns.ts';

const OWN: ScanFor = { kind: 'own', school: 1 as SchoolId, account: 7 as AccountId };
const HEAD =
  'From: a@dehors.example\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n';

let parts: TestTown['parts'];
beforeAll(async () => {
  ({ parts } = await openTestTown());
});

/** Each takes a process some tenths of a second. */
const slow = Buffer.from(HEAD + '<\r\n'.repeat(1_500_000));
const plain = Buffer.from(HEAD + '<p>Bonjour</p>\r\n'.repeat(20_000));

it(
  'many slow messages from one network keep neither our own people’s big mail waiting nor another network’s',
  { tags: 'soak' },
  async () => {
    let done = 0;
    const flood = Array.from({ length: 6 }, async () => {
      const read = await readInTurn(parts, slow, { kind: 'peer', ip: '203.0.113.1' });
      done += 1;
      return read?.kind;
    });
    expect((await readInTurn(parts, plain, OWN))?.kind).toBe('read');
    expect(done).toBeLessThanOrEqual(2);
    expect((await readInTurn(parts, plain, { kind: 'peer', ip: '192.0.2.1' }))?.kind).toBe('read');
    expect(done).toBeLessThanOrEqual(4);
    expect(new Set(await Promise.all(flood))).toEqual(new Set(['read']));
  },
);

it('a network that sends more than may wait is put off, and nobody else', SOAKED, async () => {
  const many = Array.from({ length: 14 }, () =>
    readInTurn(parts, plain, { kind: 'peer', ip: '203.0.113.1' }),
  );
  const other = readInTurn(parts, plain, { kind: 'peer', ip: '192.0.2.1' });
  expect((await Promise.all(many)).filter((read) => read === null)).toHaveLength(3);
  expect((await other)?.kind).toBe('read');
});

it('refuses at once, for seven days, the bytes that could not be read; it counts them once', async () => {
  const { store, clock } = parts;
  const digest = hash('sha256', plain, 'buffer');
  const daysAgo = (days: number) => new Date(clock().getTime() - days * DAY_MS);
  const note = (at: Date) =>
    store.town((tx) => noteUnreadable(tx, digest, { at, forget: daysAgo(30) }));
  const count = () => store.readTown((tx) => countUnreadable(tx, daysAgo(7)));

  await note(daysAgo(8));
  expect((await readInTurn(parts, plain, OWN))?.kind).toBe('read');
  expect(await count()).toBe(0);
  await note(daysAgo(6));
  await note(daysAgo(5));
  expect(await readInTurn(parts, plain, OWN)).toEqual({ kind: 'refused', why: 'beyond-limits' });
  expect(await count()).toBe(1);
  const other = Buffer.concat([plain, Buffer.from('x')]);
  expect((await readInTurn(parts, other, OWN))?.kind).toBe('read');
});
