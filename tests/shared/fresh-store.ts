import { afterAll } from 'vitest';
import { openStore, type Store } from '../../core/store/store.ts';
import { freshDatabase } from './fresh-database.ts';

/** A store on an empty database of its own, both put away after the tests of the file. */
export async function freshStore(poolSize: number): Promise<Store> {
  const database = await freshDatabase();
  const store = openStore(database.databaseUrl, { poolSize, onError: () => {} });
  afterAll(async () => {
    await store.close();
    await database.drop();
  });
  return store;
}
