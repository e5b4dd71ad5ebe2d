import { chmodSync, chownSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DOMAIN, PASSWORD } from './stack.ts';
import { idsOf } from './users.ts';

interface PeerSettings {
  readonly folder: string;
  readonly smtp: number;
  readonly imap: number;
  readonly lmtp: number;
  readonly clamdSocket: string;
  readonly userLimit: 'unlimited' | null;
}

/** Folders with the owners that the peers insist on. */
export function makePeerFolders(folder: string): void {
  for (const name of ['.', 'etc', 'spool', 'lib', 'log', 'run', 'mail', 'milter']) {
    mkdirSync(join(folder, name), { recursive: true });
    chmodSync(join(folder, name), 0o755);
  }
  for (const [name, user] of [
    ['lib', 'postfix'],
    ['mail', 'mail'],
    ['milter', 'clamav'],
  ] as const) {
    const ids = idsOf(user);
    if (ids) chownSync(join(folder, name), ids.uid, ids.gid);
  }
}

/**
 * Postfix scans in the session, so that it can refuse there, and hands over to Dovecot by LMTP. It
 * syncs each queue file before its 250, as it does by default.
 */
export function postfixMain({ folder, lmtp }: PeerSettings): string {
  return [
    'compatibility_level = 3.6',
    `queue_directory = ${join(folder, 'spool')}`,
    `data_directory = ${join(folder, 'lib')}`,
    'command_directory = /usr/sbin',
    'daemon_directory = /usr/lib/postfix/sbin',
    `maillog_file = ${join(folder, 'log', 'maillog')}`,
    `maillog_file_prefixes = ${join(folder, 'log')}`,
    `myhostname = mx.${DOMAIN}`,
    'mydestination =',
    'inet_interfaces = 127.0.0.1',
    'inet_protocols = ipv4',
    'mynetworks = 127.0.0.0/8',
    `virtual_mailbox_domains = ${DOMAIN}`,
    `virtual_transport = lmtp:inet:127.0.0.1:${lmtp}`,
    'local_recipient_maps =',
    'alias_maps =',
    'alias_database =',
    'message_size_limit = 41943040',
    'mailbox_size_limit = 0',
    'smtpd_recipient_limit = 2000',
    'smtpd_client_connection_count_limit = 0',
    'biff = no',
    'disable_dns_lookups = yes',
    'smtpd_peername_lookup = no',
    'lmtp_tls_security_level = none',
    'smtpd_tls_security_level = none',
    `smtpd_milters = unix:${join(folder, 'milter', 'milter.sock')}`,
    'milter_default_action = tempfail',
    '',
  ].join('\n');
}

/**
 * The services of Postfix's own master.cf that this path needs, none in a chroot: the queue is a
 * scratch folder.
 */
export function postfixMaster({ smtp }: PeerSettings): string {
  const unix = (name: string, rest: string) => `${name} unix ${rest}`;
  return [
    `127.0.0.1:${smtp} inet n - n - - smtpd`,
    unix('pickup', 'n - n 60 1 pickup'),
    unix('cleanup', 'n - n - 0 cleanup'),
    unix('qmgr', 'n - n 300 1 qmgr'),
    unix('tlsmgr', '- - n 1000? 1 tlsmgr'),
    unix('rewrite', '- - n - - trivial-rewrite'),
    unix('bounce', '- - n - 0 bounce'),
    unix('defer', '- - n - 0 bounce'),
    unix('trace', '- - n - 0 bounce'),
    unix('verify', '- - n - 1 verify'),
    unix('flush', 'n - n 1000? 0 flush'),
    unix('proxymap', '- - n - - proxymap'),
    unix('showq', 'n - n - - showq'),
    unix('error', '- - n - - error'),
    unix('retry', '- - n - - error'),
    unix('discard', '- - n - - discard'),
    unix('lmtp', '- - n - - lmtp'),
    unix('anvil', '- - n - 1 anvil'),
    unix('scache', '- - n - 1 scache'),
    'postlog unix-dgram n - n - 1 postlogd',
    '',
  ].join('\n');
}

export function milterConf({
  folder,
  clamdSocket,
}: Pick<PeerSettings, 'folder' | 'clamdSocket'>): string {
  const own = join(folder, 'milter');
  return [
    `MilterSocket unix:${join(own, 'milter.sock')}`,
    'MilterSocketMode 666',
    'FixStaleSocket yes',
    `ClamdSocket unix:${clamdSocket}`,
    `LogFile ${join(own, 'milter.log')}`,
    `TemporaryDirectory ${own}`,
    'OnInfected Reject',
    'OnFail Defer',
    'MaxFileSize 100M',
    'Foreground yes',
    'User clamav',
    '',
  ].join('\n');
}

/** Dovecot 2.4: any user, one password, maildir. */
export function dovecotConf({ folder, imap, lmtp, userLimit }: PeerSettings): string {
  return `dovecot_config_version = 2.4.1
dovecot_storage_version = 2.4.1
base_dir = ${join(folder, 'run')}
state_dir = ${join(folder, 'run')}
log_path = ${join(folder, 'log', 'dovecot.log')}
info_log_path = /dev/null
protocols = imap lmtp
listen = 127.0.0.1
first_valid_uid = 1
auth_allow_cleartext = yes
auth_mechanisms = plain login
ssl = no
mail_driver = maildir
mail_path = ~/Maildir
mail_home = ${join(folder, 'mail')}/%{user | username}
mail_uid = mail
mail_gid = mail
passdb static {
  password = ${PASSWORD}
}
userdb static {
}
protocol lmtp {
  auth_username_format = %{user | username | lower}
${userLimit === null ? '' : `  lmtp_user_concurrency_limit = ${userLimit}\n`}}
service imap-login {
  inet_listener imap {
    port = ${imap}
  }
  inet_listener imaps {
    port = 0
  }
}
service lmtp {
  inet_listener lmtp {
    port = ${lmtp}
  }
}
`;
}
