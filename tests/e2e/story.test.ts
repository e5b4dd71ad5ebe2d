import { describe } from 'vitest';
import { hasChromium } from '../shared/chromium.ts';
import { tellStory } from './tell-story.ts';

describe.skipIf(!hasChromium())(
  'the story, in a browser (skipped where chromium is not installed)',
  () => tellStory(),
);
