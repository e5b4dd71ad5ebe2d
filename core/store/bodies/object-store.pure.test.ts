import { randomBytes } from 'node:crypto';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { bucketIn, openObjectStore } from './object-store.ts';
import { s3Server } from './testing/s3-server.ts';

const server = await s3Server();
const store = openObjectStore(bucketIn(server.address));
const NAME = '1/2026-11/un';
const BYTES = randomBytes(300_000);

beforeEach(() => {
  server.mood = 'well';
  server.objects.clear();
  server.asked.length = 0;
});
afterAll(() => server.close());

it('puts, gives ranges, tells lengths, lists and removes', async () => {
  await store.put(NAME, BYTES);
  expect(await store.sizeOf(NAME)).toBe(BYTES.length);
  expect(await store.sizeOf('1/2026-11/deux')).toBeNull();
  const part = await store.get(NAME, { start: 65_000, end: 66_000 });
  expect(part.equals(BYTES.subarray(65_000, 66_000))).toBe(true);
  for (const name of ['2/a', '3/b', '4/c']) await store.put(name, Buffer.from('x'));
  expect(await store.namesAfter('')).toEqual([NAME, '2/a']);
  expect(await store.namesAfter('2/a')).toEqual(['3/b', '4/c']);
  expect(await store.namesAfter('4/c')).toEqual([]);
  await store.remove(NAME);
  await store.remove(NAME);
  expect(await store.sizeOf(NAME)).toBeNull();
});

it('takes its part of all where a store knows no ranges', async () => {
  await store.put(NAME, BYTES);
  server.mood = 'rangeless';
  for (const [start, end] of [
    [0, 100],
    [65_000, 66_000],
    [0, 65_552],
  ] as const) {
    const part = await store.get(NAME, { start, end });
    expect(part.equals(BYTES.subarray(start, end)), `${start}-${end}`).toBe(true);
  }
});

it('asks a second time where the store can’t just now, and no third', async () => {
  server.mood = 'away';
  await expect(store.get(NAME, { start: 0, end: 1 })).rejects.toThrow('GET: 503');
  expect(server.asked).toHaveLength(2);
});

it('a store that is full, or was given other keys, says no once', async () => {
  server.mood = 'full';
  await expect(store.put(NAME, BYTES)).rejects.toThrow('PUT: 507');
  server.mood = 'well';
  const other = openObjectStore({ ...bucketIn(server.address), accessKey: 'autre' });
  await expect(other.sizeOf(NAME)).rejects.toThrow('HEAD: 403');
  expect(server.asked).toHaveLength(2);
});

it('waits for a large one as long as it comes, by the slowest line', { tags: 'soak' }, async () => {
  const large = randomBytes(2_000_000);
  await store.put(NAME, large);
  server.mood = 'slow';
  const came = await store.get(NAME, { start: 0, end: large.length });
  expect(came.equals(large)).toBe(true);
});

it('waits six seconds at most for one that says nothing', { tags: 'soak' }, async () => {
  server.mood = 'silent';
  const began = performance.now();
  await expect(store.get(NAME, { start: 0, end: 1 })).rejects.toThrow('GET: no answer');
  expect(performance.now() - began).toBeLessThan(8_000);
});
