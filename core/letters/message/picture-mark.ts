import { crc32 } from 'node:zlib';
import type { MadeMark } from './message.ts';
import { hashOf, isMadeAs, MAC_BYTES, macOf, type Making } from './our-mark.ts';

/** Where a kind of picture has room for a mark, and what stands around it there. */
interface Room {
  readonly begins: Buffer;
  readonly at: number;
  readonly before: Buffer;
  readonly after: (mac: Buffer) => Buffer;
}

/** A chunk that no editor copies into another picture (PNG §5.4: private, unsafe to copy). */
const PNG_CHUNK = Buffer.from('drAW', 'latin1');
/** Behind the signature and IHDR, which comes first and is 25 bytes long (PNG §5.6, §11.2.2). */
const PNG: Room = {
  begins: Buffer.from('\x89PNG\r\n\x1A\n\0\0\0\rIHDR', 'latin1'),
  at: 33,
  before: Buffer.concat([Buffer.from([0, 0, 0, MAC_BYTES]), PNG_CHUNK]),
  after(mac) {
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(Buffer.concat([PNG_CHUNK, mac])));
    return sum;
  },
};
/** A comment behind the start of the image, whose length counts itself (ITU-T T.81 §B.2.4.5). */
const JPEG: Room = {
  begins: Buffer.from([0xff, 0xd8, 0xff]),
  at: 2,
  before: Buffer.from([0xff, 0xfe, 0, MAC_BYTES + 2]),
  after: () => Buffer.alloc(0),
};

const roomIn = (bytes: Buffer): Room | undefined =>
  [PNG, JPEG].find(({ begins }) => bytes.subarray(0, begins.length).equals(begins));

type PictureMaking = Exclude<Making, 'sound'>;

/** The same picture with our mark; as it is where it bears one, and what is no PNG and no JPEG. */
export function markedPicture(bytes: Buffer, key: Buffer, as: PictureMaking): Buffer {
  const room = roomIn(bytes);
  if (room === undefined || markIn(bytes) !== null) return bytes;
  const mac = macOf(hashOf(bytes), key, as);
  const [head, rest] = [bytes.subarray(0, room.at), bytes.subarray(room.at)];
  return Buffer.concat([head, room.before, mac, room.after(mac), rest]);
}

/** What stands where a mark of ours would: who has the key says whether it is one. */
export function markIn(bytes: Buffer): MadeMark | null {
  const room = roomIn(bytes);
  if (room === undefined) return null;
  const from = room.at + room.before.length;
  const mac = bytes.subarray(from, from + MAC_BYTES);
  if (!bytes.subarray(room.at, from).equals(room.before) || mac.length < MAC_BYTES) return null;
  const rest = bytes.subarray(from + MAC_BYTES + room.after(mac).length);
  return { mac: mac.toString('hex'), rest: hashOf(bytes.subarray(0, room.at), rest) };
}

/** Whether a page of this town made the picture that bears it. */
export const isOurMark = (mark: MadeMark, key: Buffer): boolean =>
  isMadeAs(mark, key, ['picture', 'drawing']);
