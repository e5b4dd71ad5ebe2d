import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import type { Attachment } from '../../letters/message/message.ts';
import { isMadeAs } from '../../letters/message/our-mark.ts';
import type { Gift } from './contract.ts';

const inflated = promisify(inflate);

/** Of what stands in a PNG, how many pieces are looked at: our pad makes five. */
const MOST_CHUNKS = 100;
/** Behind the signature (PNG §5.2). */
const FIRST_CHUNK = 8;
/**
 * Samples a pixel by colour type (PNG §11.2.1): our pad writes a palette, browsers whose canvas it
 * can't read write red, green, blue, some with how far one sees through.
 */
const SAMPLES: Readonly<Record<number, number>> = { 2: 3, 3: 1, 6: 4 };
/** The colour type whose dots name colours of a palette. */
const INDEXED = 3;
/** What a picture must be made of, in this order (PNG §5.6). */
const MUSTS = { plain: /^IHDR(,IDAT)+,IEND$/, indexed: /^IHDR,PLTE(,IDAT)+,IEND$/ } as const;
/** The highest of the filters of a row (PNG §9.2). */
const LAST_FILTER = 4;
/** Of other pictures than one, or of other colours than its dots say. */
const REFUSED: ReadonlySet<string> = new Set(['acTL', 'fcTL', 'fdAT', 'tRNS']);

/** What a page of ours made: of which kind, and its SHA-256 without the mark. */
interface Making {
  readonly kind: Gift['kind'];
  readonly sha256: string;
}

/**
 * What a file of a letter is, where a page of ours made it: a drawing of our pad, a voice of our
 * recorder. It is told by its mark and never by its kind: a photo is a PNG by one press. The
 * picture of a phrase bears another.
 */
export function madeOf(
  { mark, mediaType }: Pick<Attachment, 'mark' | 'mediaType'>,
  key: Buffer,
): Making | null {
  if (mark === undefined) return null;
  const { rest: sha256 } = mark;
  if (mediaType === 'image/png' && isMadeAs(mark, key, ['drawing']))
    return { kind: 'drawing', sha256 };
  return mediaType.startsWith('audio/') && isMadeAs(mark, key, ['sound'])
    ? { kind: 'voice', sha256 }
    : null;
}

/**
 * Whether a PNG is one as our pad writes it, and holds as many pixels as it says: nobody who
 * unpacks it gets more, and whoever prints it can read every row. What printers can't read ends
 * them: they throw where nobody catches it (png-js, of pdfkit).
 */
export async function isWholePng(png: Buffer): Promise<boolean> {
  const chunks = chunksOf(png);
  const head = chunks?.[0]?.holds;
  if (chunks === null || head?.length !== 13) return false;
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)];
  const colours = head.readUInt8(9);
  const samples = SAMPLES[colours];
  if (!isOnePicture(chunks, colours === INDEXED ? MUSTS.indexed : MUSTS.plain)) return false;
  // Eight bits a sample, without interlacing, as browsers write: each row and the byte before it.
  if (head.readUInt8(8) !== 8 || head.readUInt8(12) !== 0 || samples === undefined) return false;
  const rowBytes = width * samples + 1;
  const expected = height * rowBytes;
  const packed = chunks.filter(({ name }) => name === 'IDAT').map(({ holds }) => holds);
  try {
    const whole = await inflated(Buffer.concat(packed), { maxOutputLength: expected });
    return whole.length === expected && hasKnownFilters(whole, rowBytes);
  } catch {
    return false;
  }
}

/**
 * Its head, its colours, its dots and its end; what is no must for who reads it may stand between
 * them (PNG §5.4: a small letter begins its name).
 */
function isOnePicture(chunks: readonly Chunk[], musts: RegExp): boolean {
  const names = chunks.map(({ name }) => name);
  return (
    names[0] === 'IHDR' &&
    musts.test(names.filter((name) => /^[A-Z]/.test(name)).join()) &&
    !names.some((name) => REFUSED.has(name)) &&
    chunks.every(({ name, holds }) => name !== 'PLTE' || isPalette(holds))
  );
}

/** Colours of three bytes, as many as a byte names at most (PNG §11.2.3). */
const isPalette = ({ length }: Buffer): boolean =>
  length > 0 && length <= 3 * 256 && length % 3 === 0;

function hasKnownFilters(rows: Buffer, rowBytes: number): boolean {
  for (let at = 0; at < rows.length; at += rowBytes)
    if ((rows[at] ?? 0) > LAST_FILTER) return false;
  return true;
}

interface Chunk {
  readonly name: string;
  readonly holds: Buffer;
}

/** Length, name, what it holds and a sum, one after the other (PNG §5.3); null where it is cut. */
export function chunksOf(png: Buffer): readonly Chunk[] | null {
  const chunks: Chunk[] = [];
  for (let at = FIRST_CHUNK; at < png.length;) {
    if (at + 12 > png.length || chunks.length === MOST_CHUNKS) return null;
    const start = at + 8;
    const end = start + png.readUInt32BE(at);
    if (end + 4 > png.length) return null;
    chunks.push({
      name: png.toString('latin1', at + 4, start),
      holds: png.subarray(start, end),
    });
    at = end + 4;
  }
  return chunks.at(-1)?.name === 'IEND' ? chunks : null;
}
