import { describe, expect, it } from 'vitest';
import { HOLIDAY_ZONES, readHolidayZone, timeZoneOf, zoneOfCommune } from './holiday-zones.ts';

/** Of the mainland: 01 to 95 without the 20 that Corsica once was. */
const MAINLAND = Array.from({ length: 95 }, (_, at) => String(at + 1).padStart(2, '0')).filter(
  (one) => one !== '20',
);

describe('school holidays', () => {
  it('are those of one zone in each department, and every zone has some', () => {
    const all = [...MAINLAND, '2A', '2B', '971', '972', '973', '974', '976'];
    const zones = all.map((department) => zoneOfCommune(department.padEnd(5, '0')));
    expect(all.filter((_, at) => zones[at] === null)).toEqual([]);
    expect(HOLIDAY_ZONES.filter((zone) => !zones.includes(zone))).toEqual([]);
  });

  it.each<{ commune: string; code: string; zone: string | null; clock: string }>([
    { commune: 'Lyon', code: '69123', zone: 'A', clock: 'Europe/Paris' },
    { commune: 'Rennes', code: '35238', zone: 'B', clock: 'Europe/Paris' },
    { commune: 'Paris', code: '75056', zone: 'C', clock: 'Europe/Paris' },
    { commune: 'Ajaccio', code: '2a004', zone: 'corse', clock: 'Europe/Paris' },
    { commune: 'Saint-Denis', code: '97411', zone: 'reunion', clock: 'Indian/Reunion' },
    { commune: 'a commune of Polynésie', code: '98735', zone: null, clock: '' },
  ])('$commune ($code): $zone', ({ code, zone, clock }) => {
    expect(zoneOfCommune(code)).toBe(zone);
    const read = readHolidayZone(String(zone));
    expect(read).toBe(zone);
    if (read !== null) expect(timeZoneOf(read)).toBe(clock);
  });
});
