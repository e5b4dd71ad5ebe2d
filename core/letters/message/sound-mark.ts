import type { MadeMark } from './message.ts';
import { hashOf, MAC_BYTES, macOf } from './our-mark.ts';

/** Names our mark among whatever else stands at the end of a sound. */
const NAME = Buffer.from('7b0f3c52d1e94a6f8a65a3d00c4b9e71', 'hex');

/** How a kind of sound begins, and what stands before a mark behind all the rest of it. */
interface Room {
  readonly at: number;
  readonly begins: Buffer;
  readonly before: Buffer;
}

/** A box with a name of one's own, which players pass over (ISO/IEC 14496-12 §4.2). */
const MP4: Room = {
  at: 4,
  begins: Buffer.from('ftyp', 'latin1'),
  before: Buffer.concat([
    Buffer.from([0, 0, 0, 8 + NAME.length + MAC_BYTES]),
    Buffer.from('uuid', 'latin1'),
    NAME,
  ]),
};
/** Void, which may stand anywhere and says nothing (RFC 8794 §11.3.2). */
const WEBM: Room = {
  at: 0,
  begins: Buffer.from([0x1a, 0x45, 0xdf, 0xa3]),
  before: Buffer.concat([Buffer.from([0xec, 0x80 | (NAME.length + MAC_BYTES)]), NAME]),
};

const roomIn = (bytes: Buffer): Room | undefined =>
  [MP4, WEBM].find(({ at, begins }) => bytes.subarray(at, at + begins.length).equals(begins));

/** The same sound with our mark; as it is where it bears one, and what is no MP4 and no WebM. */
export function markedSound(bytes: Buffer, key: Buffer): Buffer {
  const room = roomIn(bytes);
  return room === undefined || soundMarkIn(bytes) !== null
    ? bytes
    : Buffer.concat([bytes, room.before, macOf(hashOf(bytes), key, 'sound')]);
}

/** What stands where a mark of ours would: who has the key says whether it is one. */
export function soundMarkIn(bytes: Buffer): MadeMark | null {
  const room = roomIn(bytes);
  const end = bytes.length - MAC_BYTES;
  const from = room === undefined ? -1 : end - room.before.length;
  if (room === undefined || from < 0 || !bytes.subarray(from, end).equals(room.before)) return null;
  return { mac: bytes.toString('hex', end), rest: hashOf(bytes.subarray(0, from)) };
}
