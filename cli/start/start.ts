import { availableParallelism, totalmem } from 'node:os';
import type { Logger } from 'pino';
import type { Core } from '../../core/core.ts';
import { Closers } from '../../core/ground/closers.ts';
import { redacted, urlHost, type Config } from '../../core/ground/config.ts';
import { Fault } from '../../core/ground/fault.ts';
import { requireIsolation } from '../../core/store/isolation.ts';
import { requireSecret } from '../../core/store/secret-mark.ts';
import { isPrivate } from '../demo.ts';
import { DEMO_PASSWORD, signIns } from '../demo/seed.ts';
import { startServices } from '../services/services.ts';
import { findVoice } from '../services/voice.ts';
import { TEXTS } from '../texts/launcher.ts';
import type { Point } from '../upgrade/point.ts';
import { sentenceOfPoint } from '../upgrade/say-point.ts';
import { upgrade } from '../upgrade/upgrade.ts';
import { howManyProcesses } from './processes/how-many.ts';
import { startProcesses } from './processes/processes.ts';
import { needPorts, type Addresses, type RoleName } from './role-names.ts';
import type { StartOutcome } from './serve.ts';
import { beginSpeech } from './speech.ts';

const MEGABYTE = 1_048_576;

interface StartWish {
  readonly roles: readonly RoleName[];
  /** How many processes serve; null leaves it to the machine. */
  readonly processes: number | null;
  readonly demo: boolean;
  readonly log: Logger;
  /** Aborted when the person has had enough: what was started is stopped again. */
  readonly signal: AbortSignal;
}

interface Started {
  readonly addresses: Addresses;
  /** How many serve. */
  readonly processes: number;
  /** The link of the first agent, where there is none yet. */
  readonly setup: string | null;
  /** Sentences to print, for people. */
  readonly greeting: string;
  stop(): Promise<void>;
}

/**
 * Starts everything that this process is to be, in order; when a step fails, what came before is
 * stopped. Throws a `Fault`.
 */
export async function start(given: Config, wish: StartWish): Promise<Started> {
  const { log, signal } = wish;
  const mayBeDemo = wish.demo && isPrivate(given);
  const config = Object.freeze({ ...given, processes: processesFor(wish, { isDemo: mayBeDemo }) });
  log.info({ config: redacted(config) }, 'configuration');
  await needPorts(config, wish.roles);
  const closers = new Closers(log);
  try {
    const services = await startServices(config, { log, signal });
    closers.add(services.stop);
    signal.throwIfAborted();
    const point = await prepareDatabase(services.config, { log, signal });
    const voice = await findVoice(config, { log, signal });
    signal.throwIfAborted();
    const serve = config.processes > 1 ? serveInSeveral : serveHere;
    const ready = Object.freeze({ ...services.config, voice });
    const serving = await serve(ready, { ...wish, demo: mayBeDemo }, closers);
    // A database that isn't ours has its own backups.
    const nightly = given.databaseUrl === null ? ready : { ...ready, backup: null };
    if (ready.databaseAdminUrl !== null) closers.add(await startNights(nightly, log));
    if (given.databaseUrl !== null && wish.roles.includes('worker'))
      closers.add((await import('../backup/own/keep-ledger.ts')).keepLedger(ready, log));
    if (wish.roles.includes('web')) closers.add(beginSpeech(ready, log));
    const { addresses, memoryBytes, link } = serving;
    log.info({ processes: memoryBytes.length, memoryBytes }, 'serving');
    return {
      addresses,
      processes: memoryBytes.length,
      setup: link?.address ?? null,
      greeting: greeting(config, serving, point),
      stop: () => closers.closeAll(),
    };
  } catch (error) {
    await closers.closeAll();
    throw error;
  }
}

/** What is done by night; gives what ends it. */
async function startNights(config: Config, log: Logger): Promise<() => Promise<void>> {
  const nights = await import('../nights/nights.ts');
  return (await nights.startNights(config, { log })).stop;
}

function processesFor(
  { processes, roles }: StartWish,
  { isDemo }: { readonly isDemo: boolean },
): number {
  return howManyProcesses({
    asked: processes,
    roles,
    isDemo,
    machine: { cores: availableParallelism(), freeBytes: freeBytes() },
  });
}

/**
 * What a limit of the system leaves to us alone (systemd, a container); of a whole machine half:
 * the other is PostgreSQL's and clamd's.
 */
function freeBytes(): number {
  const limit = process.constrainedMemory();
  const isOurs = limit > 0 && limit < totalmem();
  return isOurs ? process.availableMemory() : process.availableMemory() / 2;
}

type Serving = StartOutcome & {
  /** What each process takes of memory, in bytes. */
  readonly memoryBytes: readonly number[];
};

/** Serves in this process. */
async function serveHere(config: Config, wish: StartWish, closers: Closers): Promise<Serving> {
  const { roles, demo, signal } = wish;
  const { openCore } = await import('../../core/open.ts');
  const core = closers.with(await openCore(config));
  signal.throwIfAborted();
  const { serveFirst } = await import('./serve.ts');
  const { close, ...served } = await serveFirst(core, { roles, mayBeDemo: demo, signal });
  closers.add(close);
  return { ...served, memoryBytes: [process.memoryUsage.rss()] };
}

/** Serves in several processes; this one looks after them, and loads nothing of the mail. */
async function serveInSeveral(config: Config, wish: StartWish, closers: Closers): Promise<Serving> {
  const { roles, demo, log, signal } = wish;
  const { close, ...served } = await startProcesses(config, {
    roles,
    mayBeDemo: demo,
    log,
    signal,
  });
  closers.add(close);
  return served;
}

interface StartParts {
  readonly log: Core['log'];
  readonly signal: AbortSignal;
  readonly clock?: () => Date;
}

/** As `prepareDatabase`, and opens core. */
export async function openOn(config: Config, options: StartParts): Promise<Core> {
  await prepareDatabase(config, options);
  const { openCore } = await import('../../core/open.ts');
  return openCore(config, options);
}

/**
 * Migrates where the owner's address is known, makes sure that the database keeps schools apart,
 * and that the secret is the one it was filled with. Gives the point to come back to where the
 * schema was changed.
 */
async function prepareDatabase(
  config: Config,
  around: { readonly log: Core['log']; readonly signal: AbortSignal },
): Promise<Point | null> {
  const { databaseUrl, databaseAdminUrl, secretFile } = config;
  if (databaseUrl === null)
    throw new Fault('configuration', 'PREAU_DATABASE_URL', { transient: false });
  const point = databaseAdminUrl === null ? null : await bringUpToDate(config, around);
  await requireIsolation(databaseUrl);
  await requireSecret(databaseUrl, secretFile);
  return point;
}

async function bringUpToDate(
  config: Config,
  around: { readonly log: Core['log']; readonly signal: AbortSignal },
): Promise<Point | null> {
  const { steps, point } = await upgrade(config, { point: 'wanted', ...around });
  if (point !== null) around.log.warn({ steps, point }, 'the schema was brought up to date');
  return point;
}

function greeting(
  config: Config,
  { addresses, memoryBytes, demo, link }: Serving,
  point: Point | null,
): string {
  const host = urlHost(config.host);
  const { smtp, imap, web } = addresses;
  const at = (port: number): string => `${host}:${port}`;
  const says = TEXTS.greeting;
  const lines = ['', says.ready];
  if (web !== null) lines.push(says.pages(web));
  if (smtp !== null)
    lines.push(says.mx(at(smtp.mx)), says.submission(at(smtp.submission), at(smtp.submissions)));
  if (imap !== null) lines.push(says.imap(at(imap.imap), at(imap.imaps)));
  if (memoryBytes.length > 1)
    lines.push(says.processes(memoryBytes.length, Math.round(Math.max(...memoryBytes) / MEGABYTE)));
  if (demo)
    lines.push(
      '',
      says.signIns(DEMO_PASSWORD),
      ...signIns(config.domain).map((address) => `  ${address}`),
    );
  if (link !== null) lines.push('', link.sentence.trimEnd());
  if (point !== null) lines.push('', sentenceOfPoint(point));
  return [...lines, '', says.howToStop, ''].join('\n');
}
