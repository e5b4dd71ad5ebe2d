import { readFileSync } from 'node:fs';
import type pg from 'pg';
import { setSessionPriority } from '../ground/session-priority.ts';

/**
 * The process of PostgreSQL's that serves this connection, where it runs on this machine: then both
 * ends have the same address, or none (PostgreSQL's manual, 9.27.1).
 */
const BACKEND_HERE = `
  select pg_backend_pid() as pid
  where inet_server_addr() is not distinct from inet_client_addr()
`;

/**
 * What a pool is opened with whose connections give way: the processes that serve them stand back
 * for all others as long as they last. What works by night gives way in PostgreSQL as it does here,
 * or mail waits for its statements. Where PostgreSQL runs elsewhere, or is another user's, nothing
 * is changed.
 */
export const GIVING_WAY: Pick<pg.PoolConfig, 'verify'> = {
  verify(client, done) {
    letBackendGiveWay(client).then(() => done(), done);
  },
};

async function letBackendGiveWay(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ pid: number }>(BACKEND_HERE);
  for (const { pid } of rows) if (isPostgres(pid)) setSessionPriority(pid, 'byNight');
}

/** In a container of its own its processes have other numbers. */
function isPostgres(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'latin1').startsWith('postgres');
  } catch {
    return false;
  }
}
