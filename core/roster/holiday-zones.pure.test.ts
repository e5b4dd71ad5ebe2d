import { expect, it } from 'vitest';
import { HOLIDAY_ZONES, readHolidayZone } from './holiday-zones.ts';

it('reads the zones whose holidays there are, and no other word', () => {
  expect(HOLIDAY_ZONES.map(readHolidayZone)).toEqual(HOLIDAY_ZONES);
  expect(['D', 'a', 'Corse', ''].map(readHolidayZone)).toEqual([null, null, null, null]);
});
