import { cpSync, copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DebianMachine } from './machine.ts';
import { shellLinesUnder } from './readme-lines.ts';
import { DOMAIN, HOST } from './surroundings.ts';

const PAGE = fileURLToPath(new URL('../../../docker/backup.md', import.meta.url));
/** Where the key lies meanwhile, instead of on paper. */
const KEY = '/root/backup.key';
/** What a lost machine takes with it: all but the disk of the backups. */
const LOST = [
  "systemctl disable --now preau.target preau-backup.timer && systemctl stop 'preau@*' preau-migrate",
  'pg_dropcluster --stop 17 main',
  'rm -rf /var/lib/preau /etc/preau /etc/pgbackrest.conf /etc/systemd/system/preau-backup.*',
  'apt-get purge --yes pgbackrest',
];
/** What an empty machine has after the README's lines down to `install.sh`. */
const EMPTY = [
  'pg_createcluster 17 main && systemctl start postgresql@17-main',
  `cd /opt/preau && sh docker/systemd/install.sh ${DOMAIN} ${HOST}`,
];
const SCHOOLS = 'select count(*) from school';
const RESTORED = 'select count(*) from restoration';

type Say = (line: string) => void;

/**
 * The lines of docker/backup.md, typed as they stand there: the stanza of Debian's own PostgreSQL
 * and its check, then the machine lost, and its way back.
 */
export async function seeBackups(machine: DebianMachine, say: Say): Promise<void> {
  const begun = Date.now();
  const before = await machine.run('preau backup check');
  if (before.code !== 1) throw new Error(`nothing is backed up, and: ${before.output}`);
  await type(machine, shellLinesUnder('## Once', PAGE));
  const schools = await asked(machine, SCHOOLS);
  await machine.must(`cp /var/lib/preau/backup.key ${KEY}`);
  for (const line of [...LOST, ...EMPTY]) await machine.must(line);
  await type(machine, shellLinesUnder('## The way back', PAGE));
  const found = [await asked(machine, SCHOOLS), await asked(machine, RESTORED)];
  if (found.join() !== `${schools},1`) throw new Error(`${found.join()} instead of ${schools},1`);
  await machine.must('systemctl is-active preau@smtp preau@imap preau@web preau@worker');
  say(
    `  its own PostgreSQL backed up, lost, restored: ${Math.round((Date.now() - begun) / 1_000)} s`,
  );
}

async function type(machine: DebianMachine, lines: readonly string[]): Promise<void> {
  for (const line of lines) {
    const typed = line.replace(/^preau backup key --key -$/, `$& < ${KEY}`);
    if (line.startsWith('apt-get')) await withNames(machine, typed);
    else await machine.must(typed);
  }
}

/** Its own zone knows nothing of Debian's servers. */
async function withNames({ root, must }: DebianMachine, line: string): Promise<void> {
  const own = join(root, 'etc/resolv.conf');
  copyFileSync(own, `${own}.zone`);
  cpSync('/etc/resolv.conf', own);
  await must(line);
  copyFileSync(`${own}.zone`, own);
}

async function asked(machine: DebianMachine, query: string): Promise<string> {
  const said = await machine.must(`runuser -u postgres -- psql -At preau -c '${query}'`);
  return said.trim();
}
