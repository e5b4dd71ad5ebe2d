/** Files of rosters that nobody has: as `fuzz-letters.test.ts`. */
import { it } from 'vitest';
import { fuzzedRosters } from './fuzz/rosters.ts';
import { LONGEST_RUN_MS, mustHold } from './fuzz/run.ts';

it('rosters changed by seed are read and planned within limits', { timeout: LONGEST_RUN_MS }, () =>
  mustHold(fuzzedRosters()),
);
