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
 * One PostgreSQL and one clamd for the whole run, and a migrated template that test files clone.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'preau-test-'));
  const config = loadConfig({ PREAU_DATA: folder });
  const services = await startServices(config, {
    log: openLog({ level: 'warn' }),
    signal: new AbortController().signal,
  });
  const { databaseUrl, databaseAdminUrl, clamd } = services.config;
  if (databaseUrl === null || databaseAdminUrl === null || clamd === null)
    throw new Error('the embedded services have no address');
  await forgetTheDisk(databaseAdminUrl);
  await makeTemplate(databaseAdminUrl, databaseUrl);
  project.provide('services', { databaseUrl, adminUrl: databaseAdminUrl, clamd, folder });
  return async () => {
    await services.stop();
    rmSync(services.folder, { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  };
}

/**
 * A run's databases go away with it: nothing waits for the disk. What must outlive a kill is tested
 * on servers of its own.
 */
async function forgetTheDisk(adminUrl: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  for (const setting of ['fsync', 'full_page_writes', 'synchronous_commit'])
    await admin.query(`alter system set ${setting} = off`);
  await admin.query(`alter system set max_wal_size = '256MB'`);
  // nor is anything tidied up in them
  await admin.query('alter system set autovacuum = off');
  await admin.query('select pg_reload_conf()');
  await admin.end();
}

async function makeTemplate(adminUrl: string, appUrl: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query('create database preau_template');
  await admin.end();
  await migrate({ adminUrl: asDatabase(adminUrl, 'preau_template'), appUrl });
}
