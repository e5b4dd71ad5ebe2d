import { afterAll } from 'vitest';
import { freshDatabase } from '../../../../tests/shared/fresh-database.ts';
import type { SchoolId } from '../../../ground/ids.ts';
import { openStore } from '../../../store/store.ts';
import type { ApplyOutcome, Preview } from '../contract.ts';
import { emptySchools, rostersAt } from './school-files.ts';

/**
 * Schools without anybody in a database of their own, on a clock that tests set; put away after the
 * tests of the file.
 */
export async function openSchools(count: number, clock: { now: Date }) {
  const database = await freshDatabase();
  const store = openStore(database.databaseUrl, { poolSize: 2, onError: () => {} });
  afterAll(async () => {
    await store.close();
    await database.drop();
  });
  await emptySchools(
    store,
    Array.from({ length: count }, (_, index) => `ecole-${index + 1}`),
  );
  let next = 0;
  /** A school that no other test touches. */
  const freshSchool = (): SchoolId => {
    next += 1;
    if (next > count) throw new Error(`only ${count} schools were opened`);
    return next as SchoolId;
  };
  return { store, ...rostersAt(store, clock), freshSchool };
}

export function previewOf(applied: ApplyOutcome): Preview {
  if (!('preview' in applied)) throw new Error(`no preview: ${JSON.stringify(applied)}`);
  return applied.preview;
}
