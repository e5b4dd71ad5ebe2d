import { afterAll, afterEach, beforeAll } from 'vitest';
import { openTestTown, type TestTown } from '../../tests/shared/town.ts';
import { openVisits, type Visits } from './visits.ts';

/** A small town and its pages for the tests of a file, which gives them to `opened`. */
export function useTownVisits(
  opened: (all: { readonly town: TestTown; readonly visits: Visits }) => void,
): void {
  let town: TestTown | undefined;
  let visits: Visits | undefined;
  beforeAll(async () => {
    const own = await openTestTown();
    town = own;
    visits = await openVisits(own, () => own.clock.now);
    opened({ town: own, visits });
  });
  afterEach(() => visits?.leave());
  afterAll(async () => {
    await visits?.close();
    await town?.close();
  });
}
