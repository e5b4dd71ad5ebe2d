import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Config } from '../../core/ground/config.ts';
import { isHome } from '../launcher/paths.ts';
import { startedAt } from '../launcher/process.ts';
import { refused } from '../refused.ts';
import { TEXTS } from '../texts/launcher.ts';
import { startServices, type Services } from './services.ts';
import { voiceHere } from './voice.ts';

const RECORD = z.object({
  pid: z.number(),
  databaseUrl: z.string().nullable(),
  databaseAdminUrl: z.string().nullable(),
  clamd: z.string().nullable(),
});

interface UsingServices {
  readonly log: Logger;
  readonly signal: AbortSignal;
  /** Of a command that makes a town where there is none; else it is refused there. */
  readonly town?: 'may-be-new';
}

/**
 * The services of the `preau start` that is running on this data folder, or our own for as long as
 * a command takes; those that a variable names are meant in any case. Throws a `Fault`
 * 'configuration' where a town is asked about and the data folder has none: it is another one.
 */
export async function useServices(config: Config, options: UsingServices): Promise<Services> {
  const live = liveConfig(config);
  const { dataDir, databaseUrl } = config;
  if (live === null && databaseUrl === null && options.town !== 'may-be-new' && !isHome(dataDir))
    throw refused(TEXTS.noTown(dataDir));
  if (live === null) return startServices(config, options);
  return { config: live, folder: config.dataDir, stop: async () => {} };
}

/**
 * Does something with the database of a `preau start` that runs, or of our own for as long as it
 * takes: a scanner that is named isn't started.
 */
export async function onDatabase<T>(
  config: Config,
  options: UsingServices,
  use: (config: Config) => Promise<T>,
): Promise<T> {
  const wanted = { ...config, clamd: config.clamd ?? 'unix:/dev/null' };
  const services = await useServices(wanted, options);
  try {
    return await use(services.config);
  } finally {
    await services.stop();
  }
}

/**
 * The configuration with the addresses of the services of the `preau start` that is running on this
 * data folder; null where none is.
 */
export function liveConfig(config: Config): Config | null {
  const found = liveServices(config.dataDir);
  if (found === null) return null;
  const { databaseUrl, databaseAdminUrl } = config.databaseUrl === null ? found : config;
  return Object.freeze({
    ...config,
    databaseUrl,
    databaseAdminUrl,
    clamd: config.clamd ?? found.clamd,
    voice: voiceHere(config),
  });
}

/** Whether a configuration's database is the one that the `preau start` of its folder brought. */
export function isEmbedded({ dataDir, databaseAdminUrl }: Config): boolean {
  return databaseAdminUrl !== null && liveServices(dataDir)?.databaseAdminUrl === databaseAdminUrl;
}

function liveServices(dataDir: string): z.infer<typeof RECORD> | null {
  try {
    const [pid, born] = readFileSync(join(dataDir, 'running'), 'utf8').trim().split(' ');
    const record = RECORD.parse(JSON.parse(readFileSync(join(dataDir, 'services.json'), 'utf8')));
    return record.pid === Number(pid) && startedAt(record.pid) === born ? record : null;
  } catch {
    return null;
  }
}
