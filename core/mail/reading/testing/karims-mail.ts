import { afterAll } from 'vitest';
import { openTestTown } from '../../../../tests/shared/town.ts';

/** The test town, and a teacher with an inbox; put away after the tests of the file. */
export async function karimsMail() {
  const town = await openTestTown();
  afterAll(() => town.close());
  const viewer = await town.viewer('karim.haddad');
  return { town, viewer, inbox: await town.mailbox(viewer, 'inbox') };
}
