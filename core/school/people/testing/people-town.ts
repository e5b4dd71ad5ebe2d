import { afterAll } from 'vitest';
import { openCodeTown } from '../../../entry/accounts/testing/code-town.ts';
import type { AccountId, SchoolId } from '../../../ground/ids.ts';
import { own } from '../../../store/own.ts';

export const TILLEULS = 1 as SchoolId;
export const PASTEUR = 2 as SchoolId;

/** A town, two of its heads and an agent. Put away after the tests of the file. */
export async function openPeopleTown() {
  const town = await openCodeTown();
  const head = await town.viewer('mamadou.diallo');
  const otherHead = await town.viewer('beatrice.vasseur');
  const agent = await town.viewer('leila.brahimi');
  afterAll(() => town.close());
  return { town, head, otherHead, agent, accountOf, acts };

  async function accountOf(local: string): Promise<AccountId> {
    const row = await town.store.town((tx) =>
      tx.db
        .selectFrom('address')
        .select('target_id')
        .where('local', '=', local)
        .executeTakeFirstOrThrow(),
    );
    return row.target_id as AccountId;
  }

  /** What was written down of a school, the oldest first. */
  async function acts(school: SchoolId) {
    return town.store.read(school, (tx) =>
      own(tx).selectFrom('audit').select(['act', 'subject']).orderBy('id').execute(),
    );
  }
}
