import { PIECE_BYTES } from '../../../ground/pieces.ts';

/** A box of an MP4 (ISO/IEC 14496-12 §4.2). */
function box(name: string, ...inside: readonly Buffer[]): Buffer {
  const content = Buffer.concat([Buffer.from(name, 'latin1'), ...inside]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(content.length + 4);
  return Buffer.concat([size, content]);
}

/** What an MP4 with one track of pictures begins with. */
const head = (): Buffer => {
  const handler = box('hdlr', Buffer.alloc(8), Buffer.from('vide'), Buffer.alloc(13));
  return Buffer.concat([
    box('ftyp', Buffer.from('isom\0\0\0\0isommp42')),
    box('moov', box('trak', box('mdia', handler))),
  ]);
};

/** A film in so many pieces, each full: nothing that plays, and an MP4 to whoever reads boxes. */
export function* filmPieces(pieces: number): Generator<Buffer> {
  const first = head();
  const data = Buffer.alloc(8);
  data.writeUInt32BE(pieces * PIECE_BYTES - first.length);
  data.write('mdat', 4, 'latin1');
  for (let place = 0; place < pieces; place += 1) {
    const piece = Buffer.alloc(PIECE_BYTES, `image ${place} `);
    if (place === 0) Buffer.concat([first, data]).copy(piece);
    yield piece;
  }
}
