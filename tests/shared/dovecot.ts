/**
 * A real Dovecot on a loopback port, for what must be tried against another IMAP server; null where
 * Debian's isn't installed.
 */
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { answers } from './answers.ts';
import { freePort } from './free-port.ts';

export interface Dovecot {
  readonly pid: number;
  readonly port: number;
  /** Any user's. */
  readonly password: string;
  /** May sign in for anybody, by authzid or as `user*admin`. */
  readonly admin: { readonly user: string; readonly password: string };
  /** Where a user's mail lies: a Maildir. */
  maildir(user: string): string;
  stop(): Promise<void>;
}

const PROGRAM = '/usr/sbin/dovecot';
const STARTED_MS = 10_000;

export const hasDovecot = (): boolean => existsSync(PROGRAM) && process.getuid?.() === 0;

export async function startDovecot(): Promise<Dovecot> {
  const folder = mkdtempSync(join(tmpdir(), 'preau-dovecot-'));
  chmodSync(folder, 0o777);
  const port = await freePort();
  const password = 'ancien';
  const admin = { user: 'admin', password: 'chef' };
  writeFileSync(join(folder, 'admins'), `${admin.user}:{PLAIN}${admin.password}\n`);
  writeFileSync(join(folder, 'dovecot.conf'), conf({ folder, port, password }));
  // by the machine's own clock: its many small programs don't start well with a library before them
  const { LD_PRELOAD: _, ...variables } = process.env;
  const child = spawn(PROGRAM, ['-F', '-c', join(folder, 'dovecot.conf')], {
    stdio: 'ignore',
    env: variables,
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  const until = Date.now() + STARTED_MS;
  while (!(await answers('data', port))) {
    if (Date.now() > until || child.exitCode !== null) throw new Error('Dovecot did not start');
    await sleep(50);
  }
  return {
    pid: child.pid ?? 0,
    port,
    password,
    admin,
    maildir: (user) => join(folder, 'mail', user, 'Maildir'),
    async stop() {
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const conf = ({
  folder,
  port,
  password,
}: {
  readonly folder: string;
  readonly port: number;
  readonly password: string;
}): string => `
dovecot_config_version = 2.4.1
dovecot_storage_version = 2.4.1
base_dir = ${folder}/run
state_dir = ${folder}/run
log_path = ${folder}/log
info_log_path = /dev/null
protocols = imap
listen = 127.0.0.1
first_valid_uid = 1
auth_allow_cleartext = yes
auth_mechanisms = plain login
auth_master_user_separator = *
ssl = no
mail_driver = maildir
mail_path = ~/Maildir
mail_home = ${folder}/mail/%{user | username}
mail_uid = mail
mail_gid = mail
mail_max_userip_connections = 100
passdb passwd-file {
  passwd_file_path = ${folder}/admins
  master = yes
  result_success = continue
}
passdb static {
  password = ${password}
}
userdb static {
}
namespace inbox {
  inbox = yes
  separator = /
  mailbox Drafts {
    special_use = \\Drafts
    auto = subscribe
  }
  mailbox Sent {
    special_use = \\Sent
    auto = subscribe
  }
  mailbox Trash {
    special_use = \\Trash
    auto = subscribe
  }
}
namespace public {
  type = public
  separator = /
  prefix = Public/
  mail_path = ${folder}/public
}
service imap-login {
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
`;
