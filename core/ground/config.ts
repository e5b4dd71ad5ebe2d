import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { isReadable } from './config-values.ts';
import { SCHEMA, SECRETS, type GivenVariables } from './config-variables.ts';
import { Fault } from './fault.ts';
import { isLoopback } from './listen.ts';

/**
 * What this process was told by its environment. Ports are TCP ports, 0 is any free
 * one; folders and files are absolute paths.
 */
export interface Config {
  readonly dataDir: string;
  readonly host: string;
  readonly mxPort: number;
  readonly submissionPort: number;
  readonly submissionsPort: number;
  readonly imapPort: number;
  readonly imapsPort: number;
  readonly webPort: number;
  /**
   * Where the pages are served over TLS by ourselves; `webPort` then only leads there. Null is
   * plain HTTP, on loopback or behind a proxy.
   */
  readonly httpsPort: number | null;
  /** Where ACME's HTTP-01 finds its challenges (RFC 8555 §8.3): certbot's webroot. */
  readonly acmeFolder: string;
  readonly domain: string;
  /** Where the pages are seen from, without a slash at its end. */
  readonly publicUrl: string;
  readonly trustedProxy: string | null;
  /**
   * CIDR networks, comma-separated, of proxies that say by a head of their own whom they bring
   * (PROXY protocol); empty where none stands before us.
   */
  readonly proxyProtocol: string;
  /**
   * Domains, comma-separated, whose ARC seals are believed of a letter that a list or a forward has
   * changed; empty when none is told.
   */
  readonly arcSealers: string;
  /**
   * CIDR networks, comma-separated, that the schools' computers stand behind; empty when none is
   * told.
   */
  readonly schoolNetworks: string;
  /** Both set or both null; null is a self-signed certificate in `dataDir`. */
  readonly tlsCertFile: string | null;
  readonly tlsKeyFile: string | null;
  readonly secretFile: string;
  readonly maxMessageBytes: number;
  /** Null is the embedded PostgreSQL; once the launcher has started it, its address. */
  readonly databaseUrl: string | null;
  readonly databaseAdminUrl: string | null;
  /** Null is the queue on PostgreSQL. */
  readonly redisUrl: string | null;
  /** `tcp://host:port` or `unix:/path`; null is the launcher's own clamd. */
  readonly clamd: string | null;
  /** `smtp://[user:password@]host:port`; null is delivery by MX. */
  readonly smarthost: string | null;
  /** Whether an MX may lead to this machine or into a private network, such as the town's own. */
  readonly privateMx: boolean;
  /** What others are told of TLS towards us (RFC 8461 §3.2). */
  readonly mtaSts: 'none' | 'testing' | 'enforce';
  /** `ip` or `ip:port` of a DNS resolver that `doctor` asks; null is the system's. */
  readonly resolver: string | null;
  /**
   * Where the backups are kept: a folder, or `sftp://user@host:port/folder#SHA256:…`; null: none
   * are made.
   */
  readonly backup: string | null;
  /**
   * Where large bodies lie an hour later, an S3-compatible store:
   * `https://access:secret@host/bucket?region=…`; null: in the database, as all else.
   */
  readonly bodies: string | null;
  /** The program espeak-ng that reads aloud; null: the launcher's, or none. */
  readonly voice: string | null;
  /**
   * Where the list of forbidden sites is: a folder, a tar.gz, or an http(s) address that gives one;
   * null: no site is forbidden.
   */
  readonly sites: string | null;
  /** The controller of a town's rspamd, `http://:password@host:11334`; null: none is asked. */
  readonly rspamd: string | null;
  readonly pgPort: number;
  readonly clamdPort: number;
  /** How long a letter written on the pages can be called back; 0: it leaves at once. */
  readonly undoSeconds: number;
  readonly insecureLoopback: boolean;
  /** The name of this machine among those of its cell; null: there is no other. */
  readonly machine: string | null;
  /** How many machines serve one town together, this one counted. */
  readonly machines: number;
  /**
   * Where Patroni of each machine answers, `http://host:8008`, comma-separated; empty: PostgreSQL
   * has no copies.
   */
  readonly patroni: string;
  /**
   * How many processes like this one serve beside each other on this machine, itself counted: each
   * has its share of the limits. The launcher's to say, 1 without it.
   */
  readonly processes: number;
}

/**
 * Reads every variable at once and freezes the result. An empty variable counts as unset; a secret
 * may come from the file that `…_FILE` names. Throws a `Fault` 'configuration' whose detail has one
 * sentence a line, in French / English, for everything that is wrong.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const faults: string[] = [];
  const raw = collect(env, faults);
  const result = SCHEMA.safeParse(raw);
  for (const issue of result.error?.issues ?? [])
    faults.push(sentence(String(issue.path[0]), issue.message, raw));
  if (!result.success || faults.length > 0)
    throw new Fault('configuration', faults.join('\n'), { transient: false });
  return Object.freeze(named(result.data));
}

function collect(
  env: Readonly<Record<string, string | undefined>>,
  faults: string[],
): Record<string, string> {
  const raw: Record<string, string> = {};
  for (const [key, value] of Object.entries(env)) {
    if (!key.startsWith('PREAU_') || value === undefined || value === '') continue;
    if (Object.hasOwn(SCHEMA.shape, key)) raw[key] = value;
    else if (!SECRETS.some((secret) => key === `${secret}_FILE`))
      faults.push(`${key} : cette variable n’existe pas / there is no such variable.`);
  }
  for (const secret of SECRETS) {
    const path = env[`${secret}_FILE`];
    if (path === undefined || path === '') continue;
    if (raw[secret] !== undefined)
      faults.push(
        `${secret} : donné deux fois, aussi par ${secret}_FILE / given twice, by ${secret}_FILE as well.`,
      );
    else if (!isReadable(path))
      faults.push(
        `${secret}_FILE : ce fichier ne peut pas être lu (${path}) / this file can’t be read (${path}).`,
      );
    else raw[secret] = readFileSync(path, 'utf8').trim();
  }
  return raw;
}

function sentence(key: string, message: string, raw: Readonly<Record<string, string>>): string {
  const given = raw[key];
  const isHidden = SECRETS.some((secret) => secret === key);
  // of a list the sentence says itself which item is wrong
  const isSaid = given === undefined || message.includes(`« ${given} »`);
  return `${key} : ${message}${isHidden || isSaid ? '' : ` (« ${given} »)`}.`;
}

function named(given: GivenVariables): Config {
  return {
    dataDir: given.PREAU_DATA,
    host: given.PREAU_HOST,
    mxPort: given.PREAU_MX_PORT,
    submissionPort: given.PREAU_SUBMISSION_PORT,
    submissionsPort: given.PREAU_SUBMISSIONS_PORT,
    imapPort: given.PREAU_IMAP_PORT,
    imapsPort: given.PREAU_IMAPS_PORT,
    webPort: given.PREAU_WEB_PORT,
    httpsPort: given.PREAU_HTTPS_PORT,
    acmeFolder: resolve(given.PREAU_ACME_FOLDER ?? join(given.PREAU_DATA, 'acme')),
    domain: given.PREAU_DOMAIN,
    publicUrl: (given.PREAU_PUBLIC_URL ?? ownUrl(given)).replace(/(?<!\/)\/+$/, ''),
    trustedProxy: given.PREAU_TRUSTED_PROXY,
    proxyProtocol: given.PREAU_PROXY_PROTOCOL,
    arcSealers: given.PREAU_ARC_SEALERS,
    schoolNetworks: given.PREAU_SCHOOL_NETWORKS,
    tlsCertFile: given.PREAU_TLS_CERT,
    tlsKeyFile: given.PREAU_TLS_KEY,
    secretFile:
      given.PREAU_SECRET_FILE === null
        ? join(given.PREAU_DATA, 'secret.key')
        : resolve(given.PREAU_SECRET_FILE),
    maxMessageBytes: given.PREAU_MAX_MESSAGE,
    databaseUrl: given.PREAU_DATABASE_URL,
    databaseAdminUrl: given.PREAU_DATABASE_ADMIN_URL,
    redisUrl: given.PREAU_REDIS_URL,
    clamd: given.PREAU_CLAMD,
    voice: given.PREAU_VOICE,
    smarthost: given.PREAU_SMARTHOST,
    privateMx: given.PREAU_PRIVATE_MX === '1',
    mtaSts: given.PREAU_MTA_STS,
    resolver: given.PREAU_RESOLVER,
    backup: given.PREAU_BACKUP,
    bodies: given.PREAU_BODIES,
    sites: given.PREAU_SITES,
    rspamd: given.PREAU_RSPAMD,
    pgPort: given.PREAU_PG_PORT,
    clamdPort: given.PREAU_CLAMD_PORT,
    undoSeconds: Number(given.PREAU_UNDO_SECONDS),
    insecureLoopback: given.PREAU_INSECURE_LOOPBACK === '1',
    machine: given.PREAU_MACHINE,
    machines: Number(given.PREAU_MACHINES),
    patroni: given.PREAU_PATRONI,
    processes: 1,
  };
}

/** Where the pages are seen from by somebody on this machine. */
function ownUrl(given: GivenVariables): string {
  const host = urlHost(given.PREAU_HOST);
  return given.PREAU_HTTPS_PORT === null
    ? `http://${host}:${given.PREAU_WEB_PORT}`
    : `https://${host}:${given.PREAU_HTTPS_PORT}`;
}

/** The configuration as it may be printed: passwords in addresses become `***`. */
export function redacted(
  config: Config,
): Readonly<Record<string, string | number | boolean | null>> {
  const hide = (address: string | null) =>
    address?.replace(/\/\/([^/@]*)@/, (_all, user: string) => `//${user.split(':')[0]}:***@`) ??
    null;
  return {
    ...config,
    databaseUrl: hide(config.databaseUrl),
    databaseAdminUrl: hide(config.databaseAdminUrl),
    redisUrl: hide(config.redisUrl),
    smarthost: hide(config.smarthost),
    rspamd: hide(config.rspamd),
    bodies: hide(config.bodies),
  };
}

/**
 * Where mail programs find the town's mail: what settings that set themselves say, and what a
 * person types.
 */
export interface MailServers {
  readonly host: string;
  /** TLS from the first byte (RFC 8314 §3), and by STARTTLS. */
  readonly imaps: number;
  readonly imap: number;
  readonly submissions: number;
  readonly submission: number;
}

/**
 * The host that the pages are seen on, with the field's own ports (RFC 8314 §7.3); on loopback, the
 * ports of this machine.
 */
export function mailServers({
  publicUrl,
  imapsPort,
  imapPort,
  submissionsPort,
  submissionPort,
}: Config): MailServers {
  const host = new URL(publicUrl).hostname.replace(/^\[|\]$/g, '');
  return isLoopback(host)
    ? {
        host,
        imaps: imapsPort,
        imap: imapPort,
        submissions: submissionsPort,
        submission: submissionPort,
      }
    : { host, imaps: 993, imap: 143, submissions: 465, submission: 587 };
}

/** An address as it stands in a URL: IPv6 in brackets (RFC 3986 §3.2.2). */
export function urlHost(host: string): string {
  return isIP(host) === 6 ? `[${host}]` : host;
}

/** A library for each program to load first, and what libfaketime is told by. */
const PRELOADS = [
  'LD_PRELOAD',
  'FAKETIME',
  'FAKETIME_TIMESTAMP_FILE',
  'FAKETIME_CACHE_DURATION',
  'FAKETIME_DONT_FAKE_MONOTONIC',
];

/**
 * The variables of whoever started us that hold for every program of ours, PostgreSQL and clamd
 * too, though they are given no other: what the owner of the machine has them load first.
 */
export function preloads(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    PRELOADS.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** How the service is set: this record of core, or `Name` of it alone. */
export interface WithConfig<Name extends keyof Config = keyof Config> {
  readonly config: Pick<Config, Name>;
}
