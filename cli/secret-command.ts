import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Config } from '../core/ground/config.ts';
import { openLog } from '../core/ground/log.ts';
import { newSecret } from '../core/ground/secret.ts';
import { hangingOnSecret, takeNewSecret } from '../core/store/renewed-secret.ts';
import { wrapBodiesAnew } from './body-keys.ts';
import { say, type CommandInput } from './command.ts';
import { isLocked } from './launcher/lock.ts';
import { refused } from './refused.ts';
import { startServices } from './services/services.ts';
import { BODIES_SAYS } from './texts/bodies.ts';
import { SECRET_SAYS, SECRET_WRONG } from './texts/way-back.ts';
import { upgrade } from './upgrade/upgrade.ts';

/**
 * `preau secret renew`: another key where secret.key is lost, or known to somebody. Says what that
 * ends, and does it with `--i-know` alone. Préau must be stopped: what runs holds the key of
 * before.
 */
export async function renewSecretCommand({ config, flags, signal }: CommandInput): Promise<number> {
  if (isLocked(config.dataDir)) throw refused(SECRET_WRONG.running(config.dataDir));
  if (config.databaseUrl !== null && config.databaseAdminUrl === null)
    throw refused(SECRET_WRONG.ownerMissing);
  const log = openLog({ level: 'error' });
  // Only the database is wanted: a scanner that is named isn't started.
  const services = await startServices(
    { ...config, clamd: config.clamd ?? 'unix:/dev/null' },
    { log, signal },
  );
  try {
    const adminUrl = services.config.databaseAdminUrl ?? '';
    await upgrade(services.config, { point: 'wanted', log, signal });
    if (flags['i-know'] !== true) {
      const lost = await hangingOnSecret(adminUrl);
      say(flags, { renewed: false, lost }, `${SECRET_SAYS.ends(lost)}\n${SECRET_SAYS.howTo}`);
      return 1;
    }
    return await renew(services.config, flags, adminUrl);
  } finally {
    await services.stop();
  }
}

/**
 * The new file lies ready before the database takes its key, and comes to its name after it: cut
 * short in between, a start says that the key is another one, and this is run again.
 */
async function renew(
  config: Config,
  flags: CommandInput['flags'],
  adminUrl: string,
): Promise<number> {
  const path = config.secretFile;
  const ready = `${path}.new`;
  const secret = newSecret();
  writeFileSync(ready, secret, { mode: 0o600, flush: true });
  const lost = await takeNewSecret(adminUrl, Buffer.from(secret.trim(), 'utf8'));
  const aside = existsSync(path) ? keepAside(path) : null;
  renameSync(ready, path);
  const wrapped = await wrapBodiesAnew(config);
  const lines = [SECRET_SAYS.ends(lost), SECRET_SAYS.done(path)];
  if (wrapped !== null) lines.push(BODIES_SAYS.wrappedAnew(wrapped));
  if (aside !== null) lines.push(SECRET_SAYS.aside(aside));
  say(flags, { renewed: true, lost, aside, wrapped }, lines.join('\n'));
  return 0;
}

/** What lay there may be the right key after all, found wrong by a database of another time. */
function keepAside(path: string): string {
  const aside = `${path}.before-${new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '')}`;
  writeFileSync(aside, readFileSync(path), { mode: 0o600, flush: true });
  return aside;
}
