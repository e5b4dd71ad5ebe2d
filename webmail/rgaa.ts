/**
 * The 106 criteria of the RGAA 4.1, gone through by ourselves on the pages of `audit.test.ts`: how
 * each came out, and the test or the source that shows it. What is said of each stands in
 * `texts/audit-fr.ts` and `-en.ts`.
 */
import { keysOf } from '../core/ground/keys.ts';

interface CriterionResult {
  /** `none`: nothing on these pages that it speaks of. */
  readonly result: 'met' | 'not-met' | 'none';
  /** A file of the project; null: there is nothing to show. */
  readonly shownBy: string | null;
}

const met = (shownBy: string): CriterionResult => ({ result: 'met', shownBy });
const notMet = (shownBy: string): CriterionResult => ({ result: 'not-met', shownBy });
const NONE: CriterionResult = { result: 'none', shownBy: null };

/** Goes through the sample, page by page. */
const AUDIT = 'webmail/audit.test.ts';
/** Asks axe of every page, in light and in dark. */
const AXE = 'webmail/browser.test.ts';
const LOW = 'webmail/low-screen.test.ts';
const UPRIGHT = 'webmail/upright.test.ts';
const STYLES = 'webmail/assets/styles/tokens.css';
const PARTS = 'webmail/frame/parts.ts';
const FIELDS = 'webmail/components/field.ts';

export const CRITERIA = {
  '1.1': met(AUDIT),
  '1.2': met(AUDIT),
  '1.3': met('webmail/pages/about/guide.ts'),
  '1.4': NONE,
  '1.5': NONE,
  '1.6': met('webmail/pages/town/town-schools.test.ts'),
  '1.7': met('webmail/pages/town/town-schools.test.ts'),
  '1.8': met('webmail/assets.pure.test.ts'),
  '1.9': met(PARTS),
  '2.1': met(AUDIT),
  '2.2': met('webmail/pages/mail/message-body.ts'),
  '3.1': met('webmail/frame/said.ts'),
  '3.2': met(AXE),
  '3.3': met('webmail/rgaa.pure.test.ts'),
  '4.1': NONE,
  '4.2': NONE,
  '4.3': NONE,
  '4.4': NONE,
  '4.5': NONE,
  '4.6': NONE,
  '4.7': met(PARTS),
  '4.8': NONE,
  '4.9': NONE,
  '4.10': NONE,
  '4.11': met(PARTS),
  '4.12': NONE,
  '4.13': met(PARTS),
  '5.1': NONE,
  '5.2': NONE,
  '5.3': NONE,
  '5.4': met(AUDIT),
  '5.5': met('webmail/components/table.ts'),
  '5.6': met(AUDIT),
  '5.7': met(AUDIT),
  '5.8': NONE,
  '6.1': met('webmail/pages/class/class-links.ts'),
  '6.2': met(AUDIT),
  '7.1': met('webmail/assets/scripts/people-field.ts'),
  '7.2': met(AXE),
  '7.3': met('tests/e2e/heads-september.ts'),
  '7.4': met(AXE),
  '7.5': met('webmail/frame/said.ts'),
  '8.1': met(AUDIT),
  '8.2': met(AUDIT),
  '8.3': met(AUDIT),
  '8.4': met(AUDIT),
  '8.5': met(AUDIT),
  '8.6': met(AUDIT),
  '8.7': met('webmail/frame/board.ts'),
  '8.8': met('webmail/frame/board.ts'),
  '8.9': met(AUDIT),
  '8.10': NONE,
  '9.1': met(AUDIT),
  '9.2': met(AUDIT),
  '9.3': met(AUDIT),
  '9.4': met('webmail/pages/held/held-letter.ts'),
  '10.1': met(AUDIT),
  '10.2': met('webmail/frame/frame.ts'),
  '10.3': met('webmail/frame/frame.ts'),
  '10.4': met(LOW),
  '10.5': met(STYLES),
  '10.6': met(STYLES),
  '10.7': met(STYLES),
  '10.8': met(AXE),
  '10.9': met('webmail/frame/frame.ts'),
  '10.10': met('webmail/frame/frame.ts'),
  '10.11': met(LOW),
  '10.12': met(AUDIT),
  '10.13': notMet('webmail/assets/styles/panes.css'),
  '10.14': met('webmail/assets/styles/panes.css'),
  '11.1': met(AUDIT),
  '11.2': met(FIELDS),
  '11.3': met(FIELDS),
  '11.4': met(FIELDS),
  '11.5': met(AUDIT),
  '11.6': met(AUDIT),
  '11.7': met(AUDIT),
  '11.8': NONE,
  '11.9': met(AUDIT),
  '11.10': notMet(FIELDS),
  '11.11': met('webmail/texts/teaching-fr.ts'),
  '11.12': met('webmail/pages/writing/write-later.ts'),
  '11.13': met('webmail/pages/sign-in/address-field.ts'),
  '12.1': met('webmail/pages/about/everything.test.ts'),
  '12.2': met('webmail/frame/board.ts'),
  '12.3': met('webmail/pages/about/everything.test.ts'),
  '12.4': met('webmail/frame/board.ts'),
  '12.5': met('webmail/pages/search/search.ts'),
  '12.6': met(AUDIT),
  '12.7': met(AUDIT),
  '12.8': met(AXE),
  '12.9': met(AXE),
  '12.10': met('webmail/pages/mail/keys.ts'),
  '12.11': met('webmail/assets/styles/panes.css'),
  '13.1': notMet('core/entry/accounts/accounts.ts'),
  '13.2': met(AUDIT),
  '13.3': notMet('webmail/sheets/draw-sheet.ts'),
  '13.4': NONE,
  '13.5': NONE,
  '13.6': NONE,
  '13.7': met('webmail/assets/styles/screens.css'),
  '13.8': met('webmail/assets/styles/screens.css'),
  '13.9': met(UPRIGHT),
  '13.10': met('webmail/assets/scripts/swipe.ts'),
  '13.11': met(AXE),
  '13.12': NONE,
} as const satisfies Readonly<Record<string, CriterionResult>>;

export type RgaaCriterion = keyof typeof CRITERIA;
export const CRITERION_NUMBERS = keysOf(CRITERIA);

/** The criteria that came out so, in their order. */
export const criteriaThat = (result: CriterionResult['result']): readonly RgaaCriterion[] =>
  CRITERION_NUMBERS.filter((one) => CRITERIA[one].result === result);
