import { sha256 } from './slip.ts';

/** A signature as its sheet carries it: the very bytes that were hashed. */
export interface CarriedSignature {
  readonly slip: string;
  readonly signature: string;
  /** SHA-256 of the signature, as the journals have it. */
  readonly hash: string;
}

/** One that was looked at again. */
interface VerifiedSignature {
  readonly hash: string;
  /** The lines of the slip and of the signature, by their names. */
  readonly says: ReadonlyMap<string, string>;
  /** Whether the slip is what was signed, and the signature what was hashed. */
  readonly isWhole: boolean;
}

const BEGIN = 'preau-evidence-1:';
const END = ':preau-evidence-end';
/** More than a school's papers of a year. */
const MOST_BYTES = 20_000_000;

/** Plain letters that a sheet carries inside, to be found again by `verifySheet`. */
export const evidenceText = (signatures: readonly CarriedSignature[]): string =>
  `${BEGIN}${Buffer.from(JSON.stringify(signatures)).toString('base64')}${END}`;

/** Reads a sheet and reckons each of its signatures anew; null: it is no sheet of ours. */
export function verifySheet(bytes: Buffer): readonly VerifiedSignature[] | null {
  const begin = bytes.indexOf(BEGIN);
  const end = bytes.indexOf(END, begin);
  if (begin < 0 || end < 0 || end - begin > MOST_BYTES) return null;
  const carried = bytes.subarray(begin + BEGIN.length, end).toString('latin1');
  const found = readCarried(Buffer.from(carried, 'base64').toString('utf8'));
  return found && found.map(verified);
}

function readCarried(text: string): readonly CarriedSignature[] | null {
  try {
    const read: unknown = JSON.parse(text);
    return Array.isArray(read) && read.every(isCarried) ? read : null;
  } catch {
    return null;
  }
}

const isCarried = (one: unknown): one is CarriedSignature =>
  typeof one === 'object' &&
  one !== null &&
  (['slip', 'signature', 'hash'] as const).every(
    (name) => name in one && typeof Reflect.get(one, name) === 'string',
  );

function verified({ slip, signature, hash }: CarriedSignature): VerifiedSignature {
  const says = new Map([...linesOf(slip), ...linesOf(signature)]);
  return {
    hash,
    says,
    isWhole: says.get('slip') === sha256(slip) && hash === sha256(signature),
  };
}

const linesOf = (text: string): readonly (readonly [string, string])[] =>
  text.split('\n').flatMap((line) => {
    const at = line.indexOf(': ');
    return at < 0 ? [] : [[line.slice(0, at), line.slice(at + 2)] as const];
  });
