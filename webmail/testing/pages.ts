import { afterAll, afterEach } from 'vitest';
import { openTestTown, type TestTown } from '../../tests/shared/town.ts';
import { openVisits, type Visits } from './visits.ts';

/**
 * The test town and its pages for all tests of a file: what a browser shows is closed after each of
 * them, the rest after the last.
 */
export async function openPages(
  options: Parameters<typeof openTestTown>[0] = {},
): Promise<{ readonly town: TestTown; readonly visits: Visits }> {
  const town = await openTestTown(options);
  const visits = await openVisits(town, () => town.clock.now);
  afterEach(() => visits.leave());
  afterAll(async () => {
    await visits.close();
    await town.close();
  });
  return { town, visits };
}
