import { expect, it } from 'vitest';
import { cachingResolver } from './caching-resolver.ts';

function made() {
  const asked: string[] = [];
  let time = 1;
  const resolver = cachingResolver(
    async (name, type) => {
      asked.push(`${name} ${type}`);
      if (name.startsWith('no')) throw Object.assign(new Error(name), { code: 'ENOTFOUND' });
      if (name.startsWith('broken')) throw Object.assign(new Error(name), { code: 'ESERVFAIL' });
      return [[name.startsWith('big') ? 'x'.repeat(5_000) : 'v=spf1 -all']];
    },
    () => time,
  );
  const ask = (name: string) => resolver(name, 'TXT').catch((error: Error) => error.message);
  return { asked, ask, pass: (ms: number) => (time += ms) };
}

it.each<{
  name: string;
  askedAfter: readonly [at0: number, at59: number, at61: number, at301: number];
}>([
  { name: 'yes.example', askedAfter: [1, 1, 1, 2] },
  { name: 'no.example', askedAfter: [1, 1, 2, 3] },
  { name: 'broken.example', askedAfter: [2, 3, 4, 5] },
  { name: 'big.example', askedAfter: [2, 3, 4, 5] },
])('$name is asked again when its answer is old', async ({ name, askedAfter }) => {
  const { asked, ask, pass } = made();
  await ask(name);
  await ask(name);
  const counts = [asked.length];
  for (const seconds of [59, 2, 240]) {
    pass(seconds * 1_000);
    await ask(name);
    counts.push(asked.length);
  }
  expect(counts).toEqual(askedAfter);
});

it('is asked once by all who ask at the same moment, in any case of letters, and given to each anew', async () => {
  const { asked, ask } = made();
  const [first, second] = await Promise.all([ask('yes.example'), ask('YES.example')]);
  expect(asked).toEqual(['yes.example TXT']);
  if (Array.isArray(first)) first.length = 0;
  expect(second).toEqual([['v=spf1 -all']]);
  expect(await ask('yes.example')).toEqual([['v=spf1 -all']]);
});

it('keeps no more than it has room for', async () => {
  const { asked, ask } = made();
  for (let each = 0; each <= 10_000; each += 1) await ask(`yes${each}.example`);
  await ask('yes10000.example');
  expect(asked).toHaveLength(10_001);
  await ask('yes0.example');
  expect(asked).toHaveLength(10_002);
});
