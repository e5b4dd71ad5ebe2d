import { readdirSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { runMigrations } from 'bullmq';
import { Kysely, PostgresDialect } from 'kysely';
import { Migrator, type Migration, type MigrationProvider } from 'kysely/migration';
import pg from 'pg';
import { errorCode, Fault } from '../ground/fault.ts';
import { QUEUE_NAME } from './queue-pool.ts';
import type { Database } from './tables.ts';
import { VALUE_TYPES } from './value-types.ts';

/** `2026-11-24T1600-school-mail.ts` and nothing else that may lie in the folder, such as a test. */
const MIGRATION_FILE = /^\d{4}-\d{2}-\d{2}T\d{4}-[a-z0-9-]+\.ts$/;
const FOLDER = fileURLToPath(new URL('../../migrations', import.meta.url));
/** Any number, the same in all versions: two `preau migrate` take turns. */
const LOCK = 7_326_001;
const CONNECT_TIMEOUT_MS = 5_000;

interface Migrated {
  /** Names of the steps made now; empty when the schema was up to date. */
  readonly steps: readonly string[];
}

/**
 * Brings the schema, the application's role with its rights, and BullMQ's tables up to date, as the
 * owner (`adminUrl`). The role's name and password are those of `appUrl`. Throws a `Fault`
 * 'configuration' where a person must act: an unreachable address, an owner who may not, a database
 * of a newer version; 'store-down' for a step that failed, which leaves the schema as it was.
 */
export async function migrate(options: {
  readonly adminUrl: string;
  readonly appUrl: string;
}): Promise<Migrated> {
  try {
    return await asOwner(options.adminUrl, async (admin) => {
      await admin.query('select pg_advisory_lock($1)', [LOCK]);
      const steps = await runSteps(options.adminUrl);
      await runMigrations(admin);
      // BullMQ makes a counter when a queue is first used, which the application's role may not.
      await admin.query('select bullmq.next_job_id($1)', [QUEUE_NAME]);
      await makeRole(admin, options.appUrl);
      await noteStep(admin);
      return { steps };
    });
  } catch (error) {
    throw isForbidden(error)
      ? new Fault(
          'configuration',
          'PREAU_DATABASE_ADMIN_URL ne peut pas faire le schéma ou le rôle de l’application : donnez le propriétaire de la base, avec CREATEROLE. / may not make the schema or the application’s role: give the owner of the database, with CREATEROLE.',
          { transient: false, cause: error },
        )
      : error;
  }
}

/** Does something on a connection of the database's owner. */
export async function asOwner<T>(
  adminUrl: string,
  use: (admin: pg.Client) => Promise<T>,
): Promise<T> {
  const admin = await connect(adminUrl, 'PREAU_DATABASE_ADMIN_URL');
  try {
    return await use(admin);
  } finally {
    await admin.end();
  }
}

/** insufficient_privilege (PostgreSQL, appendix A), of a query or of a step. */
function isForbidden(error: unknown): boolean {
  if (error instanceof Fault) return isForbidden(error.cause);
  return errorCode(error) === '42501';
}

/**
 * PostgreSQL's own words (its appendix A) for a password that isn't right, a database that isn't
 * there, rights that lack, no room for one more; not that it stops.
 */
const REFUSES = /^(28|3D|42|53)\w{3}$/;

/** Connects once, to say in a sentence what is wrong with an address. */
export async function connect(url: string, variable: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  client.on('error', () => {}); // the next query says it
  try {
    await client.connect();
    return client;
  } catch (cause) {
    const why = errorCode(cause) || 'timeout';
    const host = URL.canParse(url) ? new URL(url).host : '?';
    const [fr, en] = REFUSES.test(why)
      ? ['refuse la connexion', 'refuses the connection']
      : ['ne répond pas', 'doesn’t answer'];
    throw new Fault(
      'configuration',
      `La base de données ${host} ${fr} (${why}) : vérifiez ${variable}. / The database ${host} ${en} (${why}): look at ${variable}.`,
      { transient: true, cause },
    );
  }
}

/**
 * Makes the steps that are to come, up to one of them where it is named, and gives their names.
 * Throws a `Fault` as `migrate` does.
 */
export async function runSteps(
  adminUrl: string,
  options: { readonly upTo?: string } = {},
): Promise<string[]> {
  const db = openAsOwner(adminUrl);
  try {
    const migrator = new Migrator({ db, provider: fileProvider() });
    const { error, results } =
      options.upTo === undefined
        ? await migrator.migrateToLatest()
        : await migrator.migrateTo(options.upTo);
    if (error !== undefined) throw stepFault(error);
    return results?.map((step) => step.migrationName) ?? [];
  } finally {
    await db.destroy();
  }
}

/**
 * One connection as the owner, for steps. What happens to it once it is closed is nobody's error: a
 * pool ends before the server has heard so, which may stop in that moment.
 */
export function openAsOwner(
  adminUrl: string,
  options: Pick<pg.PoolConfig, 'verify'> = {},
): Kysely<Database> {
  const pool = new pg.Pool({ connectionString: adminUrl, max: 1, types: VALUE_TYPES, ...options });
  pool.on('error', () => {});
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
}

function stepFault(cause: unknown): Fault {
  const message = cause instanceof Error ? cause.message : String(cause);
  if (!message.startsWith('corrupted migrations'))
    return new Fault('store-down', `migration : ${message}`, { transient: false, cause });
  return new Fault(
    'configuration',
    `La base de données vient d’une autre version de Préau : mettez Préau à jour, ou revenez au point d’avant sa mise à jour par preau restore --to. / The database is of another version of Préau: update Préau, or come back to the point before its upgrade by preau restore --to.`,
    { transient: false, cause },
  );
}

/** Kysely's own provider imports every script of the folder. */
function fileProvider(): MigrationProvider {
  return {
    async getMigrations() {
      const migrations: Record<string, Migration> = {};
      for (const name of stepNames()) migrations[name] = await migrationOf(name);
      return migrations;
    },
  };
}

/** A step of this version, by its name. */
export async function migrationOf(name: string): Promise<Migration> {
  const step: unknown = await import(pathToFileURL(`${FOLDER}/${name}.ts`).href);
  if (!isMigration(step)) throw new Error(`${name} is no step`);
  return step;
}

const isMigration = (step: unknown): step is Migration =>
  typeof step === 'object' && step !== null && 'up' in step && typeof step.up === 'function';

/** The steps of this version, in their order. */
export function stepNames(): readonly string[] {
  return readdirSync(FOLDER)
    .filter((file) => MIGRATION_FILE.test(file))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
}

/**
 * Says in the schema's own comment which step was its last: Kysely's list of them is the owner's
 * alone, and the application wants to know whether it fits.
 */
async function noteStep(admin: pg.Client): Promise<void> {
  const last = stepNames().at(-1) ?? '';
  await admin.query(`comment on schema public is ${admin.escapeLiteral(last)}`);
}

/**
 * What PostgreSQL says where a role is changed twice at one moment: roles are the cluster's, and
 * two of its databases may be migrated at once.
 */
const CHANGED_AT_ONCE = 'tuple concurrently updated';
const ROLE_TRIES = 5;

async function makeRole(admin: pg.Client, appUrl: string): Promise<void> {
  for (let tries = 1; ; tries += 1)
    try {
      await admin.query('begin');
      await setRole(admin, appUrl);
      await admin.query('commit');
      return;
    } catch (error) {
      await admin.query('rollback');
      const isAtOnce = error instanceof Error && error.message === CHANGED_AT_ONCE;
      if (!isAtOnce || tries === ROLE_TRIES) throw error;
    }
}

/**
 * The application's role reads and writes rows and no more: it owns nothing, changes no schema,
 * empties no table.
 */
async function setRole(admin: pg.Client, appUrl: string): Promise<void> {
  const { username, password } = new URL(appUrl);
  const role = admin.escapeIdentifier(decodeURIComponent(username));
  const known = await admin.query('select 1 from pg_roles where rolname = $1', [
    decodeURIComponent(username),
  ]);
  const rights = `login nosuperuser nobypassrls nocreatedb nocreaterole noreplication`;
  await admin.query(
    known.rowCount === 0 ? `create role ${role} ${rights}` : `alter role ${role} login`,
  );
  await admin.query(
    `alter role ${role} password ${admin.escapeLiteral(decodeURIComponent(password))}`,
  );
  for (const schema of ['public', 'bullmq']) {
    await admin.query(`grant usage on schema ${schema} to ${role}`);
    await admin.query(
      `grant select, insert, update, delete on all tables in schema ${schema} to ${role}`,
    );
    await admin.query(`grant usage, select on all sequences in schema ${schema} to ${role}`);
  }
  await admin.query(`revoke all on kysely_migration, kysely_migration_lock from ${role}`);
  await admin.query(`grant execute on all functions in schema bullmq to ${role}`);
}
