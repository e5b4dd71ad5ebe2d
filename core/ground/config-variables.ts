import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import {
  CLAMD,
  DOMAIN,
  MACHINE_NAME,
  POSTGRES,
  SFTP,
  addresses,
  anyPort,
  isBucket,
  isResolver,
  isRunnable,
  isWebAddress,
  isWithin,
  networks,
  origin,
  port,
  readableFile,
  url,
  value,
} from './config-values.ts';
import { wrongNetwork } from './networks.ts';

/** The smallest and the largest limit that may be put on a message, in bytes. */
const MIN_MESSAGE_BYTES = 65_536;
/** No town takes larger letters, whatever it sets. */
export const MAX_MESSAGE_BYTES = 157_286_400;
/** Nobody waits longer for a letter that was sent. */
const MAX_UNDO_SECONDS = 60;
/** Variables whose value is never shown, and that may be read from a file named by `…_FILE`. */
export const SECRETS = [
  'PREAU_DATABASE_URL',
  'PREAU_DATABASE_ADMIN_URL',
  'PREAU_REDIS_URL',
  'PREAU_SMARTHOST',
  'PREAU_RSPAMD',
  'PREAU_BODIES',
] as const;

/** What each variable may be, and what it is where nobody says it. */
export const SCHEMA = z
  .object({
    PREAU_DATA: z
      .string()
      .default('.preau')
      .transform((path) => resolve(path)),
    PREAU_HOST: value(
      (raw) => isIP(raw) !== 0 || raw === 'localhost',
      'une adresse IP est attendue / an IP address is expected',
    ).default('127.0.0.1'),
    PREAU_MX_PORT: port(2525),
    PREAU_SUBMISSION_PORT: port(2587),
    PREAU_SUBMISSIONS_PORT: port(2465),
    PREAU_IMAP_PORT: port(2143),
    PREAU_IMAPS_PORT: port(2993),
    PREAU_WEB_PORT: port(8080),
    PREAU_HTTPS_PORT: anyPort().nullable().default(null),
    PREAU_ACME_FOLDER: z.string().nullable().default(null),
    PREAU_PG_PORT: port(0),
    PREAU_CLAMD_PORT: port(0),
    PREAU_DOMAIN: value(
      (raw) => DOMAIN.test(raw),
      'un nom de domaine en minuscules est attendu / a domain name in lower case is expected',
    ).default('ecoles.preau.test'),
    PREAU_PUBLIC_URL: origin('https://courrier.ville.fr'),
    PREAU_TRUSTED_PROXY: value(
      (raw) => !raw.includes(',') && wrongNetwork(raw) === null,
      'une adresse IP ou un réseau est attendu / an IP address or a network is expected',
    )
      .nullable()
      .default(null),
    PREAU_ARC_SEALERS: value(
      (raw) => raw.split(',').every((each) => DOMAIN.test(each.trim())),
      'des noms de domaine en minuscules, séparés par des virgules, sont attendus / domain names in lower case, separated by commas, are expected',
    )
      .transform((raw) => raw.replaceAll(' ', ''))
      .default(''),
    PREAU_PROXY_PROTOCOL: networks(),
    PREAU_SCHOOL_NETWORKS: networks(),
    PREAU_TLS_CERT: readableFile(),
    PREAU_TLS_KEY: readableFile(),
    PREAU_SECRET_FILE: z.string().nullable().default(null),
    PREAU_MAX_MESSAGE: value(
      (raw) =>
        /^\d{1,10}$/.test(raw) &&
        Number(raw) >= MIN_MESSAGE_BYTES &&
        Number(raw) <= MAX_MESSAGE_BYTES,
      `un nombre d’octets de ${MIN_MESSAGE_BYTES} à ${MAX_MESSAGE_BYTES} est attendu / a number of bytes from ${MIN_MESSAGE_BYTES} to ${MAX_MESSAGE_BYTES} is expected`,
    )
      .transform(Number)
      .default(26_214_400),
    PREAU_DATABASE_URL: url(POSTGRES, 'postgres://preau_app:…@host:5432/preau'),
    PREAU_DATABASE_ADMIN_URL: url(POSTGRES, 'postgres://preau:…@host:5432/preau'),
    PREAU_REDIS_URL: url(['redis:', 'rediss:'], 'redis://host:6379'),
    PREAU_CLAMD: value(
      (raw) => CLAMD.test(raw),
      'tcp://host:port ou unix:/chemin est attendu / tcp://host:port or unix:/path is expected',
    )
      .nullable()
      .default(null),
    PREAU_SMARTHOST: url(['smtp:', 'smtps:'], 'smtp://host:25'),
    PREAU_PRIVATE_MX: value(
      (raw) => raw === '0' || raw === '1',
      '1 ou rien est attendu / 1 or nothing is expected',
    ).default('0'),
    PREAU_MTA_STS: z
      .enum(['none', 'testing', 'enforce'], {
        error: 'none, testing ou enforce est attendu / none, testing or enforce is expected',
      })
      .default('testing'),
    PREAU_RESOLVER: value(
      isResolver,
      'une adresse IP est attendue, avec ou sans port / an IP address is expected, with or without a port',
    )
      .nullable()
      .default(null),
    PREAU_BACKUP: value(
      (raw) => !raw.startsWith('sftp:') || SFTP.test(raw),
      'un dossier, ou une adresse comme sftp://preau@nas.ville.fr:22/sauvegardes#SHA256:…, est attendu / a folder or an address such as sftp://preau@nas.ville.fr:22/backups#SHA256:… is expected',
    )
      .transform((raw) => (raw.startsWith('sftp:') ? raw : resolve(raw)))
      .nullable()
      .default(null),
    PREAU_BODIES: url(['http:', 'https:'], 'https://cle:secret@s3.exemple.fr/seau', isBucket),
    PREAU_VOICE: value(
      (raw) => isRunnable(raw.split(' ')[0] ?? ''),
      'le chemin d’un programme est attendu, puis ses arguments, comme /usr/bin/espeak-ng / the path of a program is expected, then its arguments, such as /usr/bin/espeak-ng',
    )
      .nullable()
      .default(null),
    PREAU_SITES: value(
      (raw) => !/^[a-z]+:\/\//i.test(raw) || isWebAddress(raw),
      'un dossier, un fichier ou une adresse http(s) est attendu / a folder, a file or an http(s) address is expected',
    )
      .transform((raw) => (isWebAddress(raw) ? raw : resolve(raw)))
      .nullable()
      .default(null),
    PREAU_RSPAMD: url(['http:', 'https:'], 'http://127.0.0.1:11334'),
    PREAU_MACHINE: value(
      (raw) => MACHINE_NAME.test(raw),
      'un nom court est attendu, comme m1 / a short name is expected, such as m1',
    )
      .nullable()
      .default(null),
    PREAU_MACHINES: value(
      (raw) => /^[1-9]$/.test(raw),
      'un nombre de 1 à 9 est attendu / a number from 1 to 9 is expected',
    ).default('1'),
    PREAU_PATRONI: addresses('http://10.0.0.1:8008,http://10.0.0.2:8008'),
    PREAU_UNDO_SECONDS: value(
      (raw) => /^\d{1,2}$/.test(raw) && Number(raw) <= MAX_UNDO_SECONDS,
      `un nombre de 0 à ${MAX_UNDO_SECONDS} est attendu / a number from 0 to ${MAX_UNDO_SECONDS} is expected`,
    ).default('10'),
    PREAU_INSECURE_LOOPBACK: value(
      (raw) => raw === '0' || raw === '1',
      '1 ou rien est attendu / 1 or nothing is expected',
    ).default('0'),
  })
  .superRefine((given, faults) => {
    const say = (key: string, message: string) =>
      faults.addIssue({ code: 'custom', path: [key], message });
    if ((given.PREAU_TLS_CERT === null) !== (given.PREAU_TLS_KEY === null))
      say(
        'PREAU_TLS_CERT',
        'il faut PREAU_TLS_CERT et PREAU_TLS_KEY, ou aucun des deux / PREAU_TLS_CERT and PREAU_TLS_KEY go together',
      );
    if (given.PREAU_HTTPS_PORT !== null && given.PREAU_PUBLIC_URL?.startsWith('http:') === true)
      say(
        'PREAU_PUBLIC_URL',
        'avec PREAU_HTTPS_PORT, une adresse en https est attendue / with PREAU_HTTPS_PORT an https address is expected',
      );
    if (given.PREAU_MACHINES !== '1' && given.PREAU_MACHINE === null)
      say(
        'PREAU_MACHINE',
        'avec PREAU_MACHINES, chaque machine a son nom / with PREAU_MACHINES each machine has its name',
      );
    if (isWithin(given.PREAU_BACKUP, given.PREAU_DATA))
      say(
        'PREAU_BACKUP',
        'un dossier hors de PREAU_DATA est attendu, sur un autre disque / a folder outside PREAU_DATA is expected, on another disk',
      );
    if (given.PREAU_DATABASE_ADMIN_URL !== null && given.PREAU_DATABASE_URL === null)
      say(
        'PREAU_DATABASE_ADMIN_URL',
        'il faut aussi PREAU_DATABASE_URL / PREAU_DATABASE_URL is needed too',
      );
  });

/** Every variable there is. */
export const VARIABLES: readonly string[] = Object.keys(SCHEMA.shape);

export type GivenVariables = z.infer<typeof SCHEMA>;
