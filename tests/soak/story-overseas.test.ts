/**
 * The whole story in towns whose clocks aren't Paris's, over a change of day: it begins at a
 * quarter to midnight of the town's clock, which is then turned past it. Skipped where libfaketime
 * or chromium isn't installed.
 */
import { describe } from 'vitest';
import { canChooseDay } from '../day.ts';
import { openStory } from '../e2e/story.ts';
import { tellStory } from '../e2e/tell-story.ts';
import { hasChromium } from '../shared/chromium.ts';

for (const timeZone of ['Pacific/Noumea', 'America/Martinique'])
  describe.skipIf(!hasChromium() || !canChooseDay())(
    `in ${timeZone}, over a change of day`,
    { shuffle: false },
    () => tellStory(openStory({ timeZone, beginsAt: '23:45' })),
  );
