/**
 * A slice of what `npm run soak` does for minutes: `STRESS_SECONDS` and `STRESS_SEED` make it
 * longer, or the same again.
 */
import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { stress } from './testing/stress/stress.ts';
import { openImapTown, type ImapTown } from './testing/test-town.ts';

const seconds = Number(process.env['STRESS_SECONDS'] ?? 1);
const seed = Number(process.env['STRESS_SEED'] ?? randomInt(2 ** 31));

let town: ImapTown;
beforeAll(async () => {
  town = await openImapTown();
});
afterAll(() => town.close());

it(
  'ten clients on one mailbox agree with the store, whatever they do at once',
  { tags: 'soak', timeout: (seconds + 60) * 1_000 },
  async () => {
    const { rounds, acts, checks, told, disagreements } = await stress(town, { seed, seconds });
    const all = [...acts.values()].reduce((sum, times) => sum + times, 0);
    process.stdout.write(
      `stress: seed ${seed}, ${rounds} rounds, ${all} acts (${[...acts].map(([name, times]) => `${times} ${name}`).join(', ')}), ${told} responses, ${checks} views, ${disagreements.length} disagreements\n`,
    );
    expect(disagreements.join('\n')).toBe('');
    expect(checks).toBeGreaterThan(0);
  },
);
