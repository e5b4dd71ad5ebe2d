import { afterAll, beforeEach } from 'vitest';
import { openTestTown } from '../../../../tests/shared/town.ts';
import type { MailboxId } from '../../../ground/ids.ts';
import { must } from './letters.ts';

/**
 * A town, two of its teachers and a pupil, and for each test a mailbox of the first one's that is
 * empty: `fresh.id` at `fresh.path`. Put away after the tests of the file.
 */
export async function openMailboxTown() {
  const town = await openTestTown();
  const { mailboxes } = town.core;
  const [claire, karim, lina] = await Promise.all([
    town.viewer('claire.lefevre'),
    town.viewer('karim.haddad'),
    town.viewer('lina.moreau'),
  ]);
  const fresh = { id: 0 as MailboxId, path: '' };
  let made = 0;
  beforeEach(async () => {
    made += 1;
    fresh.path = `Classe ${made}`;
    fresh.id = must(await mailboxes.create(claire, fresh.path, null)).id;
  });
  afterAll(() => town.close());
  return { town, mailboxes, claire, karim, lina, fresh };
}
