import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Fault } from '../../ground/fault.ts';

/**
 * How bytes are sealed that lie with somebody else: AES-256-GCM (NIST SP 800-38D) in frames, each
 * with its tag behind it, so that a range is read and proved without the rest. The key is of one
 * body alone and seals it once, so a frame's number is its nonce (§8.2.1). What is proved besides
 * is how long the whole is: a frame can't be put in another's place, taken from another body, nor
 * left out at the end.
 */
const FRAME_BYTES = 65_536;
const TAG_BYTES = 16;
const NONCE_BYTES = 12;
const KEY_BYTES = 32;
const CIPHER = 'aes-256-gcm';

/** A piece of some bytes, the end left out. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A key for one body, or to wrap such keys by. */
export const newKey = (): Buffer => randomBytes(KEY_BYTES);

/** A body as it lies with the store. */
export function seal(key: Buffer, bytes: Buffer): Buffer {
  const sealed: Buffer[] = [];
  for (let number = 0; number < framesOf(bytes.length); number += 1) {
    const cipher = createCipheriv(CIPHER, key, nonceOf(number), { authTagLength: TAG_BYTES });
    cipher.setAAD(boundTo(number, bytes.length));
    const frame = bytes.subarray(number * FRAME_BYTES, (number + 1) * FRAME_BYTES);
    sealed.push(cipher.update(frame), cipher.final(), cipher.getAuthTag());
  }
  return Buffer.concat(sealed);
}

/** Which of the sealed bytes are to be fetched, to open this range of a body that is so long. */
export function sealedSpan(sizeBytes: number, range: Span): Span {
  const first = firstFrame(sizeBytes, range);
  const last = Math.max(Math.ceil(within(sizeBytes, range).end / FRAME_BYTES), first + 1);
  return {
    start: first * (FRAME_BYTES + TAG_BYTES),
    end: Math.min(last * (FRAME_BYTES + TAG_BYTES), sealedSize(sizeBytes)),
  };
}

/** How many bytes a body takes there. */
export const sealedSize = (sizeBytes: number): number =>
  sizeBytes + framesOf(sizeBytes) * TAG_BYTES;

/**
 * The bytes of a range, of what `sealedSpan` names; a fault where they aren't those that were
 * sealed. A range that goes past the end is cut there.
 */
export function unseal(
  key: Buffer,
  sealed: Buffer,
  { sizeBytes, range }: { readonly sizeBytes: number; readonly range: Span },
): Buffer {
  const { start, end } = within(sizeBytes, range);
  const span = sealedSpan(sizeBytes, range);
  if (sealed.length !== span.end - span.start) throw notAsSealed('it is of another length');
  const first = firstFrame(sizeBytes, range);
  const opened: Buffer[] = [];
  for (let at = 0; at < sealed.length; at += FRAME_BYTES + TAG_BYTES)
    opened.push(
      unsealFrame(key, {
        number: first + opened.length,
        sizeBytes,
        sealed: sealed.subarray(at, at + FRAME_BYTES + TAG_BYTES),
      }),
    );
  const from = first * FRAME_BYTES;
  return Buffer.concat(opened).subarray(start - from, end - from);
}

interface SealedFrame {
  readonly number: number;
  readonly sizeBytes: number;
  readonly sealed: Buffer;
}

function unsealFrame(key: Buffer, frame: SealedFrame): Buffer {
  const { number, sizeBytes, sealed } = frame;
  const decipher = createDecipheriv(CIPHER, key, nonceOf(number), { authTagLength: TAG_BYTES });
  decipher.setAAD(boundTo(number, sizeBytes));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]);
  } catch (error) {
    throw notAsSealed(`frame ${number} is another`, error);
  }
}

/** A key of one body, sealed by another one; `object` is what it opens, and nothing else. */
export function wrap(wrapping: Buffer, object: string, key: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, wrapping, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(object));
  return Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
}

/** The same opened; null where another key wrapped it. */
export function unwrap(wrapping: Buffer, object: string, wrapped: Buffer): Buffer | null {
  if (wrapped.length !== NONCE_BYTES + KEY_BYTES + TAG_BYTES) return null;
  const nonce = wrapped.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv(CIPHER, wrapping, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(object));
  decipher.setAuthTag(wrapped.subarray(-TAG_BYTES));
  try {
    const sealed = wrapped.subarray(NONCE_BYTES, -TAG_BYTES);
    return Buffer.concat([decipher.update(sealed), decipher.final()]);
  } catch {
    return null;
  }
}

/** An empty body is one empty frame: what is there can be proved of it, too. */
const framesOf = (sizeBytes: number): number => Math.max(1, Math.ceil(sizeBytes / FRAME_BYTES));

function within(sizeBytes: number, { start, end }: Span): Span {
  const from = Math.min(Math.max(0, start), sizeBytes);
  return { start: from, end: Math.max(from, Math.min(end, sizeBytes)) };
}

/** A range at the very end begins in the last frame. */
const firstFrame = (sizeBytes: number, range: Span): number =>
  Math.min(Math.floor(within(sizeBytes, range).start / FRAME_BYTES), framesOf(sizeBytes) - 1);

function nonceOf(number: number): Buffer {
  const nonce = Buffer.alloc(NONCE_BYTES);
  nonce.writeUInt32BE(number, NONCE_BYTES - 4);
  return nonce;
}

function boundTo(number: number, sizeBytes: number): Buffer {
  const bound = Buffer.alloc(12);
  bound.writeUInt32BE(number, 0);
  bound.writeBigUInt64BE(BigInt(sizeBytes), 4);
  return bound;
}

/** Asked again it may be right: a store of several machines may have one that lies. */
const notAsSealed = (detail: string, cause?: unknown): Fault =>
  new Fault('body-away', `not what was sealed: ${detail}`, { transient: true, cause });
