/** What there are counters of. `service`: of the whole; `pressure`: of what agents are told. */
import { createHmac } from 'node:crypto';

export type GuessKind =
  | 'password'
  | 'activation'
  | 'second-step'
  | 'setup'
  | 'child'
  | 'browser'
  | 'help'
  | 'place'
  | 'known'
  | 'network'
  | 'service'
  | 'pressure';

/** Whose tries a counter counts, without saying so to who reads the database. */
export function throttleKey(secret: Buffer, what: GuessKind, value: string): Buffer {
  return createHmac('sha256', secret).update(`tries\0${what}\0${value}`).digest();
}
