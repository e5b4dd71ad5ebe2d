import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startServices } from '../../cli/services/services.ts';
import { loadConfig } from '../../core/ground/config.ts';
import { openLog } from '../../core/ground/log.ts';
import { migrate } from '../../core/store/migrate.ts';
import { asDatabase } from './database-url.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The embedded PostgreSQL of this run, its clamd, and a folder that goes away with them. */
    services: {
      readonly databaseUrl: string;
      readonly adminUrl: string;
      readonly clamd: string;
      readonly folder: string;
    };
  }
}

/**
 * A run's databases go away with it: nothing waits for the disk, nor is anything tidied up in them.
 * What must outlive a kill is tested on servers of its own.
 */
const FORGETS_THE_DISK = [
  'fsync=off',
  'full_page_writes=off',
  'synchronous_commit=off',
  'max_wal_size=256MB',
  'autovacuum=off',
];

/**
 * A password is hashed once at each sign-in, not 4,096 times: a run signs in some two thousand
 * times, and its passwords go away with it.
 */
const SIGNS_IN_AT_ONCE = 'scram_iterations=1';

/**
 * A statement that a connection keeps is planned once, not five times more before PostgreSQL trusts
 * its plan (its manual, 19.7.4): few of a test's are asked as often. The soak's are: it measures,
 * and a table grows under its plans.
 */
const PLANNED_ONCE = 'plan_cache_mode=force_generic_plan';

/**
 * One PostgreSQL and one clamd for the whole run, and a migrated template that test files clone.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'preau-test-'));
  const config = loadConfig({ PREAU_DATA: folder });
  const services = await startServices(config, {
    log: openLog({ level: 'warn' }),
    signal: new AbortController().signal,
    settings: [...FORGETS_THE_DISK, SIGNS_IN_AT_ONCE, ...(isSoak(project) ? [] : [PLANNED_ONCE])],
  });
  const { databaseUrl, databaseAdminUrl, clamd } = services.config;
  if (databaseUrl === null || databaseAdminUrl === null || clamd === null)
    throw new Error('the embedded services have no address');
  await makeTemplate(databaseAdminUrl, databaseUrl);
  project.provide('services', { databaseUrl, adminUrl: databaseAdminUrl, clamd, folder });
  return async () => {
    await services.stop();
    rmSync(services.folder, { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  };
}

/** Asked for by its own project, or by the tag of its tests in files of others. */
const isSoak = ({ name, vitest }: TestProject): boolean =>
  name === 'soak' || (vitest.config.tagsFilter ?? []).includes('soak');

async function makeTemplate(adminUrl: string, appUrl: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  // made before the setting; the application's is made by `migrate`
  const { username, password } = new URL(adminUrl);
  await admin.query(
    `alter role ${admin.escapeIdentifier(username)} password ${admin.escapeLiteral(password)}`,
  );
  await admin.query('create database preau_template');
  await admin.end();
  await migrate({ adminUrl: asDatabase(adminUrl, 'preau_template'), appUrl });
}
