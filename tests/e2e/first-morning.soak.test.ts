/**
 * A town put into service as its agents do it; in small, `npm test` has it without the whole
 * (`webmail/pages/setup/setup.test.ts`).
 */
import { expect, it } from 'vitest';
import { hasChromium } from '../shared/chromium.ts';
import { firstMorning } from './first-morning.ts';

it.skipIf(!hasChromium())(
  'an empty machine comes to its first pupil’s letter in a browser: link, town, 128 schools, rosters, codes (skipped where chromium is not installed)',
  { timeout: 240_000 },
  async () => {
    const morning = { schoolsWithRosters: 6, pupils: 240, importMs: 90_000 };
    const { minutes, clicks, schools, imported, questions } = await firstMorning(morning);
    console.log(
      `first morning: ${minutes.toFixed(1)} min, ${clicks} clicks, ${schools} schools, ${imported} with rosters; « ${questions} »`,
    );
    expect([schools, imported]).toEqual([128, 6]);
    expect(clicks).toBeLessThanOrEqual(20);
  },
);
