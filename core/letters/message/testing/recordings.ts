/** Small files as browsers record them: the heads of WebM and MP4, with what tracks one likes. */

const OPEN_SIZE = Buffer.from('01FFFFFFFFFFFFFF', 'hex');

/** An element of EBML; `size` where another is wanted than its content's. */
export function element(id: string, content: Buffer, size: Buffer = sizeOf(content)): Buffer {
  return Buffer.concat([Buffer.from(id, 'hex'), size, content]);
}

function sizeOf({ length }: Buffer): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(0x1000_0000 + length);
  return size;
}

/** A WebM of so many tracks by their TrackType (1 film, 2 sound), its segment of an open size. */
export function webmOf(...types: readonly number[]): Buffer {
  const tracks = types.map((type) =>
    element('AE', Buffer.concat([element('D7', Buffer.from([1])), element('83', byte(type))])),
  );
  return Buffer.concat([
    element('1A45DFA3', element('4282', Buffer.from('webm'))),
    element(
      '18538067',
      Buffer.concat([
        element('1549A966', element('4D80', Buffer.from('Chrome'))),
        element('1654AE6B', Buffer.concat(tracks)),
        element('1F43B675', Buffer.alloc(40), OPEN_SIZE),
      ]),
      OPEN_SIZE,
    ),
  ]);
}

const byte = (value: number): Buffer => Buffer.from([value]);

/** A box of ISO BMFF; `wide` with its size in 64 bits. */
export function box(name: string, content: Buffer, wide = false): Buffer {
  const head = Buffer.alloc(wide ? 16 : 8);
  head.writeUInt32BE(wide ? 1 : head.length + content.length);
  head.write(name, 4, 'latin1');
  if (wide) head.writeBigUInt64BE(BigInt(head.length + content.length), 8);
  return Buffer.concat([head, content]);
}

/** An MP4 of so many tracks by their handlers (`soun`, `vide`), behind what it plays. */
export function mp4Of(...handlers: readonly string[]): Buffer {
  const tracks = handlers.map((handler) =>
    box('trak', box('mdia', box('hdlr', Buffer.from(`\0\0\0\0\0\0\0\0${handler}\0\0\0\0`)))),
  );
  return Buffer.concat([
    box('ftyp', Buffer.from('isom\0\0\0\0isom')),
    box('mdat', Buffer.alloc(1_000, 7), true),
    box('moov', Buffer.concat([box('mvhd', Buffer.alloc(100)), ...tracks])),
  ]);
}
