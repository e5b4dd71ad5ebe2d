/**
 * One running whole, lived in as a town lives in it: by mail programs and strangers, by children,
 * by their teachers, by a head in September. A whole of its own for each would cost ten seconds of
 * the processor's time; what kills its database comes last.
 */
import { describe } from 'vitest';
import { hasChromium } from '../shared/chromium.ts';
import { askTheDoctor } from './ask-doctor.ts';
import { killTheDatabase, knockAtDoors } from './doors.ts';
import { hangUp } from './hang-up.ts';
import { arrangeClasses, keepOthersOut } from './heads-september.ts';
import { planWeeks } from './plan-weeks.ts';
import { showDemo } from './show-demo.ts';
import { signPapers } from './sign-papers.ts';
import { stopAll } from './stop-all.ts';
import { openStory } from './story.ts';
import { teach } from './teachers.ts';
import { tellStory } from './tell-story.ts';

describe('a town', () => {
  const story = openStory();
  describe('its doctor', () => askTheDoctor(story));
  describe('its demo', () => showDemo(story));
  // while each child is still in the class of the demo
  describe('its classes and their weeks', () => planWeeks(story));
  describe('its doors', () => knockAtDoors(story));
  describe.skipIf(!hasChromium())('in a browser (skipped where chromium is not installed)', () => {
    describe('its children and their letters', () => tellStory(story));
    describe('its teachers and their classes', () => teach(story));
    describe('its families and what they sign', () => signPapers(story));
    describe('its boards and who reads them', () => hangUp(story));
    describe('a head and the classes', () => arrangeClasses(story));
  });
  keepOthersOut(story);
  describe('its database', () => killTheDatabase(story));
  describe('its end', () => stopAll(story));
});
