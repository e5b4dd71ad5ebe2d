import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { urlHost, type Config } from '../../core/ground/config.ts';
import { Fault } from '../../core/ground/fault.ts';
import { isLoopback } from '../../core/ground/listen.ts';

/**
 * The session's cookie. `__Host-` ties it to this very host, over a secure connection, for all
 * paths; browsers count plain HTTP on loopback as secure (tried with Chromium 156 on 127.0.0.1 and
 * localhost), so one name serves both.
 */
export const SESSION_COOKIE = '__Host-preau';
/**
 * What somebody not yet signed in must give back with the form, so that nobody can sign them in as
 * somebody else.
 */
export const DOOR_COOKIE = '__Host-preau-door';
/** Names a computer on which a teacher opened a class; lives until the end of the school year. */
export const CLASS_COOKIE = '__Host-preau-class';
/** In which language the class's pages on this computer are: that of the teacher who opened it. */
export const CLASS_LANGUAGE_COOKIE = '__Host-preau-class-language';
/** In which language this browser was last read in, or asked for by name. */
export const LANGUAGE_COOKIE = '__Host-preau-language';
/**
 * Kept on the computer of an adult who says that it is theirs, beyond signing out
 * (`accounts.newDevice`); names nobody.
 */
export const DEVICE_COOKIE = '__Host-preau-device';
/** Something of theirs lies in this browser's cache, to be forgotten when they sign out. */
export const KEPT_COOKIE = '__Host-preau-kept';
/** As long as browsers keep a cookie at most. */
export const DEVICE_SECONDS = 400 * 86_400;
export const COOKIE = { path: '/', httpOnly: true, secure: true, sameSite: 'lax' } as const;

const MASK_BYTES = 16;
/** A door token: 24 random bytes in base64url. */
const DOOR = /^[\w-]{32}$/;

/** Addresses that stand for all of a machine's: nobody can visit them. */
const NO_HOST: ReadonlySet<string> = new Set(['0.0.0.0', '[::]']);

/**
 * Refuses to serve pages where their cookie would be dropped: plain HTTP is for loopback or behind
 * a proxy whose public address is https; with HTTPS of our own it must be said under which name.
 */
export function mustBeSecure(config: Config): void {
  const { protocol, hostname } = new URL(config.publicUrl);
  if (isLoopback(config.host) || (protocol === 'https:' && !NO_HOST.has(hostname))) return;
  throw new Fault(
    'configuration',
    `PREAU_PUBLIC_URL : les pages sur ${config.host} demandent une adresse publique en https / pages on ${config.host} need an https public URL`,
    { transient: false },
  );
}

/** The hosts under which the pages may be asked for; any other Host header is somebody's trick. */
export function hostsOf(config: Config, port: number): ReadonlySet<string> {
  const own = new URL(config.publicUrl);
  const hosts = [own.port === '0' ? `${own.hostname}:${port}` : own.host];
  if (isLoopback(config.host))
    hosts.push(
      `localhost:${port}`,
      `127.0.0.1:${port}`,
      `[::1]:${port}`,
      `${urlHost(config.host)}:${port}`,
    );
  return new Set(hosts.map((host) => host.toLowerCase()));
}

/**
 * Whether a request that changes something comes from a page of ours, by what the browser says of
 * it. Browsers without Sec-Fetch-Site (Firefox 78) send Origin with every POST; what sends neither
 * must still know the form's token.
 */
export function isFromUs(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  const { origin, host } = request.headers;
  if (origin === undefined) return true;
  return origin === `http://${host}` || origin === `https://${host}`;
}

/**
 * A secret as it stands in a page: another one each time, since compressed pages that repeat a
 * secret give it away (BREACH).
 */
export function masked(secret: string): string {
  const key = randomBytes(MASK_BYTES);
  return `${key.toString('base64url')}.${xor(Buffer.from(secret), key).toString('base64url')}`;
}

/** Whether a form gave back the secret it was given. */
export function unmasks(given: string, secret: string): boolean {
  const [key = '', rest = '', ...more] = given.split('.');
  if (more.length > 0 || key === '' || given.length > 1000) return false;
  const said = xor(Buffer.from(rest, 'base64url'), Buffer.from(key, 'base64url'));
  const digest = (bytes: Buffer) => createHmac('sha256', 'form').update(bytes).digest();
  return timingSafeEqual(digest(said), digest(Buffer.from(secret)));
}

function xor(bytes: Buffer, key: Buffer): Buffer {
  return Buffer.from(bytes.map((byte, at) => byte ^ (key[at % key.length] ?? 0)));
}

/** A new secret for the sign-in form. */
export function newDoor(): string {
  return randomBytes(24).toString('base64url');
}

/** A door cookie as we make them, or null. */
export function doorOf(cookie: string | undefined): string | null {
  return cookie !== undefined && DOOR.test(cookie) ? cookie : null;
}
