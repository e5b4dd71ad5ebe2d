import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { inject } from 'vitest';
import { asDatabase } from './database-url.ts';

export interface FreshDatabase {
  /** As the application's role. */
  readonly databaseUrl: string;
  /** As the owner. */
  readonly adminUrl: string;
  /** Lets what is closing close, and cuts what is still connected after that. */
  drop(): Promise<void>;
}

/** A migrated, empty database of one's own: one per test file, some 50 ms. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const { databaseUrl, adminUrl } = inject('services');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdmin(adminUrl, `create database ${name} template preau_template strategy file_copy`);
  return {
    databaseUrl: asDatabase(databaseUrl, name),
    adminUrl: asDatabase(adminUrl, name),
    drop: () => dropDatabase(adminUrl, name),
  };
}

/** The address of the run's clamd, as PREAU_CLAMD would say it. */
export function testClamd(): string {
  return inject('services').clamd;
}

/** How long connections that a pool has just ended may take to be gone. */
const CLOSING_MS = 1_000;

async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  const until = Date.now() + CLOSING_MS;
  while (Date.now() < until && (await connectionsTo(adminUrl, name)) > 0) await pause(20);
  await asAdmin(adminUrl, `drop database if exists ${name} with (force)`);
}

async function connectionsTo(adminUrl: string, name: string): Promise<number> {
  const { rows } = await asAdmin(
    adminUrl,
    `select count(*)::integer as open from pg_stat_activity where datname = '${name}'`,
  );
  return (rows[0] as { readonly open: number } | undefined)?.open ?? 0;
}

/** Connected to the database `preau`, never to the template: a template in use can't be cloned. */
async function asAdmin(adminUrl: string, statement: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    return await client.query(statement);
  } finally {
    await client.end();
  }
}
