import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { asDatabase } from './database-url.ts';

export interface FreshDatabase {
  /** As the application's role. */
  readonly databaseUrl: string;
  /** As the owner. */
  readonly adminUrl: string;
  /** Cuts what is still connected. */
  drop(): Promise<void>;
}

/** A migrated, empty database of one's own: one per test file, some 50 ms. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const { databaseUrl, adminUrl } = inject('services');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdmin(adminUrl, `create database ${name} template preau_template`);
  return {
    databaseUrl: asDatabase(databaseUrl, name),
    adminUrl: asDatabase(adminUrl, name),
    drop: () => asAdmin(adminUrl, `drop database if exists ${name} with (force)`),
  };
}

/** The address of the run's clamd, as PREAU_CLAMD would say it. */
export function testClamd(): string {
  return inject('services').clamd;
}

/** Connected to the database `preau`, never to the template: a template in use can't be cloned. */
async function asAdmin(adminUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
