import type { SchoolId } from '../../ground/ids.ts';
import { outboxRow } from '../../store/mail/outbox.ts';
import { allSchools } from '../../store/schools/roster.ts';
import type { Store } from '../../store/store.ts';
import type { RowName } from './sent-journal.ts';

/**
 * Does something to a row of the outbox in the school where its writer is by then, and says which
 * that is; null: there was nothing to do, there or anywhere. `act` says whether it did it.
 */
export async function whereItIs(
  store: Pick<Store, 'readTown'>,
  name: RowName,
  act: (school: SchoolId) => Promise<boolean>,
): Promise<SchoolId | null> {
  if (await act(name.school)) return name.school;
  const school = await movedTo(store, name);
  return school !== null && (await act(school)) ? school : null;
}

/**
 * The school to which a row of the outbox went along with its writer since it was named so; null:
 * it is where it was, or nowhere. Each school is asked, so it is for rows that weren't found.
 */
function movedTo(
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
