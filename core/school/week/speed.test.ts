import { expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { LESSON_KINDS } from '../../roster/week/plan.ts';
import { openWeekTown } from './testing/week-town.ts';

const { town, weeks, claire, ce1, begun, put } = await openWeekTown();
const ROUNDS = 60;
const MOST_MS = 5;

it('a child’s week takes a few milliseconds of the processor', SOAKED, async () => {
  await begun();
  for (let weekday = 1; weekday <= 5; weekday += 1)
    for (const [at, kind] of LESSON_KINDS.slice(0, 6).entries()) {
      const [from, to] = [`08:${30 + at * 5}`, `08:${35 + at * 5}`.replace('08:60', '09:00')];
      await put({ weekday, from, to, kind, title: 'Cours', bring: 'Une blouse' });
    }
  for (const words of ['un', 'deux', 'trois', 'quatre'])
    await weeks.addNeed(claire, ce1, { day: '2026-11-26', kind: 'do', words });
  const lina = await town.viewer('lina.moreau');
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = process.cpuUsage();
    expect((await weeks.own(lina, null)).length).toBe(1);
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1_000);
  }
  const median = times.toSorted((one, other) => one - other)[ROUNDS / 2] ?? 0;
  process.stdout.write(`weeks: ${median.toFixed(2)} ms of the processor a child’s week\n`);
  expect(median).toBeLessThan(MOST_MS);
});
