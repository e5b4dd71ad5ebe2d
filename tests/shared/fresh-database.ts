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

/** A migrated, empty database of one's own, some 50 ms. */
export function freshDatabase(): Promise<FreshDatabase> {
  return copyOf('preau_template');
}

/** Templates that are known in this worker to be there. */
const made = new Set<string>();

/**
 * A database of one's own that is as `fill` left another one, which is made at the first call of a
 * run with that name and copied from then on, by all workers.
 */
export async function filledDatabase(
  name: string,
  fill: (database: FreshDatabase) => Promise<void>,
): Promise<FreshDatabase> {
  const template = `filled_${name}`;
  if (!made.has(template)) await makeOnce(template, fill);
  made.add(template);
  return copyOf(template);
}

async function makeOnce(
  template: string,
  fill: (database: FreshDatabase) => Promise<void>,
): Promise<void> {
  const { adminUrl } = inject('services');
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    // of the whole run: another worker that asks waits until the first has made it
    await admin.query('select pg_advisory_lock(hashtext($1))', [template]);
    const found = await admin.query('select from pg_database where datname = $1', [template]);
    if (found.rowCount === 0) await makeTemplate(admin, template, fill);
  } finally {
    await admin.end();
  }
}

async function makeTemplate(
  admin: pg.Client,
  template: string,
  fill: (database: FreshDatabase) => Promise<void>,
): Promise<void> {
  const { adminUrl } = inject('services');
  const database = await freshDatabase();
  await fill(database);
  const name = new URL(database.adminUrl).pathname.slice(1);
  await leftAlone(adminUrl, name);
  await admin.query(`alter database ${name} rename to ${template}`);
}

/** Nobody may be connected to the template. */
async function copyOf(template: string): Promise<FreshDatabase> {
  const { databaseUrl, adminUrl } = inject('services');
  const name = `test_${randomBytes(6).toString('hex')}`;
  // file by file, not by the log: half the work, where nothing waits for a disk
  await asAdmin(adminUrl, `create database ${name} template ${template} strategy file_copy`);
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
  await leftAlone(adminUrl, name);
  await asAdmin(adminUrl, `drop database if exists ${name} with (force)`);
}

/** Once nobody is connected to the database any more, or hasn't gone for a while. */
async function leftAlone(adminUrl: string, name: string): Promise<void> {
  const until = Date.now() + CLOSING_MS;
  while (Date.now() < until && (await connectionsTo(adminUrl, name)) > 0) await pause(20);
}

async function connectionsTo(adminUrl: string, name: string): Promise<number> {
  const { rows } = await asAdmin(
    adminUrl,
    `select count(*)::integer as open from pg_stat_activity where datname = '${name}'`,
  );
  return (rows[0] as { readonly open: number } | undefined)?.open ?? 0;
}

let ofThisWorker: pg.Pool | null = null;

/**
 * By one connection that the files of a worker share, since each costs more than what is asked by
 * it. Connected to the database `preau`, never to the template: a template in use can't be cloned.
 */
function asAdmin(adminUrl: string, statement: string): Promise<pg.QueryResult> {
  if (ofThisWorker === null) {
    ofThisWorker = new pg.Pool({
      connectionString: adminUrl,
      max: 1,
      idleTimeoutMillis: 0,
      allowExitOnIdle: true,
    });
    ofThisWorker.on('error', () => {}); // the next statement connects anew
  }
  return ofThisWorker.query(statement);
}
