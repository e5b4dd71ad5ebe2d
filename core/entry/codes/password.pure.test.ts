import { expect, it } from 'vitest';
import { fits, hashPassword } from './password.ts';

it('is hashed at the price that OWASP names first, and fits', async () => {
  const stored = await hashPassword('cabane tilleul');
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await fits(stored, 'cabane tilleul')).toBe(true);
  expect(await fits(stored, 'cabane tilleuls')).toBe(false);
});

it('takes as much work where nobody is as where it is wrong', async () => {
  const stored = await hashPassword('cabane tilleul');
  const work = { nobody: [] as number[], wrong: [] as number[] };
  for (let round = 0; round < 10; round += 1)
    for (const who of ['nobody', 'wrong'] as const) {
      // Processor time of this process and its threads: what others do on the machine doesn't
      // count.
      const before = process.cpuUsage();
      expect(await fits(who === 'nobody' ? null : stored, 'faux')).toBe(false);
      const { user, system } = process.cpuUsage(before);
      work[who].push((user + system) / 1_000);
    }
  const [nobody, wrong] = [median(work.nobody), median(work.wrong)];
  expect(wrong).toBeGreaterThan(3);
  expect(Math.abs(nobody - wrong)).toBeLessThan(Math.max(3, 0.25 * wrong));
});

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;
}
