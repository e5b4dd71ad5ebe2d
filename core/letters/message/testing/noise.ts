import { createCipheriv } from 'node:crypto';

/** Bytes that no compression makes smaller, the same in every run. */
export function noise(sizeBytes: number): Buffer {
  const key = Buffer.alloc(16, 7);
  return createCipheriv('aes-128-ctr', key, key).update(Buffer.alloc(sizeBytes));
}
