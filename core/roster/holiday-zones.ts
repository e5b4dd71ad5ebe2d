/**
 * Whose school holidays hold, the mainland's zones first: Corsica and the lands overseas have
 * calendars of their own, which their recteurs fix (code de l'éducation, article D. 521-6 and those
 * after it). The days themselves are published year by year: agents give them in
 * (`holiday-file.ts`).
 */
export const HOLIDAY_ZONES = [
  'A',
  'B',
  'C',
  'corse',
  'guadeloupe',
  'martinique',
  'guyane',
  'reunion',
  'mayotte',
  'nouvelle-caledonie',
  'polynesie',
  'saint-pierre-et-miquelon',
  'wallis-et-futuna',
] as const;
export type HolidayZone = (typeof HOLIDAY_ZONES)[number];

/** Null for what is no zone. */
export function readHolidayZone(text: string): HolidayZone | null {
  return HOLIDAY_ZONES.find((zone) => zone === text) ?? null;
}
