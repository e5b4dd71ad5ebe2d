/**
 * The key that opens the machine of the backups. It follows from the backup's own key: so the sheet
 * and the address are enough on an empty machine, and no file of this one is needed.
 */
import { createPrivateKey, createPublicKey, hkdfSync } from 'node:crypto';
import type { BackupKey } from '../key.ts';

const TYPE = 'ssh-ed25519';
const COMMENT = 'preau';
/** PKCS #8 of an Ed25519 key is these bytes and its seed (RFC 8410 §7). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
/** Of openssh-key-v1: what isn't encrypted is padded to 8 bytes. */
const BLOCK_BYTES = 8;
const LINE = 70;

interface LoginKey {
  /** As OpenSSH and libssh2 read it (OpenSSH's PROTOCOL.key). */
  readonly file: string;
  /** A line of authorized_keys. */
  readonly line: string;
}

export function loginKey(key: BackupKey): LoginKey {
  const seed = Buffer.from(hkdfSync('sha256', key, '', 'preau sftp', 32));
  const secret = createPrivateKey({
    key: Buffer.concat([PKCS8, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const { x = '' } = createPublicKey(secret).export({ format: 'jwk' });
  const open = Buffer.from(x, 'base64url');
  const openBlob = Buffer.concat([string(TYPE), string(open)]);
  return {
    file: fileOf(seed, open, openBlob),
    line: `${TYPE} ${openBlob.toString('base64')} ${COMMENT}`,
  };
}

function fileOf(seed: Buffer, open: Buffer, openBlob: Buffer): string {
  const one = Buffer.from([0, 0, 0, 1]);
  const parts = [string(TYPE), string(open), string(Buffer.concat([seed, open])), string(COMMENT)];
  // two equal numbers, by which a reader knows that a passphrase was right: there is none
  const plain = Buffer.concat([one, one, ...parts]);
  const missing = (BLOCK_BYTES - (plain.length % BLOCK_BYTES)) % BLOCK_BYTES;
  const padding = Buffer.from(Array.from({ length: missing }, (_unused, at) => at + 1));
  const whole = Buffer.concat([
    Buffer.from('openssh-key-v1\0', 'ascii'),
    string('none'),
    string('none'),
    string(''),
    one,
    string(openBlob),
    string(Buffer.concat([plain, padding])),
  ]);
  const lines = whole.toString('base64').match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [];
  const mark = (word: string) => `-----${word} OPENSSH PRIVATE KEY-----`;
  return [mark('BEGIN'), ...lines, mark('END'), ''].join('\n');
}

/** SSH's string: its length in four bytes, and its bytes (RFC 4251 §5). */
function string(of: string | Buffer): Buffer {
  const bytes = typeof of === 'string' ? Buffer.from(of) : of;
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
