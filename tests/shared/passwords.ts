/**
 * Passwords are hashed for a hundredth of their price in the processes of tests, which sign in
 * thousands of times. A hash says its own price, so what is hashed here is as cheap to verify. What
 * the product pays is asked by `core/entry/codes/password.pure.test.ts`, where it is paid.
 */
import { createRequire } from 'node:module';
import type { Options } from '@node-rs/argon2';

interface Argon2 {
  hash(password: string, options: Options): Promise<string>;
  verify(hashed: string, password: string): Promise<boolean>;
}

const argon2 = createRequire(import.meta.url)('@node-rs/argon2') as Argon2;
const CHEAP = { memoryCost: 256, timeCost: 1 } as const;
const PRICE = /^\$argon2id\$v=19\$[^$]+\$/;

/** The price of each hash that was verified in this process, the newest last. */
export const verified: string[] = [];

// Before whoever hashes has loaded them: names of a module are bound once.
const { hash, verify } = argon2;
argon2.hash = (password, options) => hash(password, { ...options, ...CHEAP });
argon2.verify = (hashed, password) => {
  verified.push(PRICE.exec(hashed)?.[0] ?? hashed);
  return verify(hashed, password);
};
