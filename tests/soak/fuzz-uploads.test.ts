/** Files of rosters and bodies of forms that nobody has: as `fuzz-letters.test.ts`. */
import { it } from 'vitest';
import { fuzzedForms } from './fuzz/forms.ts';
import { fuzzedRosters } from './fuzz/rosters.ts';
import { LONGEST_RUN_MS, mustHold } from './fuzz/run.ts';

it('rosters changed by seed are read within limits', { timeout: LONGEST_RUN_MS }, () =>
  mustHold(fuzzedRosters()),
);

it('forms changed by seed are read within limits', { timeout: LONGEST_RUN_MS }, async () =>
  mustHold(await fuzzedForms()),
);
