import { createHash, createHmac } from 'node:crypto';
import type { MadeMark } from './message.ts';

/** What a page of ours may have made: the picture of a phrase, a drawing, a recorded voice. */
export type Making = 'picture' | 'drawing' | 'sound';

/** The bytes of a mark, wherever it stands. */
export const MAC_BYTES = 32;

/** SHA-256 of a file without its mark. */
export function hashOf(...pieces: readonly Buffer[]): string {
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece);
  return hash.digest('hex');
}

/** The mark of a file whose rest has this hash. */
export const macOf = (rest: string, key: Buffer, making: Making): Buffer =>
  createHmac('sha256', key).update(`${making}\0${rest}`).digest();

/** Whether a page of this town made the file that bears a mark, in one of these ways. */
export const isMadeAs = (
  { mac, rest }: MadeMark,
  key: Buffer,
  makings: readonly Making[],
): boolean => makings.some((making) => macOf(rest, key, making).toString('hex') === mac);
