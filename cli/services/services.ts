import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from '../../core/ground/config.ts';
import { errorCode, Fault } from '../../core/ground/fault.ts';
import { connect } from '../../core/store/migrate.ts';
import { archivingOf } from '../backup/repository/archiving.ts';
import { startClamd } from '../launcher/clamd.ts';
import { lockFolder } from '../launcher/lock.ts';
import { openHome, unfinishedRestore, type Home } from '../launcher/paths.ts';
import { passwordsFile } from '../launcher/postgres-passwords.ts';
import { startPostgres } from '../launcher/postgres.ts';
import { RESTORE_WRONG } from '../texts/backup.ts';
import { FILES_WRONG } from '../texts/way-back.ts';

export interface Services {
  /** The configuration with the addresses of what was started here. */
  readonly config: Config;
  /** Where the cluster lies, for those who want to throw it away. */
  readonly folder: string;
  /** Stops what was started here, the database last. */
  stop(): Promise<void>;
}

interface ServicesStarting {
  readonly log: Logger;
  readonly signal: AbortSignal;
  /** Of PostgreSQL, `name=value`, beyond ours: tests forget the disk. */
  readonly settings?: readonly string[];
}

/**
 * Starts what the configuration leaves to us, PostgreSQL and clamd, and takes the data folder for
 * this process when it does. Writes `services.json` there (readable by us alone) for scripts that
 * look from outside; throws a `Fault`, with everything stopped again.
 */
export async function startServices(config: Config, options: ServicesStarting): Promise<Services> {
  const home = openHome(config.dataDir);
  needWhole(config.dataDir);
  const { processes, maxMessageBytes } = config;
  const embedded = config.databaseUrl === null || config.clamd === null;
  // roles on services of others may share a folder: keys, certificate
  const unlock = embedded ? lockFolder(config.dataDir) : () => {};
  const stops: (() => Promise<void>)[] = [];
  const record = join(config.dataDir, 'services.json');
  const stop = async () => {
    note = () => {};
    if (embedded) rmSync(record, { force: true });
    for (const each of stops.reverse()) await each();
    stops.length = 0;
    unlock();
  };
  let note = () => {}; // until all of them run there is nothing to write down
  const own = { ...options, onRestart: () => note() };
  try {
    const [postgres, clamd] = await settleAll([
      config.databaseUrl === null
        ? startEmbedded(home, config, own).then(noted)
        : Promise.resolve(null),
      config.clamd === null
        ? startClamd(home, { port: config.clamdPort, maxMessageBytes, processes, ...own }).then(
            noted,
          )
        : Promise.resolve(null),
    ]);
    const found = {
      databaseUrl: postgres?.databaseUrl ?? config.databaseUrl,
      databaseAdminUrl: postgres?.adminUrl ?? config.databaseAdminUrl,
      clamd: clamd?.address ?? config.clamd,
    };
    if (embedded)
      note = () =>
        writeWhole(
          record,
          JSON.stringify({
            pid: process.pid,
            postgresPid: postgres?.pid() ?? null,
            clamdPid: clamd?.pid() ?? null,
            ...found,
          }),
        );
    note();
    return { config: Object.freeze({ ...config, ...found }), folder: home.serviceDir, stop };
  } catch (error) {
    await stop();
    throw error;
  }

  function noted<Started extends { stop(): Promise<void> }>(started: Started): Started {
    stops.push(started.stop);
    return started;
  }
}

/** A restore that was cut short left no town's mail: nothing may take it for one. */
function needWhole(dataDir: string): void {
  if (existsSync(unfinishedRestore(dataDir)))
    throw new Fault('configuration', RESTORE_WRONG.cutShort(dataDir), { transient: false });
}

/** PostgreSQL, and what keeps its log in the repository of the backups where there is one. */
async function startEmbedded(
  home: Home,
  config: Config,
  options: ServicesStarting & { readonly onRestart: () => void },
) {
  const { settings: archiving, begin } = await archivingOf(home, config, options);
  const settings = [...archiving, ...(options.settings ?? [])];
  const { pgPort: port, processes } = config;
  const postgres = await startPostgres(home, { ...options, port, processes, settings }).catch(
    (error: unknown) => {
      throw wontStart(error, home);
    },
  );
  try {
    await needPassword(postgres.adminUrl, home);
    await begin(postgres.adminUrl);
    return postgres;
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

/** What PostgreSQL itself said, in a sentence that says where to go from there. */
function wontStart(error: unknown, { serviceDir }: Home): unknown {
  if (!(error instanceof Fault) || error.code !== 'store-down') return error;
  const said = /(?:FATAL|PANIC): *([^\n]*)/.exec(error.detail)?.[1] ?? error.detail;
  const why = said.replaceAll(/\s+/g, ' ').trim();
  const sentence = FILES_WRONG.clusterWontStart(join(serviceDir, 'postgres'), why);
  return new Fault('configuration', sentence, { transient: false, cause: error });
}

/** PostgreSQL's appendix A: invalid_password. */
const INVALID_PASSWORD = '28P01';

/** The password on disk opens the database, or a sentence says which file doesn't. */
async function needPassword(adminUrl: string, { dataDir }: Home): Promise<void> {
  try {
    await (await connect(adminUrl, 'PREAU_DATABASE_ADMIN_URL')).end();
  } catch (error) {
    const isPassword = error instanceof Fault && errorCode(error.cause) === INVALID_PASSWORD;
    if (!isPassword) throw error;
    throw new Fault('configuration', FILES_WRONG.passwordsRefused(passwordsFile(dataDir)), {
      transient: false,
    });
  }
}

/** Whoever reads it finds the old one or the new one, and nothing half written. */
function writeWhole(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

/** All of them, also when one fails: what the others started must be known before it is stopped. */
async function settleAll<A, B>(starts: readonly [Promise<A>, Promise<B>]): Promise<[A, B]> {
  await Promise.allSettled(starts);
  return Promise.all(starts);
}
