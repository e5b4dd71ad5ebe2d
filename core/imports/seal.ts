import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Fault } from '../fault.ts';

const IV_BYTES = 12;
const TAG_BYTES = 16;
/** What was sealed opens to no more than this. */
const MOST_BYTES = 200_000_000;

/**
 * Packs and seals a value with the service's key (AES-256-GCM): a copy of the database alone tells
 * nothing of it. `about` must be said again to open it.
 */
export function seal(secret: Buffer, about: string, value: unknown): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret), iv).setAAD(Buffer.from(about));
  const sealed = Buffer.concat([
    cipher.update(gzipSync(JSON.stringify(value), { level: 4 })),
    cipher.final(),
  ]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
}

/** The value again. Throws a `Fault` where the key is another one, or the bytes were changed. */
export function unseal(secret: Buffer, about: string, bytes: Buffer): unknown {
  try {
    const open = createDecipheriv('aes-256-gcm', keyOf(secret), bytes.subarray(0, IV_BYTES))
      .setAAD(Buffer.from(about))
      .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    const packed = Buffer.concat([open.update(bytes.subarray(IV_BYTES + TAG_BYTES)), open.final()]);
    return JSON.parse(gunzipSync(packed, { maxOutputLength: MOST_BYTES }).toString());
  } catch (cause) {
    throw new Fault('row-missing', 'a roster draft was sealed with another key', {
      transient: false,
      cause,
    });
  }
}

function keyOf(secret: Buffer): Buffer {
  return createHmac('sha256', secret).update('roster draft').digest();
}
