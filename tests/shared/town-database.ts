import { seedSmallTown } from '../../cli/demo/seed.ts';
import { openStore } from '../../core/store/store.ts';
import { filledDatabase, type FreshDatabase } from './fresh-database.ts';

/** A Tuesday morning: every school of the small town is open. */
export const MORNING = new Date('2026-11-24T09:00:00Z');

/**
 * A database of one's own with the small town in it, whose links and school year are as of the
 * `morning` or of `today`.
 */
export function townDatabase(day: 'morning' | 'today'): Promise<FreshDatabase> {
  return filledDatabase(`town_${day}`, async ({ databaseUrl }) => {
    const store = openStore(databaseUrl, { poolSize: 2, onError: () => {} });
    await seedSmallTown(store, { now: day === 'morning' ? MORNING : new Date() });
    await store.close();
  });
}
