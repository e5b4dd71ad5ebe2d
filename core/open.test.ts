import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { expect, it, onTestFinished } from 'vitest';
import { freshDatabase, testClamd } from '../tests/shared/fresh-database.ts';
import { loadConfig } from './ground/config.ts';
import { openLog } from './ground/log.ts';
import { openCore } from './open.ts';

it('leaves nothing open where it can’t be opened', async () => {
  const database = await freshDatabase();
  onTestFinished(() => database.drop());
  const folder = mkdtempSync(join(tmpdir(), 'preau-open-'));
  const secretFile = join(folder, 'secret');
  writeFileSync(secretFile, 'short');
  const config = loadConfig({
    PREAU_DATA: folder,
    PREAU_DATABASE_URL: database.databaseUrl,
    PREAU_CLAMD: testClamd(),
    PREAU_SECRET_FILE: secretFile,
  });
  const opening = openCore(config, { log: openLog({ level: 'silent' }) });
  await expect(opening).rejects.toMatchObject({ code: 'configuration' });
  const admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  onTestFinished(() => admin.end());
  const others = async (): Promise<number> => {
    const { rows } = await admin.query<{ pid: number }>(
      'select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    return rows.length;
  };
  await expect.poll(others, { timeout: 3_000 }).toBe(0);
});
