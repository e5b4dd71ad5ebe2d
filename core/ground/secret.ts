import { createHmac, createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorCode, Fault } from './fault.ts';

const BYTES = 32;

/**
 * The key of every keyed hash, the same for all processes: read from `path`, or made there once,
 * for us alone to read. Throws a `Fault` 'configuration' where it is too short or can't be read.
 */
export function loadSecret(path: string): Buffer {
  try {
    return read(path);
  } catch (error) {
    if (error instanceof Fault) throw error;
    if (errorCode(error) !== 'ENOENT') throw refused(path, error);
  }
  try {
    make(path);
    return read(path);
  } catch (error) {
    throw refused(path, error);
  }
}

const made = new WeakMap<Buffer, KeyObject>();

/** The secret as a key, made once: making it costs five times as much as hashing a line with it. */
export function keyOf(secret: Buffer): KeyObject {
  const known = made.get(secret);
  if (known !== undefined) return known;
  const key = createSecretKey(secret);
  made.set(secret, key);
  return key;
}

/** By what a secret is known again, from which nobody learns anything of it. */
export function markOf(secret: Buffer): Buffer {
  return createHmac('sha256', keyOf(secret)).update('mark of the secret').digest();
}

/**
 * Written aside and linked into place: of two processes that start at once, both read the key of
 * the first, whole.
 */
function make(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const aside = `${path}.${process.pid}`;
  writeFileSync(aside, newSecret(), { mode: 0o600, flush: true });
  try {
    linkSync(aside, path);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(aside);
  }
}

/** What the file of a new secret holds, from the system's secure chance. */
export const newSecret = (): string => `${randomBytes(BYTES).toString('hex')}\n`;

function read(path: string): Buffer {
  const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'utf8');
  if (key.length < BYTES) throw refused(path, undefined);
  return key;
}

function refused(path: string, cause: unknown): Fault {
  return new Fault(
    'configuration',
    `PREAU_SECRET_FILE : ${path} doit être lisible et contenir au moins ${BYTES} caractères ; remettez-la par preau restore files, ou voyez preau secret renew. / ${path} must be readable and hold at least ${BYTES} characters; put it back by preau restore files, or see preau secret renew.`,
    { transient: false, cause },
  );
}
