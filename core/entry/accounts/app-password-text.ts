import { createHmac, randomInt } from 'node:crypto';
import { type SchoolId, schoolIdIn } from '../../ground/ids.ts';

/**
 * Small letters that nobody takes for another, and that a phone's first keyboard has: no i, l, o.
 */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz';
const GROUPS = 6;
const GROUP = 5;
const LENGTH = GROUPS * GROUP;
/** The school's number, then the letters; a person may write them with spaces or in capitals. */
const TYPED = /^(\d{1,9})[-\s](.{30,60})$/;

/** How much chance is in a password of a device, in bits: 30 letters of 23 are 135.7. */
export const APP_PASSWORD_BITS = LENGTH * Math.log2(ALPHABET.length);

interface AppPasswordText {
  readonly school: SchoolId;
  /** The letters alone. */
  readonly secret: string;
}

export function newAppPassword(school: SchoolId): AppPasswordText {
  return {
    school,
    secret: Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)] ?? '').join(
      '',
    ),
  };
}

/** As it is shown, once: `12-abcde-fghjk-mnpqr-stuvw-xyzab-cdefg`. */
export function appPasswordShown({ school, secret }: AppPasswordText): string {
  return [
    school,
    ...Array.from({ length: GROUPS }, (_, at) => secret.slice(at * GROUP, (at + 1) * GROUP)),
  ].join('-');
}

/** What somebody typed as a password, if it has the shape of a device's; null otherwise. */
export function readAppPassword(typed: string): AppPasswordText | null {
  const [, schoolText, letters = ''] = TYPED.exec(typed.trim()) ?? [];
  const secret = letters.toLowerCase().replace(/[-\s]/g, '');
  const school = schoolIdIn(schoolText);
  return school !== null &&
    secret.length === LENGTH &&
    [...secret].every((letter) => ALPHABET.includes(letter))
    ? { school, secret }
    : null;
}

/**
 * What is kept of it. Fast, since nobody guesses 135 bits; keyed, so that a copy of the database
 * alone is worth nothing.
 */
export function appPasswordHash(key: Buffer, { school, secret }: AppPasswordText): Buffer {
  return createHmac('sha256', key).update(`app-password\0${school}\0${secret}`).digest();
}
