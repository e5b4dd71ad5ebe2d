import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { Fault } from '../../ground/fault.ts';
import type { SchoolId } from '../../ground/ids.ts';

/** Beside the event loop: a table of 20 MB takes a second. */
const packed = promisify<string, { readonly level: number }, Buffer>(gzip);
const unpacked = promisify<Buffer, { readonly maxOutputLength: number }, Buffer>(gunzip);

const IV_BYTES = 12;
const TAG_BYTES = 16;
/** What was sealed opens to no more than this. */
const MOST_BYTES = 200_000_000;

/** One kind of value that lies sealed, each of a school. */
interface Sealed<T> {
  /**
   * Packed, and sealed with the service's key (AES-256-GCM): a copy of the database alone tells
   * nothing of it.
   */
  seal(secret: Buffer, school: SchoolId, value: T): Promise<Buffer>;
  /** The value again. Rejects with a `Fault` where the key is another, or bytes were changed. */
  unseal(secret: Buffer, school: SchoolId, bytes: Buffer): Promise<T>;
}

/** Values of one type under one label: bytes mean nothing under another, nor in another school. */
export function sealed<T>(label: (school: SchoolId) => string): Sealed<T> {
  return {
    async seal(secret, school, value) {
      const bytes = await packed(JSON.stringify(value), { level: 4 });
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', keyOf(secret), iv);
      cipher.setAAD(Buffer.from(label(school)));
      const text = Buffer.concat([cipher.update(bytes), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), text]);
    },
    async unseal(secret, school, bytes) {
      try {
        const open = createDecipheriv('aes-256-gcm', keyOf(secret), bytes.subarray(0, IV_BYTES))
          .setAAD(Buffer.from(label(school)))
          .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
        const text = open.update(bytes.subarray(IV_BYTES + TAG_BYTES));
        const opened = Buffer.concat([text, open.final()]);
        // What opens was sealed above, under this label: a value of this type.
        const value: T = JSON.parse(
          (await unpacked(opened, { maxOutputLength: MOST_BYTES })).toString(),
        );
        return value;
      } catch (cause) {
        throw new Fault('row-missing', 'a roster draft was sealed with another key', {
          transient: false,
          cause,
        });
      }
    },
  };
}

function keyOf(secret: Buffer): Buffer {
  return createHmac('sha256', secret).update('roster draft').digest();
}
