import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { Fault } from '../../ground/fault.ts';

/** Beside the event loop: a table of 20 MB takes a second. */
const packed = promisify<string, { readonly level: number }, Buffer>(gzip);
const unpacked = promisify<Buffer, { readonly maxOutputLength: number }, Buffer>(gunzip);

const IV_BYTES = 12;
const TAG_BYTES = 16;
/** What was sealed opens to no more than this. */
const MOST_BYTES = 200_000_000;

/**
 * Packs and seals a value with the service's key (AES-256-GCM): a copy of the database alone tells
 * nothing of it. `about` must be said again to open it.
 */
export async function seal(secret: Buffer, about: string, value: unknown): Promise<Buffer> {
  const bytes = await packed(JSON.stringify(value), { level: 4 });
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret), iv).setAAD(Buffer.from(about));
  const sealed = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
}

/** The value again. Rejects with a `Fault` where the key is another one, or bytes were changed. */
export async function unseal(secret: Buffer, about: string, bytes: Buffer): Promise<unknown> {
  try {
    const open = createDecipheriv('aes-256-gcm', keyOf(secret), bytes.subarray(0, IV_BYTES))
      .setAAD(Buffer.from(about))
      .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    const sealed = open.update(bytes.subarray(IV_BYTES + TAG_BYTES));
    const opened = Buffer.concat([sealed, open.final()]);
    return JSON.parse((await unpacked(opened, { maxOutputLength: MOST_BYTES })).toString());
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
