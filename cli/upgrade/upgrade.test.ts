/** Upgrades of a PostgreSQL of one's own; of the embedded one: tests/soak/upgrade.test.ts. */
import { Client } from 'pg';
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import { loadConfig, type Config } from '../../core/ground/config.ts';
import { Fault } from '../../core/ground/fault.ts';
import { openLog } from '../../core/ground/log.ts';
import { KEPT_HOURS } from '../../core/store/kept-hours.ts';
import { runSteps, stepNames } from '../../core/store/migrate.ts';
import { pendingSteps, tryStepsOnEmpty } from '../../core/store/pending-steps.ts';
import { asDatabase } from '../../tests/shared/database-url.ts';
import { SOAKED } from '../../tests/shared/slice.ts';
import { upgradeCheckCommand } from './check-command.ts';
import { upgrade } from './upgrade.ts';

const [BEFORE = '', LAST = ''] = stepNames().slice(-2);
const around = {
  point: 'wanted',
  log: openLog({ level: 'silent' }),
  signal: new AbortController().signal,
} as const;

const { adminUrl, databaseUrl, clamd } = inject('services');
let admin: Client;
const made: string[] = [];

/** A database on which all steps but the last were made; `behind` is copied for each test. */
async function database(template: string): Promise<Config> {
  const name = `upgrade_${made.length}`;
  // one that somebody is connected to can't be copied, and who has just left may still be there
  await vi.waitFor(async () => expect(await connectionsTo(template)).toBe(0), 10_000);
  await admin.query(`create database ${name} template ${template} strategy file_copy`);
  made.push(name);
  return loadConfig({
    PREAU_DATABASE_URL: asDatabase(databaseUrl, name),
    PREAU_DATABASE_ADMIN_URL: asDatabase(adminUrl, name),
    PREAU_CLAMD: clamd,
  });
}

async function connectionsTo(name: string): Promise<number | null> {
  return (await admin.query('select 1 from pg_stat_activity where datname = $1', [name])).rowCount;
}

let behind: string;
beforeAll(async () => {
  admin = new Client(adminUrl);
  await admin.connect();
  const { databaseAdminUrl } = await database('template0');
  await runSteps(databaseAdminUrl ?? '', { upTo: BEFORE });
  [behind = ''] = made;
});
afterAll(async () => {
  for (const name of made.reverse())
    await admin.query(`drop database if exists ${name} with (force)`);
  await admin.end();
});

const ownerOf = ({ databaseAdminUrl }: Config): string => databaseAdminUrl ?? '';

it('names the moment in the log before the schema changes, and once', async () => {
  const config = await database(behind);
  expect(await upgrade(config, around)).toMatchObject({ steps: [LAST], point: { kind: 'named' } });
  expect(await upgrade(config, around)).toEqual({ steps: [], point: null });
});

it('sets no point where none is wanted', async () => {
  const config = await database(behind);
  expect(await upgrade(config, { ...around, point: 'not-wanted' })).toEqual({
    steps: [LAST],
    point: null,
  });
});

it('sees what is to come on an empty database beside, and touches nothing', async () => {
  const owner = ownerOf(await database(behind));
  const pending = { at: BEFORE, steps: [LAST], unknown: [] };
  expect(await pendingSteps(owner)).toEqual(pending);
  expect(await tryStepsOnEmpty(owner, pending)).toMatchObject([{ name: LAST, changes: [] }]);
  expect(await pendingSteps(owner)).toEqual(pending);
  const left = await admin.query("select 1 from pg_database where datname like 'preau_upgrade_%'");
  expect(left.rowCount).toBe(0);
});

it('of a newer version’s database makes nothing, and says so', async () => {
  const config = await database('preau_template');
  const owner = new Client(ownerOf(config));
  await owner.connect();
  await owner.query("insert into kysely_migration values ('2099-01-01T0000-later', 'now')");
  await owner.end();
  expect(await pendingSteps(ownerOf(config))).toMatchObject({
    steps: [],
    unknown: ['2099-01-01T0000-later'],
  });
  const refused: unknown = await upgrade(config, around).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(Fault);
  expect(String(refused)).toContain('another version of Préau');
});

it('lists first the letters that keep their hour and leave at another moment', SOAKED, async () => {
  const steps = stepNames();
  const before = steps[steps.indexOf(KEPT_HOURS) - 1] ?? '';
  const config = await database('template0');
  await runSteps(ownerOf(config), { upTo: before });
  const owner = new Client(ownerOf(config));
  await owner.connect();
  // of the letter only that it waits is of interest: no row that it refers to is asked for
  await owner.query(`
    set session_replication_role = replica;
    insert into school (id, slug, name, time_zone)
    values (1, 'magenta', 'École de Magenta', 'Pacific/Noumea'), (2, 'ferry', 'Ferry', 'Europe/Paris');
    insert into waiting_draft (school_id, account_id, mailbox_id, uid, reason, leaves_at)
    values (1, 1, 1, 1, 'later', '2026-12-01T07:00:00Z'), (2, 2, 2, 1, 'later', '2026-12-01T07:00:00Z');
  `);
  await owner.end();
  const said = vi.spyOn(console, 'log').mockImplementation(() => {});
  const { signal } = around;
  await upgradeCheckCommand({ config, flags: { json: true }, signal, path: '' });
  await upgradeCheckCommand({ config, flags: {}, signal, path: '' });
  const [[facts], [lines]] = said.mock.calls as [[string], [string]];
  said.mockRestore();
  expect(JSON.parse(facts)).toMatchObject({
    moved: [{ school: 'magenta', leavesAt: '2026-11-30T21:00:00.000Z' }],
  });
  const [, head, letter] = lines.split('\n');
  expect(head).toContain('lue par leur auteur');
  expect(letter).toContain('magenta : 2026-12-01 08:00 (Pacific/Noumea)');
});
