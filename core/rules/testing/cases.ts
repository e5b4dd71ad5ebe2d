/**
 * The product's table « Who may write to whom » as cases that a teacher could read, a file a
 * heading. Each names what differs from the ordinary day of `BASE`: two people of one school who
 * have nothing else to do with one another, writing plain text.
 */
import type { Case } from './case.ts';
import { ACCOUNTS } from './cases-accounts.ts';
import { ADULTS, FAMILIES } from './cases-adults.ts';
import { CONTENTS } from './cases-contents.ts';
import { PUPILS } from './cases-pupils.ts';
import { LISTS_FOR_ALL, OUTSIDE } from './cases-strangers.ts';
import { WAITING } from './cases-waiting.ts';

/** All of it, by the product page's headings. */
export const CASES: Readonly<Record<string, readonly Case[]>> = {
  'from a pupil': PUPILS,
  'from an adult of a school or of the town': ADULTS,
  'from a guardian': FAMILIES,
  'from outside': OUTSIDE,
  'support, postmaster and the service': LISTS_FOR_ALL,
  'the accounts': ACCOUNTS,
  'moderation and hours': WAITING,
  'the content': CONTENTS,
};
