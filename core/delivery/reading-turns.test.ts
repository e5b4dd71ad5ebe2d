import { expect, it } from 'vitest';
import type { AccountId, SchoolId } from '../ids.ts';
import type { ScanFor } from '../scan/clamd.ts';
import { readInTurn } from './reading-turns.ts';

const OWN: ScanFor = { kind: 'own', school: 1 as SchoolId, account: 7 as AccountId };
const HEAD =
  'From: a@dehors.example\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n';
/** Each takes a worker some tenths of a second. */
const slow = Buffer.from(HEAD + '<\r\n'.repeat(1_500_000));
const plain = Buffer.from(HEAD + '<p>Bonjour</p>\r\n'.repeat(20_000));

it(
  'many slow messages from one network keep neither our own people’s big mail waiting nor another network’s',
  { tags: 'soak' },
  async () => {
    let done = 0;
    const flood = Array.from({ length: 6 }, async () => {
      const read = await readInTurn(slow, { kind: 'peer', ip: '203.0.113.1' });
      done += 1;
      return read?.kind;
    });
    expect((await readInTurn(plain, OWN))?.kind).toBe('read');
    expect(done).toBeLessThanOrEqual(2);
    expect((await readInTurn(plain, { kind: 'peer', ip: '192.0.2.1' }))?.kind).toBe('read');
    expect(done).toBeLessThanOrEqual(4);
    expect(new Set(await Promise.all(flood))).toEqual(new Set(['read']));
  },
);

it('a network that sends more than may wait is put off, and nobody else', async () => {
  const many = Array.from({ length: 14 }, () =>
    readInTurn(plain, { kind: 'peer', ip: '203.0.113.1' }),
  );
  const other = readInTurn(plain, { kind: 'peer', ip: '192.0.2.1' });
  expect((await Promise.all(many)).filter((read) => read === null)).toHaveLength(3);
  expect((await other)?.kind).toBe('read');
});
