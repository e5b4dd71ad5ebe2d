import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** What is sealed: each purpose has a key of its own, and each thing opens under its name alone. */
export interface SealLabel {
  readonly purpose: string;
  readonly name: string;
}

/**
 * Bytes as they may lie in the database: sealed with a key made from the service's secret
 * (AES-256-GCM, HKDF by RFC 5869), so that a copy of the database alone tells nothing of them.
 */
export function seal(secret: Buffer, { purpose, name }: SealLabel, bytes: Buffer): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyFor(secret, purpose), iv).setAAD(
    Buffer.from(name),
  );
  const sealed = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
}

/** The bytes again. Throws where the secret is another one by now, or something was changed. */
export function unseal(secret: Buffer, { purpose, name }: SealLabel, sealed: Buffer): Buffer {
  const open = createDecipheriv(
    'aes-256-gcm',
    keyFor(secret, purpose),
    sealed.subarray(0, IV_BYTES),
  )
    .setAAD(Buffer.from(name))
    .setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return Buffer.concat([open.update(sealed.subarray(IV_BYTES + TAG_BYTES)), open.final()]);
}

const keyFor = (secret: Buffer, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', `preau ${purpose}`, 32));
