import { hash, verify } from '@node-rs/argon2';

/**
 * OWASP's first choice for argon2id: 19 MiB, 2 passes, 1 lane; some 10 ms of a core and the same
 * for everybody.
 */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** Longer isn't hashed: nobody types it, and hashing must not be a way to load the machine. */
const MAX_PASSWORD_BYTES = 1_024;

export function hashPassword(password: string): Promise<string> {
  return hash(password, COST);
}

let nobody: Promise<string> | undefined;

/**
 * Whether the password fits. Takes the same time where there is no such account (`stored` null):
 * nobody learns who exists.
 */
export async function fits(stored: string | null, password: string): Promise<boolean> {
  if (Buffer.byteLength(password) > MAX_PASSWORD_BYTES) return false;
  nobody ??= hash('nobody has this password', COST);
  const right = await verify(stored ?? (await nobody), password).catch(() => false);
  return stored !== null && right;
}
