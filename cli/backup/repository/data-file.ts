import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';
import type { BackupKey } from './key.ts';

/**
 * Keys, certificates and settings of PREAU_DATA as one encrypted file, for a machine on which
 * nothing is left but the repository and the key. Its bytes, one after another:
 *
 *     "PREAU SETTINGS 1\n"   17 bytes, ASCII
 *     salt                   16 bytes, new for each file
 *     nonce                  12 bytes, new for each file
 *     ciphertext             AES-256-GCM of gzip of JSON, the 45 bytes before it authenticated too
 *     tag                    16 bytes
 *
 * The key of AES is HKDF-SHA256 (RFC 5869) of the backup's key, its signs in ASCII without
 * hyphens, with that salt and « preau settings » as info, 32 bytes. The JSON is `{"madeAt": …,
 * "files": [{"path": …, "mode": …, "base64": …}]}`; paths are relative to PREAU_DATA.
 */
export interface KeptData {
  readonly madeAt: string;
  readonly files: readonly DataFile[];
}

export interface DataFile {
  readonly path: string;
  /** Its permissions, as in stat(2). */
  readonly mode: number;
  readonly base64: string;
}

const MAGIC = Buffer.from('PREAU SETTINGS 1\n', 'ascii');
const SALT_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = MAGIC.length + SALT_BYTES + NONCE_BYTES;
/** What a file may unfold to. */
const MAX_PLAIN_BYTES = 256 * 1_048_576;

const SETTINGS = z.object({
  madeAt: z.string(),
  files: z.array(z.object({ path: z.string(), mode: z.number(), base64: z.string() })),
});

export function sealData(settings: KeptData, key: BackupKey): Buffer {
  const salt = randomBytes(SALT_BYTES);
  const nonce = randomBytes(NONCE_BYTES);
  const head = Buffer.concat([MAGIC, salt, nonce]);
  const cipher = createCipheriv('aes-256-gcm', secretOf(key, salt), nonce).setAAD(head);
  const sealed = cipher.update(gzipSync(JSON.stringify(settings)));
  return Buffer.concat([head, sealed, cipher.final(), cipher.getAuthTag()]);
}

/**
 * What a file holds; `wrong-key` where the key doesn't open it, `not-ours` where it is no such
 * file.
 */
export function openData(bytes: Buffer, key: BackupKey): KeptData | 'wrong-key' | 'not-ours' {
  if (bytes.length < HEAD_BYTES + TAG_BYTES || !bytes.subarray(0, MAGIC.length).equals(MAGIC))
    return 'not-ours';
  const head = bytes.subarray(0, HEAD_BYTES);
  const salt = head.subarray(MAGIC.length, MAGIC.length + SALT_BYTES);
  const nonce = head.subarray(MAGIC.length + SALT_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', secretOf(key, salt), nonce)
    .setAAD(head)
    .setAuthTag(bytes.subarray(-TAG_BYTES));
  const plain = decipher.update(bytes.subarray(HEAD_BYTES, -TAG_BYTES));
  try {
    decipher.final();
  } catch {
    return 'wrong-key';
  }
  const json = gunzipSync(plain, { maxOutputLength: MAX_PLAIN_BYTES }).toString('utf8');
  return SETTINGS.parse(JSON.parse(json));
}

function secretOf(key: BackupKey, salt: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', key, salt, 'preau settings', 32));
}
