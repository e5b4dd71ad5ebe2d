import { afterAll, afterEach } from 'vitest';
import { openCodeTown, type CodeTown } from '../../core/entry/accounts/testing/code-town.ts';
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
  return { town, visits: await visitsTo(town, () => town.clock.now) };
}

/** The same of the town in which codes are made; its clock is the machine's. */
export async function openCodePages(): Promise<{
  readonly town: CodeTown;
  readonly visits: Visits;
}> {
  const town = await openCodeTown();
  return { town, visits: await visitsTo(town) };
}

async function visitsTo(
  town: Parameters<typeof openVisits>[0] & { close(): Promise<void> },
  clock?: () => Date,
): Promise<Visits> {
  const visits = await openVisits(town, clock);
  afterEach(() => visits.leave());
  afterAll(async () => {
    await visits.close();
    await town.close();
  });
  return visits;
}
