import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const WORD = z.string().regex(/^[0-9a-f]{48}$/);
const PASSWORDS = z.strictObject({
  superuser: WORD,
  replication: WORD,
  rewind: WORD,
  patroni: WORD,
  keepalived: WORD,
  owner: WORD,
  app: WORD,
  /** The key of every keyed hash: all three machines have the same. */
  secret: WORD,
});

/** What the three machines know each other by. */
export type CellPasswords = z.infer<typeof PASSWORDS>;

/** Those of a cell, made once: files that are written again must fit the machines that run. */
export function passwordsIn(path: string): CellPasswords {
  if (!existsSync(path)) {
    const made = Object.keys(PASSWORDS.shape).map((name) => [
      name,
      randomBytes(24).toString('hex'),
    ]);
    writeFileSync(path, `${JSON.stringify(Object.fromEntries(made), null, 2)}\n`, { mode: 0o600 });
  }
  return PASSWORDS.parse(JSON.parse(readFileSync(path, 'utf8')));
}
