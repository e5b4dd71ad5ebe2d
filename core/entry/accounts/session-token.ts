/** What stands in a session's cookie: `<school>.<id>.<secret>`; the database has a hash of it. */
import { hash, randomBytes, randomUUID } from 'node:crypto';
import { type SchoolId, schoolIdIn } from '../../ground/ids.ts';

/** A session that nobody could have guessed, and what its forms repeat. */
export function newSession(school: SchoolId) {
  const id = randomUUID();
  const secret = randomBytes(32).toString('base64url');
  const csrf = randomBytes(18).toString('base64url');
  return { token: `${school}.${id}.${secret}`, kept: { id, csrf, secretHash: digest(secret) } };
}

const TOKEN = /^(\d{1,9})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([A-Za-z0-9_-]{43})$/;

/** Where a token's session lies, and what its secret must hash to; null for what is none. */
export function readToken(token: string) {
  const [, schoolText, id, secret] = TOKEN.exec(token) ?? [];
  const school = schoolIdIn(schoolText);
  if (id === undefined || secret === undefined || school === null) return null;
  return { school, id, secretHash: digest(secret) };
}

function digest(secret: string): Buffer {
  return hash('sha256', secret, 'buffer');
}
