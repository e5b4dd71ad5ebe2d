import { chownSync, existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { BACKUP_DAYS } from '../../../core/ground/backup-days.ts';
import { Fault } from '../../../core/ground/fault.ts';
import { asChild, run } from '../../launcher/child.ts';
import { ownFolder, type Home } from '../../launcher/paths.ts';
import { aptInstall, findProgram } from '../../launcher/programs.ts';
import { BACKUP_WRONG } from '../../texts/backup.ts';
import { readDestination } from './destination.ts';
import { isSilence, makeRepository } from './folder.ts';
import { gently } from './gently.ts';
import type { BackupKey } from './key.ts';
import { loginKey } from './sftp/login-key.ts';
import { sftpOptions } from './sftp/options.ts';
import { openSideFiles } from './side-files.ts';

/** pgBackRest's name for one database in a repository. */
export const STANZA = 'preau';
/** Characters of a list of what is kept: a month of segments, one a minute, is a tenth of it. */
const MOST_OUTPUT = 64 * 1_048_576;
/** Characters of what pgBackRest says that a person sees. */
const MAX_SAID = 300;

/** What reads or writes all of it while people are at work: one process, and behind theirs. */
const GENTLE: ReadonlySet<string> = new Set(['backup', 'verify']);

/** pgBackRest on one data folder and one repository, as the user that PostgreSQL runs as. */
export interface PgBackRest {
  /** What PostgreSQL runs for each segment of its log (its manual, 25.3). */
  readonly archiveCommand: string;
  /** Runs one of its commands to the end, on the stanza. */
  run(
    command: string,
    options: readonly string[],
    connection?: { readonly adminUrl: string },
  ): Promise<BackupRun>;
}

/** `code` is pgBackRest's own (its error.h), null where it said none. */
export type BackupRun =
  | { readonly kind: 'done'; readonly output: string }
  | { readonly kind: 'failed'; readonly code: number | null; readonly said: string };

/** Errors that a person can act on. */
export const ERRORS = { otherDatabase: [28, 51], busy: [50], notArchiving: [87] } as const;

interface RepositoryWish {
  /** PREAU_BACKUP. */
  readonly repository: string;
  readonly key: BackupKey;
  /** The cluster's folder. */
  readonly cluster: string;
  readonly log: Logger;
  readonly signal: AbortSignal;
  /** For whoever goes on without a folder that gives no answer within so long: it is only said. */
  readonly goesOnAfterMs?: number;
}

/**
 * Opens pgBackRest on a repository: finds it on the PATH, or installs it where we are root on
 * Debian; writes its settings, which hold the key, for PostgreSQL's user alone to read. Throws a
 * `Fault` 'configuration'.
 */
export async function openPgBackRest(home: Home, given: RepositoryWish): Promise<PgBackRest> {
  const program = findProgram('pgbackrest') ?? (await install(given));
  const work = join(home.serviceDir, 'backup');
  ownFolder(work, home.runAs, 0o700);
  const settings = join(work, 'pgbackrest.conf');
  const repository = await repositoryOptions(home, given, work);
  writeOptions(home, settings, optionsFor(given, { work, repository }));
  const options = [`--config=${settings}`, `--stanza=${STANZA}`];
  return {
    archiveCommand: [program, ...options, 'archive-push', '%p'].map(forShell).join(' '),
    async run(command, more, connection) {
      const child = asChild(home.runAs, work);
      const { env, port } = connection ? connecting(connection.adminUrl) : { env: {}, port: [] };
      const line = [program, command, ...options, ...port, ...more] as const;
      const [first, ...rest] = GENTLE.has(command) ? gently(line) : line;
      const { code, output } = await run(first, rest, {
        ...child,
        env: { ...child.env, ...env },
        signal: given.signal,
        mostOutput: MOST_OUTPUT,
      });
      return code === 0 ? { kind: 'done', output } : failed(output);
    },
  };
}

async function install({
  log,
  signal,
}: {
  readonly log: Logger;
  readonly signal: AbortSignal;
}): Promise<string> {
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    log.info('installing pgbackrest by apt-get, once');
    await aptInstall(['pgbackrest'], signal);
  }
  const program = findProgram('pgbackrest');
  if (program !== null) return program;
  throw new Fault('configuration', BACKUP_WRONG.noProgram, { transient: false });
}

/** Where pgBackRest keeps its own in a repository; PostgreSQL's user must come to it. */
async function repositoryOptions(
  home: Home,
  wish: RepositoryWish,
  work: string,
): Promise<readonly string[]> {
  const { repository, key, signal } = wish;
  const destination = readDestination(repository);
  const own = join(destination.path, 'pgbackrest');
  if (destination.kind === 'folder') {
    await makeFolder(destination.path, home, wish);
    return [`repo1-path=${own}`];
  }
  const login = join(work, 'login.key');
  writeOptions(home, login, loginKey(key).file);
  const { fingerprint } = destination;
  // throws the sentence that says which one is shown
  if (fingerprint === null) await openSideFiles(repository, { key, signal }).look();
  return [
    `repo1-path=${own}`,
    ...sftpOptions(destination, { login, fingerprint: fingerprint ?? '' }),
  ];
}

async function makeFolder(
  root: string,
  { runAs }: Home,
  { log, goesOnAfterMs }: RepositoryWish,
): Promise<void> {
  await makeRepository(root, runAs, goesOnAfterMs).catch((error: unknown) => {
    if (goesOnAfterMs === undefined || !isSilence(error)) throw error;
    log.warn(BACKUP_WRONG.startsWithout(root));
  });
}

/** pgBackRest's settings (its manual, « Configuration Reference »). */
function optionsFor(
  { key, cluster }: { readonly key: BackupKey; readonly cluster: string },
  { work, repository }: { readonly work: string; readonly repository: readonly string[] },
): string {
  return [
    '[global]',
    ...repository,
    'repo1-cipher-type=aes-256-cbc',
    `repo1-cipher-pass=${key}`,
    'repo1-bundle=y',
    'repo1-block=y',
    'repo1-retention-full-type=time',
    `repo1-retention-full=${BACKUP_DAYS}`,
    'compress-type=zst',
    'start-fast=y',
    'process-max=1',
    `lock-path=${join(work, 'lock')}`,
    `spool-path=${join(work, 'spool')}`,
    'log-level-file=off',
    'log-level-console=off',
    'log-level-stderr=error',
    'log-timestamp=n',
    '',
    `[${STANZA}]`,
    `pg1-path=${cluster}`,
    'pg1-user=preau',
    'pg1-database=preau',
    '',
  ].join('\n');
}

/** Whoever archives just now finds the old settings or the new ones, and nothing half written. */
function writeOptions({ runAs }: Home, path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600 });
  if (runAs !== null) chownSync(`${path}.new`, runAs.uid, runAs.gid);
  renameSync(`${path}.new`, path);
}

/**
 * By libpq's own variables: pgBackRest knows no password and no TCP (PostgreSQL's manual, 32.15).
 */
function connecting(adminUrl: string): {
  readonly env: Readonly<Record<string, string>>;
  readonly port: readonly string[];
} {
  const { port, password } = new URL(adminUrl);
  return {
    env: { PGHOST: '127.0.0.1', PGPASSWORD: decodeURIComponent(password) },
    port: [`--pg1-port=${port}`],
  };
}

function failed(output: string): BackupRun {
  const [, code, said] = /ERROR: \[(\d{3})\]: ([^]*)/.exec(output) ?? [];
  return {
    kind: 'failed',
    code: code === undefined ? null : Number(code),
    said: (said ?? output).replaceAll(/\s+/g, ' ').trim().slice(0, MAX_SAID),
  };
}

/** A word for sh; PostgreSQL reads `%` first, and `%p` alone is meant. */
function forShell(word: string): string {
  return word === '%p'
    ? '"%p"'
    : `'${word.replaceAll("'", String.raw`'\''`).replaceAll('%', '%%')}'`;
}
