import { say, type CommandInput } from './command.ts';
import { isLocked, lockFolder } from './launcher/lock.ts';
import { openHome } from './launcher/paths.ts';
import { newPasswords } from './launcher/postgres-passwords.ts';
import { refused } from './refused.ts';
import { PASSWORDS_SAYS, PASSWORDS_WRONG } from './texts/way-back.ts';

/**
 * `preau database passwords`: new passwords for the roles of the embedded database, whose own are
 * lost. Préau must be stopped.
 */
export async function passwordsCommand({ config, flags, signal }: CommandInput): Promise<number> {
  const { dataDir, databaseUrl } = config;
  if (databaseUrl !== null) throw refused(PASSWORDS_WRONG.ownDatabase);
  if (isLocked(dataDir)) throw refused(PASSWORDS_WRONG.running(dataDir));
  const home = openHome(dataDir);
  const unlock = lockFolder(dataDir);
  try {
    const path = await newPasswords(home, signal);
    if (path === null) throw refused(PASSWORDS_WRONG.noCluster(home.serviceDir));
    say(flags, { path }, PASSWORDS_SAYS.done(path));
    return 0;
  } finally {
    unlock();
  }
}
