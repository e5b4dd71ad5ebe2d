import { randomInt } from 'node:crypto';
import { expect, it } from 'vitest';
import { TIMES } from '../../tests/shared/slice.ts';
import { decide, type Verdict } from './decide.ts';
import { factsOf, indexOf } from './testing/facts-of-town.ts';
import { lettersOf } from './testing/letters.ts';
import { opinion, type Opinion } from './testing/oracle.ts';
import { townFrom } from './testing/town.ts';

const TOWNS = TIMES;
const FEWEST_PAIRS = 10_000 * TIMES;
/** For a machine that others use too. */
const BUSY_MS = 30_000;
/** Another town each time; put a printed seed here to see a failure again. */
const SEED = randomInt(2 ** 32 - TOWNS);

it(
  'says of every pair in made-up towns what the product’s table says',
  () => {
    const counts = { pairs: 0, allow: 0, hold: 0, deny: 0, differences: 0, reachableStrangers: 0 };
    const examples: unknown[] = [];
    for (let seed = SEED; seed < SEED + TOWNS; seed += 1) {
      const town = townFrom(seed);
      const index = indexOf(town);
      for (const letter of lettersOf(town, seed)) {
        const facts = factsOf(index, letter);
        const verdict = decide(facts);
        const expected = opinion(letter);
        counts.pairs += 1;
        counts[verdict.kind] += 1;
        if (verdict.kind !== 'deny' && expected.part === 'relation' && expected.kind === 'deny')
          counts.reachableStrangers += 1;
        if (agree(verdict, expected)) continue;
        counts.differences += 1;
        if (examples.length < 3) examples.push({ seed, expected, verdict, facts });
      }
    }
    process.stdout.write(`rules: seed ${SEED}, ${JSON.stringify(counts)}\n`);
    expect(examples, `seed ${SEED}`).toEqual([]);
    expect(counts).toMatchObject({ differences: 0, reachableStrangers: 0 });
    expect(counts.pairs).toBeGreaterThanOrEqual(FEWEST_PAIRS);
  },
  BUSY_MS,
);

it('never lets a stranger from outside reach a child without a teacher, nor tell a child from nobody', () => {
  const answers = new Set<string>();
  const index = indexOf(townFrom(SEED));
  for (const letter of lettersOf(index.town, SEED)) {
    if (letter.from.kind !== 'outside') continue;
    const facts = factsOf(index, letter);
    if (facts.to !== 'pupil') continue;
    const verdict = decide(facts);
    if (facts.approvedCorrespondent) continue;
    answers.add(verdict.kind === 'allow' ? 'allow' : `${verdict.kind} ${verdict.rule}`);
  }
  expect([...answers]).toEqual(['deny no-such-address']);
});

/**
 * Where the table leaves the name of a refusal open, any name will do but the one that means « I
 * may not say ».
 */
function agree(verdict: Verdict, expected: Opinion): boolean {
  if (verdict.kind !== expected.kind) return false;
  if (verdict.kind === 'allow') return true;
  return expected.rule === null
    ? verdict.rule !== 'no-such-address'
    : verdict.rule === expected.rule;
}
