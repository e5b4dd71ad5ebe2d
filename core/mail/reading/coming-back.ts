import type { SchoolId } from '../../ground/ids.ts';
import { answerDue } from './awaited.ts';
import { returnDue } from './later.ts';
import type { ReadingParts } from './rows.ts';

/** What the worker does once a letter's hour has come, by the kind of what is due. */
export const comingBack = (parts: Omit<ReadingParts, 'directory'>) => ({
  'put-off': (school: SchoolId, row: number) => returnDue(parts, school, row),
  answer: (school: SchoolId, row: number) => answerDue(parts, school, row),
});
