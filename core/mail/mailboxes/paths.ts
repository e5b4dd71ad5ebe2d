/** Names of mailboxes: Unicode in NFC, `/` between levels (RFC 9051 §5.1). Pure. */
import type { MailboxStop } from './contract/stop.ts';
import { MAX_DEPTH, MAX_LEVEL_CHARACTERS, MAX_PATH_CHARACTERS } from './limits.ts';

/**
 * A path as it is kept: NFC, INBOX in capitals whatever its case (RFC 9051 §5.1), no `/` at its end
 * (a client's hint that something comes below, §6.3.4).
 */
export function normalPath(path: string): string {
  const plain = path.normalize('NFC').replace(/\/$/, '');
  return plain.replace(/^inbox(?=\/|$)/i, 'INBOX');
}

/**
 * Whether a path can be one; wildcards, controls and what draws nothing are not, nor `.` and `..`,
 * which lead elsewhere where a program keeps mailboxes as folders.
 */
export function badPath(path: string): MailboxStop | null {
  const levels = path.split('/');
  if (levels.length > MAX_DEPTH) return { kind: 'limit', what: 'depth', limit: MAX_DEPTH };
  if (path.length > MAX_PATH_CHARACTERS)
    return { kind: 'limit', what: 'name', limit: MAX_PATH_CHARACTERS };
  if (levels.some((level) => level.length > MAX_LEVEL_CHARACTERS))
    return { kind: 'limit', what: 'name', limit: MAX_LEVEL_CHARACTERS };
  return levels.every(
    (level) =>
      !/^\.{0,2}$/.test(level.trim()) &&
      level.isWellFormed() &&
      !/[%*\p{Cc}\p{Zl}\p{Zp}\u061C\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/u.test(level),
  )
    ? null
    : { kind: 'cannot', why: 'bad-name' };
}

/** Every path above this one, the outermost first. */
export function above(path: string): string[] {
  const levels = path.split('/');
  return levels.slice(1).map((_, count) => levels.slice(0, count + 1).join('/'));
}
