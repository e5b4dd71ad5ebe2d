import { afterAll, beforeAll, expect, it } from 'vitest';
import { seedBench } from '../../../cli/demo/seed.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import { wish } from './testing/wish.ts';

/** As many as a school of 300 pupils and their 450 families, and more. */
const READERS = 1_000;
const ROUNDS = 7;
/** Others may have the processor meanwhile: then it is tried longer. */
const MOST_ROUNDS = 40;
const MOST_MS = 100;

let town: TestTown;
beforeAll(async () => {
  town = await openTestTown();
  const { now } = town.clock;
  await seedBench(town.store, {
    accounts: READERS + 1,
    password: 'x',
    domain: 'ecoles.preau.test',
    now,
  });
  await town.admin.query('analyze');
});
afterAll(() => town.close());

it('a notice for a thousand hangs at once, and is stored once', SOAKED, async () => {
  const { boards } = town.core;
  const teacher = await town.viewer('u1');
  const [board] = (await boards.list(teacher)).filter(({ ref }) => ref.classId !== null);
  if (board === undefined) throw new Error('no class');
  const times: number[] = [];
  const best = (): number => Math.min(...times.slice(1));
  for (let round = 0; round <= ROUNDS || (best() >= MOST_MS && round < MOST_ROUNDS); round++) {
    const begun = performance.now();
    const posted = await boards.post(teacher, board.ref, wish({ title: `Annonce ${round}` }));
    expect(posted.kind).toBe('posted');
    times.push(performance.now() - begun);
  }
  process.stdout.write(
    `boards: ${best().toFixed(1)} ms a notice for ${READERS}, best of ${times.length - 1}\n`,
  );
  expect(best()).toBeLessThan(MOST_MS);
  const { rows } = await town.admin.query(
    `select count(distinct m.id)::integer as bodies, count(*)::integer as entries
      from message m join entry e on e.school_id = m.school_id and e.message_id = m.id
      where m.subject = 'Annonce 1'`,
  );
  expect(rows).toEqual([{ bodies: 1, entries: 2 }]);
});
