import type { SchoolId } from '../../ground/ids.ts';
import { outboxRow } from '../../store/mail/outbox.ts';
import { allSchools } from '../../store/schools/roster.ts';
import type { Store } from '../../store/store.ts';
import type { RowName } from './sent-journal.ts';

/**
 * The school to which a row of the outbox went along with its writer since it was named so; null:
 * it is where it was, or nowhere. Each school is asked, so it is for rows that weren't found.
 */
export function movedTo(
  store: Pick<Store, 'readTown'>,
  { school, row }: RowName,
): Promise<SchoolId | null> {
  return store.readTown(async (tx) => {
    if ((await outboxRow(await tx.in(school), row)) !== null) return null;
    for (const other of await allSchools(tx))
      if ((await outboxRow(await tx.in(other), row)) !== null) return other;
    return null;
  });
}
