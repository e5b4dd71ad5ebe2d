import type pg from 'pg';

/**
 * Tells of connections of a pool that were cut: an idle one, which the pool replaces, and one cut
 * between two statements of a transaction, whose next statement fails; unheard, either would end
 * the process. Gives what closes the pool: from then on a cut is nobody's news, for the server may
 * be stopping too.
 */
export function tellOfLost(
  pool: pg.Pool,
  onError: (error: Error) => void,
): <T>(close: () => Promise<T>) => Promise<T> {
  let closed = false;
  const lost = (error: Error): void => {
    if (!closed) onError(error);
  };
  pool.on('error', lost);
  // the pool listens to idle connections only
  pool.on('connect', (client) => client.on('error', lost));
  return (close) => {
    closed = true;
    return close();
  };
}
