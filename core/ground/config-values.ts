/** What a variable may hold: tests of one value, each with the sentence that says what would do. */
import { accessSync, constants, statSync } from 'node:fs';
import { isIP } from 'node:net';
import { resolve, sep } from 'node:path';
import { z } from 'zod';
import { wrongNetwork } from './networks.ts';

/** Schemes of the database. */
export const POSTGRES = ['postgres:', 'postgresql:'];

/**
 * A value in the environment that must pass `test`; the sentence says in French and English what
 * would.
 */
export function value(test: (raw: string) => boolean, sentence: string) {
  return z.string().refine(test, { error: sentence });
}

/** A TCP port; 0 is any free one. */
export function anyPort() {
  return value(
    (raw) => /^\d{1,5}$/.test(raw) && Number(raw) <= 65_535,
    'un port de 0 à 65535 est attendu / a port from 0 to 65535 is expected',
  ).transform(Number);
}

/** The same with a value where none is given. */
export function port(preset: number) {
  return anyPort().default(preset);
}

/** An address of one of these schemes, with their colons; null where none is given. */
export function url(
  schemes: readonly string[],
  example: string,
  isIt: (raw: string) => boolean = () => true,
) {
  return value(
    (raw) => isAddress(raw, schemes) && isIt(raw),
    `une adresse comme ${example} est attendue / an address such as ${example} is expected`,
  )
    .nullable()
    .default(null);
}

/**
 * Whether it is an address of one of these schemes, with a host. A parser passes over spaces and
 * line ends, we don't; PostgreSQL's host may be a folder of sockets, in a parameter.
 */
function isAddress(raw: string, schemes: readonly string[]): boolean {
  if (/\s/.test(raw) || !URL.canParse(raw)) return false;
  const { protocol, hostname, searchParams } = new URL(raw);
  const isSocket = POSTGRES.includes(protocol) && searchParams.has('host');
  return schemes.includes(protocol) && (hostname !== '' || isSocket);
}

/** Where the pages are seen from; null where it isn't given. Their links have the whole path. */
export function origin(example: string) {
  return value(
    (raw) => /^https?:\/\/[^\s/\\?#@]+\/*$/i.test(raw) && URL.canParse(raw),
    `une adresse comme ${example} est attendue, sans chemin ni mot de passe / an address such as ${example} is expected, without a path or a password`,
  )
    .nullable()
    .default(null);
}

/** Networks, comma-separated; empty where none is given. */
export function networks() {
  return z
    .string()
    .default('')
    .superRefine((raw, faults) => {
      const wrong = wrongNetwork(raw);
      if (wrong === null) return;
      faults.addIssue({
        code: 'custom',
        message:
          `« ${wrong} » n’est pas un réseau, des réseaux comme 10.12.0.0/16,2001:db8:12::/48 sont attendus` +
          ` / “${wrong}” is no network, networks such as 10.12.0.0/16,2001:db8:12::/48 are expected`,
      });
    });
}

/** Addresses of the web, comma-separated; empty where none is given. */
export function addresses(example: string) {
  return value(
    (raw) => raw.split(',').every((one) => isWebAddress(one.trim())),
    `des adresses comme ${example} sont attendues / addresses such as ${example} are expected`,
  )
    .transform((raw) => raw.replaceAll(' ', ''))
    .default('');
}

/** A file that this process can read, as an absolute path; null where none is given. */
export function readableFile() {
  return value(isReadable, 'ce fichier ne peut pas être lu / this file can’t be read')
    .transform((path) => resolve(path))
    .nullable()
    .default(null);
}

/** Whether a folder is another one, or lies in it. */
export function isWithin(folder: string | null, other: string): boolean {
  return folder !== null && `${folder}${sep}`.startsWith(`${other}${sep}`);
}

/** Whether it is an address of the web. */
export const isWebAddress = (raw: string): boolean =>
  /^https?:\/\/\S+$/i.test(raw) && URL.canParse(raw);

/** Whether an address names a bucket of a store, and its keys. */
export function isBucket(raw: string): boolean {
  const { username, password, pathname, search } = new URL(raw);
  return (
    username !== '' &&
    password !== '' &&
    /^\/[\w.-]{3,63}$/.test(pathname) &&
    /^(\?region=[\w-]+)?$/.test(search)
  );
}

/** As node:dns takes it: `192.0.2.1`, `192.0.2.1:5300`, `2001:db8::1`, `[2001:db8::1]:5300`. */
export function isResolver(raw: string): boolean {
  const [, bracketed, plain] = /^(?:\[([^\]]+)\]|([^:]+))(?::\d{1,5})?$/.exec(raw) ?? [];
  return isIP(raw) !== 0 || isIP(bracketed ?? plain ?? '') !== 0;
}

/** The name of a machine: it stands in names of files. */
export const MACHINE_NAME = /^[a-z]([a-z0-9-]{0,30}[a-z0-9])?$/;
/** A domain name in lower case. */
export const DOMAIN =
  /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;
/** At its end the fingerprint of the host's key, once it is known. */
export const SFTP =
  /^sftp:\/\/[^@/\s:]+@([^/\s:]+|\[[0-9a-f:]+\])(:\d{1,5})?\/[\w./ -]+(#SHA256:[A-Za-z0-9+/]{43})?$/i;
/** `tcp://host:port`, or `unix:/path`. */
export const CLAMD = /^(tcp:\/\/([^/\s:]+|\[[0-9a-f:]+\]):\d{1,5}|unix:\/.+)$/i;

/** Whether this process may read a file. */
export function isReadable(path: string): boolean {
  return isGranted(path, constants.R_OK);
}

/** Whether it is a program that this process may start. */
export function isRunnable(path: string): boolean {
  return isGranted(path, constants.X_OK);
}

function isGranted(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return !statSync(path).isDirectory(); // whose rights mean something else
  } catch {
    return false;
  }
}
