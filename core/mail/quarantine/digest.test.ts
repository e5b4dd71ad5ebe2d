import { expect, it } from 'vitest';
import { schoolCalendar } from '../../roster/testing/school-calendar.ts';
import { openHoldTown } from '../delivery/testing/hold-town.ts';
import { tellDaily } from './digest.ts';

const { town, setModeration } = await openHoldTown();

const told = async () =>
  (await town.rows('julie.robin')).filter(({ subject }) => /attend/.test(subject)).length;

/** How many digests have come by the evening of a day. */
async function toldOn(day: string): Promise<number> {
  town.clock.now = new Date(`${day}T16:00:00Z`);
  await tellDaily(town.parts);
  return told();
}

/** When what waits goes on to the next. */
async function goesOn(): Promise<string | undefined> {
  const { rows } = await town.admin.query<{ at: Date }>('select ask_at as at from hold');
  return rows[0]?.at.toISOString();
}

it('what waits is told of on days of school, and goes on to the next by them: not in the holidays, nor on a public one', async () => {
  const calendar = { name: 'calendrier.csv', bytes: schoolCalendar() };
  expect(await town.core.holidays.give('machine', calendar)).toMatchObject({ kind: 'given' });
  await setModeration('CE1', 2, 'all');
  town.clock.now = new Date('2026-12-18T14:00:00Z'); // the last Friday
  await town.send('ondine.le-bihan', ['samuel.okafor'], { subject: 'Bonnes fêtes', via: 'web' });
  expect(await goesOn()).toBe('2027-01-04T14:00:00.000Z');
  expect(await toldOn('2026-12-18')).toBe(1);
  for (const day of ['2026-12-21', '2026-12-24', '2027-01-01']) expect(await toldOn(day)).toBe(1);
  expect(await toldOn('2027-01-04')).toBe(2);
  expect(await toldOn('2027-01-05')).toBe(3);
  await town.admin.query("update hold set created_at = '2027-03-25'");
  const before = await toldOn('2027-03-26');
  expect(await toldOn('2027-03-29')).toBe(before); // Easter Monday
  expect(await toldOn('2027-03-30')).toBe(before + 1);
  expect(await town.faults()).toEqual([]);
});
