import { createHmac, randomInt } from 'node:crypto';
import type { AccountId, SchoolId } from '../../ground/ids.ts';
import { keyOf } from '../../ground/secret.ts';

/** The twelve pictures, the same in all schools: those whose outlines differ most. */
export const PICTURES = [
  'chat',
  'lapin',
  'lion',
  'grenouille',
  'poisson',
  'abeille',
  'elephant',
  'tortue',
  'hibou',
  'manchot',
  'escargot',
  'renard',
] as const;
/**
 * Three, each another: 12 × 11 × 10 = 1,320 codes. Few, hence the class's own computers, slowing
 * down and the alert.
 */
const PICTURES_A_CODE = 3;
export const PICTURE_CODES = PICTURES.length * (PICTURES.length - 1) * (PICTURES.length - 2);

export interface Owner {
  readonly school: SchoolId;
  readonly account: AccountId;
}

/**
 * A code that is not `taken`, assigned by chance and never chosen. Throws nothing: null after every
 * code was found taken.
 */
export function newPictureCode(
  isTaken: (pictures: readonly string[]) => boolean,
  chance: (below: number) => number = (below) => randomInt(below),
): readonly string[] | null {
  const first = chance(PICTURE_CODES);
  for (let step = 0; step < PICTURE_CODES; step += 1) {
    const pictures = codeAt((first + step) % PICTURE_CODES);
    if (!isTaken(pictures)) return pictures;
  }
  return null;
}

/** The codes in a row, so that chance picks one of all with one number. */
function codeAt(index: number): readonly string[] {
  const left: string[] = [...PICTURES];
  let rest = index;
  return Array.from({ length: PICTURES_A_CODE }, () => {
    const at = rest % left.length;
    rest = Math.floor(rest / left.length);
    return left.splice(at, 1)[0] ?? '';
  });
}

/** What is kept of a code: bound to its child. */
export function pictureHash(secret: Buffer, owner: Owner, pictures: readonly string[]): Buffer {
  return createHmac('sha256', keyOf(secret))
    .update(`pictures\0${owner.school}\0${owner.account}\0${pictures.join('\0')}`)
    .digest();
}

/**
 * The pictures that a hash was made of; null when of none, or with another key. Tries all, some
 * milliseconds.
 */
export function picturesBehind(
  secret: Buffer,
  owner: Owner,
  hash: Buffer,
): readonly string[] | null {
  for (let index = 0; index < PICTURE_CODES; index += 1) {
    const pictures = codeAt(index);
    if (pictureHash(secret, owner, pictures).equals(hash)) return pictures;
  }
  return null;
}

/**
 * The twelve pictures as one child always sees them: where a picture stands helps to find it again.
 */
export function orderFor(secret: Buffer, owner: Owner): readonly string[] {
  const rank = (picture: string) =>
    createHmac('sha256', keyOf(secret))
      .update(`order\0${owner.school}\0${owner.account}\0${picture}`)
      .digest('hex');
  return PICTURES.map((picture) => ({ picture, rank: rank(picture) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .map(({ picture }) => picture);
}
