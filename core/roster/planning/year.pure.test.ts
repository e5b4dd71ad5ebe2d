import { expect, it } from 'vitest';
import { CLOCK_OF } from '../../ground/time-zones.ts';
import { rollOverDays } from './year.ts';

it('a school goes over to another year in the holidays before it, or in that year', () => {
  expect(rollOverDays('2027-2028', CLOCK_OF.mainland)).toEqual({
    from: '2027-07-01',
    until: '2028-07-31',
  });
  expect(rollOverDays('2027-2028', CLOCK_OF.caledonia).from).toBe('2027-01-01');
  expect(rollOverDays('2027-2028', CLOCK_OF.tahiti).from).toBe('2027-07-01');
});
