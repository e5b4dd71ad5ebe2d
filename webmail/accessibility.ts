/**
 * What the statement of accessibility says, from the audit and from what is tested, and nothing
 * else. A pure test holds each line to the test that shows it.
 */
import { criteriaThat } from './rgaa.ts';

/** An audit by the criteria of the RGAA 4.1, of a sample of pages. */
interface Audit {
  readonly conforming: number;
  readonly applicable: number;
}

/** Our own: nobody has paid anybody for one. */
export const AUDIT: Audit = {
  conforming: criteriaThat('met').length,
  applicable: criteriaThat('met').length + criteriaThat('not-met').length,
};

/** The last day on which somebody went through the criteria. */
export const STATED_ON = '2026-11-30';

export type Conformity = 'none' | 'partial' | 'whole';

/** The three states that the decree knows (arrêté of 20 September 2019, annex). */
export function conformityOf({ conforming, applicable }: Audit): Conformity {
  if (conforming * 2 < applicable) return 'none';
  return conforming < applicable ? 'partial' : 'whole';
}

export const CONFORMITY: Conformity = conformityOf(AUDIT);

/** What automatic tests look at, each with the file that does and words that stand in it. */
export const TESTED = [
  { id: 'axe', file: 'webmail/browser.test.ts', says: 'axeFaults(' },
  { id: 'sizes', file: 'tests/shared/page-faults.ts', says: '{ width: 390, height: 844 }' },
  { id: 'script', file: 'webmail/browser.test.ts', says: 'works without script' },
  { id: 'keyboard', file: 'tests/e2e/heads-september.ts', says: "keyboard.press('ArrowRight')" },
  { id: 'weight', file: 'webmail/weights.test.ts', says: 'bytes: 40_000' },
  { id: 'browsers', file: 'webmail/assets.pure.test.ts', says: 'Chrome 80 and Firefox 78' },
] as const;
export type TestedCriterion = (typeof TESTED)[number]['id'];
