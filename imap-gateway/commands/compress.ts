import { constants, createDeflateRaw, createInflateRaw } from 'node:zlib';
import { BytesIn } from '../bytes-in.ts';
import { no, ok } from '../responses.ts';
import type { ImapSession } from '../session.ts';
import { SIGNED_IN, type Handler } from './handler.ts';

/**
 * A quarter of zlib's memory for a session, and mail packs nearly as well: 32 KiB for its window,
 * 32 for its tables.
 */
const WINDOW_BITS = 13;
const MEM_LEVEL = 6;

/** RFC 4978: from the next byte on, both ways. */
export const compress: Handler<'COMPRESS'> = {
  states: SIGNED_IN,
  tells: () => 'nothing',
  async run(session, { mechanism }) {
    if (mechanism.toUpperCase() !== 'DEFLATE') return no('unknown-mechanism', session.me);
    if (session.isCompressed) return no('compression-active', session.me);
    session.isCompressed = true;
    return { ...ok('Compression is active'), after: async () => pack(session) };
  },
};

function pack(session: ImapSession): void {
  session.repipe((socket, rest) => {
    const deflate = createDeflateRaw({ windowBits: WINDOW_BITS, memLevel: MEM_LEVEL });
    const inflate = createInflateRaw();
    inflate.on('error', () => socket.destroy());
    deflate.on('error', () => socket.destroy());
    deflate.pipe(socket);
    socket.pipe(inflate);
    if (rest.length > 0) inflate.write(rest);
    socket.once('close', () => {
      inflate.destroy();
      deflate.destroy();
    });
    // RFC 4978 §4: each answer is complete on the wire, whatever comes next.
    session.output.goOn(deflate, () => {
      deflate.flush(constants.Z_SYNC_FLUSH);
    });
    return new BytesIn(inflate);
  });
}
