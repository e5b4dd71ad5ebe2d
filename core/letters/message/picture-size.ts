/** How big a picture is drawn, in its own pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** What says how big it is stands within so many bytes, or isn't looked for. */
export const PICTURE_HEAD_BYTES = 64 * 1024;
/** Markers of a JPEG that are looked at before its frame. */
const MAX_MARKERS = 200;

/**
 * The size that a picture's own first bytes give, so that a page can keep its place before it has
 * come: PNG (ISO/IEC 15948 §11.2.2), GIF89a, JPEG (ITU-T T.81 §B.2.2), WebP (RFC 9649 §2.5). Null
 * for anything else, and for what is cut or makes no sense.
 */
export function pictureSize(head: Buffer): PictureSize | null {
  const size = png(head) ?? gif(head) ?? webp(head) ?? jpeg(head);
  return size === null || size.width === 0 || size.height === 0 ? null : size;
}

function png(head: Buffer): PictureSize | null {
  if (head.length < 24 || head.toString('latin1', 1, 4) !== 'PNG') return null;
  return { width: head.readUInt32BE(16), height: head.readUInt32BE(20) };
}

function gif(head: Buffer): PictureSize | null {
  if (head.length < 10 || !head.toString('latin1', 0, 6).startsWith('GIF8')) return null;
  return { width: head.readUInt16LE(6), height: head.readUInt16LE(8) };
}

function webp(head: Buffer): PictureSize | null {
  if (head.length < 30 || head.toString('latin1', 8, 12) !== 'WEBP') return null;
  switch (head.toString('latin1', 12, 16)) {
    case 'VP8X':
      return { width: head.readUIntLE(24, 3) + 1, height: head.readUIntLE(27, 3) + 1 };
    case 'VP8L': {
      const bits = head.readUInt32LE(21);
      return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
    }
    case 'VP8 ':
      return { width: head.readUInt16LE(26) & 0x3fff, height: head.readUInt16LE(28) & 0x3fff };
    default:
      return null;
  }
}

/** Over its segments to the first that begins a frame. */
function jpeg(head: Buffer): PictureSize | null {
  if (head.length < 4 || head.readUInt16BE(0) !== 0xffd8) return null;
  let at = 2;
  for (let marker = 0; marker < MAX_MARKERS && at + 9 < head.length; marker += 1) {
    if (head[at] !== 0xff) return null;
    const code = head[at + 1] ?? 0;
    if (isFrame(code))
      return { width: head.readUInt16BE(at + 7), height: head.readUInt16BE(at + 5) };
    at += 2 + head.readUInt16BE(at + 2);
  }
  return null;
}

/** SOF0 to SOF15, but for the three codes between them that mean something else. */
const isFrame = (code: number): boolean =>
  code >= 0xc0 && code <= 0xcf && code !== 0xc4 && code !== 0xc8 && code !== 0xcc;
