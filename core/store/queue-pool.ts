import type { PostgresConnectionOptions } from 'bullmq';
import pg from 'pg';
import { tellOfLost } from './lost-connections.ts';

/**
 * The one queue. `preau migrate` makes its counter as the owner: the application's role may create
 * nothing.
 */
export const QUEUE_NAME = 'preau';
/**
 * Connections of the queue beside the store's: the worker's LISTEN takes one for good, adding and
 * taking jobs share the rest.
 */
const POOL_SIZE = 6;
const CONNECT_TIMEOUT_MS = 5_000;
/** Each BullMQ object that shares the pool listens to its errors; more than this is a leak. */
const MAX_LISTENERS = 40;
/** Where `preau migrate` made BullMQ's tables. */
const SCHEMA = 'bullmq';

/**
 * Opens the connections on which BullMQ keeps its jobs in PostgreSQL: those of the application's
 * role, in BullMQ's schema and no other, shared by all queues and workers of this process (each of
 * them would open its own).
 */
export function openQueuePool(
  databaseUrl: string,
  onError: (error: Error) => void,
): { readonly connection: PostgresConnectionOptions; close(): Promise<void> } {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true, // a dead LISTEN connection is seen by its socket, not only by the next poll
    options: `-c search_path=${SCHEMA}`,
  });
  pool.setMaxListeners(MAX_LISTENERS);
  const closing = tellOfLost(pool, onError);
  // BullMQ describes the pool it takes by overloads that pg's own type does not name.
  return {
    connection: pool as pg.Pool & PostgresConnectionOptions,
    close: () => closing(() => pool.end()),
  };
}
