/**
 * What a file is by the start of its content. The media types that are served are those of this
 * file and of kinds.ts.
 */
import { dangerInCompound } from './compound.ts';
import { HEAD_BYTES } from './limits.ts';
import type { FileDanger } from './message.ts';
import { playedInMp4, playedInWebm } from './tracks.ts';

export interface FileKind {
  readonly danger: FileDanger;
  /**
   * To serve it as. Nothing that a browser runs: HTML, SVG and XML go out as `application/octet-
   * stream`.
   */
  readonly mediaType: string;
  /** The usual ending, for a file without a name. */
  readonly ending: string;
  /** It holds files that nobody has judged, or that nobody may put into a document. */
  readonly holdsFiles: boolean;
}

export const OCTETS = 'application/octet-stream';

/** A kind of file that holds no others. */
export function kind(danger: FileDanger, mediaType: string, ending: string): FileKind {
  return { danger, mediaType, ending, holdsFiles: false };
}

/** A kind of file that holds others. */
export function container(danger: FileDanger, mediaType: string, ending: string): FileKind {
  return { danger, mediaType, ending, holdsFiles: true };
}

const DANGEROUS = kind('dangerous', OCTETS, 'bin');
const OTHER = kind('other', OCTETS, 'bin');
const TEXT = kind('everyday', 'text/plain', 'txt');
const WEBM_SOUND = kind('everyday', 'audio/webm', 'weba');
const WEBM_FILM = kind('everyday', 'video/webm', 'webm');
const MP4_SOUND = kind('everyday', 'audio/mp4', 'm4a');
const MP4_FILM = kind('everyday', 'video/mp4', 'mp4');

interface Magic {
  readonly at: number;
  readonly bytes: string;
  readonly kind: FileKind;
}

const magic = (bytes: string, found: FileKind, at = 0): Magic => ({ at, bytes, kind: found });

/** Archives and images of disks that we can't list: what is in them is only clamd's to look at. */
const UNLISTED: readonly Magic[] = (
  [
    ['xz', '\xFD7zXZ\0'],
    ['7z', '7z\xBC\xAF\x27\x1C'],
    ['rar', 'Rar!\x1A\x07'],
    ['bz2', 'BZh'],
    ['zst', '\x28\xB5\x2F\xFD'],
    ['lz', 'LZIP'],
    ['lz4', '\x04\x22\x4D\x18'],
    ['lzo', '\x89LZO\0\r\n\x1A\n'],
    ['z', '\x1F\x9D'],
    ['lzh', '-lh0-', 2],
    ['lzh', '-lh5-', 2],
    ['lzh', '-lh6-', 2],
    ['lzh', '-lh7-', 2],
    ['ace', '**ACE**', 7],
    ['wim', 'MSWIM\0\0\0'],
    ['vhdx', 'vhdxfile'],
    ['vhd', 'conectix'],
    ['qcow2', 'QFI\xFB'],
    ['squashfs', 'hsqs'],
    ['tnef', '\x78\x9F\x3E\x22'],
  ] as const
).map(([ending, bytes, at = 0]) => magic(bytes, container('other', OCTETS, ending), at));

/** First match wins. Bytes as Latin-1. */
const MAGIC: readonly Magic[] = [
  ...[
    'MZ',
    '\x7FELF',
    '\xFE\xED\xFA\xCE',
    '\xFE\xED\xFA\xCF',
    '\xCE\xFA\xED\xFE',
    '\xCF\xFA\xED\xFE',
    '\xCA\xFE\xBA\xBE',
    '#!',
    'dex\n',
    '\0asm',
    'L\0\0\0\x01\x14\x02\0',
    'ITSF',
    'FWS',
    'CWS',
    'ZWS',
    'MSCF',
    '\xE4\x52\x5C\x7B',
    'xar!',
    '!<arch>',
    '\xED\xAB\xEE\xDB',
  ].map((bytes) => magic(bytes, DANGEROUS)),
  magic('CD001', DANGEROUS, 32_769),
  magic('\xFF\xD8\xFF', kind('everyday', 'image/jpeg', 'jpg')),
  magic('\x89PNG\r\n\x1A\n', kind('everyday', 'image/png', 'png')),
  magic('GIF87a', kind('everyday', 'image/gif', 'gif')),
  magic('GIF89a', kind('everyday', 'image/gif', 'gif')),
  magic('WEBP', kind('everyday', 'image/webp', 'webp'), 8),
  magic('II*\0', kind('everyday', 'image/tiff', 'tif')),
  magic('MM\0*', kind('everyday', 'image/tiff', 'tif')),
  magic('%PDF-', kind('everyday', 'application/pdf', 'pdf')),
  magic('ID3', kind('everyday', 'audio/mpeg', 'mp3')),
  magic('OggS', kind('everyday', 'audio/ogg', 'ogg')),
  magic('fLaC', kind('everyday', 'audio/flac', 'flac')),
  magic('WAVE', kind('everyday', 'audio/wav', 'wav'), 8),
  magic('MThd', kind('everyday', 'audio/midi', 'mid')),
  magic('#!AMR', kind('everyday', 'audio/amr', 'amr')),
  magic('AVI ', kind('everyday', 'video/x-msvideo', 'avi'), 8),
  magic('\0\0\x01\xBA', kind('everyday', 'video/mpeg', 'mpg')),
  magic('\0\0\x01\xB3', kind('everyday', 'video/mpeg', 'mpg')),
  magic('\x30\x26\xB2\x75\x8E\x66\xCF\x11', kind('everyday', 'video/x-ms-wmv', 'wmv')),
];

/** The start of EBML (RFC 8794 §11.2.1): WebM, Matroska. */
const EBML = '\x1A\x45\xDF\xA3';

/**
 * Brands of ISO base media files (ISO/IEC 14496-12 §4.3) that are pictures or sound; of every other
 * one the tracks say whether it is sound or film.
 */
const BRANDS: Readonly<Record<string, FileKind>> = {
  heic: kind('everyday', 'image/heic', 'heic'),
  heix: kind('everyday', 'image/heic', 'heic'),
  mif1: kind('everyday', 'image/heic', 'heic'),
  avif: kind('everyday', 'image/avif', 'avif'),
  'M4A ': MP4_SOUND,
  'M4B ': MP4_SOUND,
};

/**
 * What the start of the content says; what is in archives isn't asked. Bounded by the content's
 * length, once.
 */
export function kindOfStart(bytes: Buffer): FileKind {
  const head = bytes.toString('latin1', 0, HEAD_BYTES);
  const found = byMagic(bytes, head) ?? byMarkup(head);
  if (found) return found;
  return isText(bytes) ? TEXT : (firstOf(UNLISTED, bytes, head) ?? OTHER);
}

function firstOf(magics: readonly Magic[], bytes: Buffer, head: string): FileKind | null {
  const found = magics.find(({ at, bytes: wanted }) =>
    at + wanted.length <= HEAD_BYTES
      ? head.startsWith(wanted, at)
      : bytes.toString('latin1', at, at + wanted.length) === wanted,
  );
  return found?.kind ?? null;
}

function byMagic(bytes: Buffer, head: string): FileKind | null {
  // The one honest thing that starts as a script does.
  if (head.startsWith('#!AMR')) return kind('everyday', 'audio/amr', 'amr');
  const found = firstOf(MAGIC, bytes, head);
  if (found) return found;
  if (head.startsWith(EBML)) return playedInWebm(bytes) === 'sound' ? WEBM_SOUND : WEBM_FILM;
  if (head.startsWith('ftyp', 4)) return BRANDS[head.slice(8, 12)] ?? playedMp4(bytes);
  if (head.startsWith('BM') && bytes.length > 26 && bytes.readUInt32LE(14) <= 124)
    return kind('everyday', 'image/bmp', 'bmp');
  if (/^\xFF[\xE2-\xFB\xF1\xF9]/.test(head) && !/^\xFF\xFE/.test(head))
    return kind('everyday', 'audio/mpeg', 'mp3');
  if (head.startsWith('\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1')) return compoundKind(bytes);
  if (head.startsWith('{\\rt'))
    return /\\obj(?:data|update|ect)/.test(bytes.toString('latin1'))
      ? DANGEROUS
      : kind('other', OCTETS, 'rtf');
  return null;
}

const playedMp4 = (bytes: Buffer): FileKind =>
  playedInMp4(bytes) === 'sound' ? MP4_SOUND : MP4_FILM;

/**
 * Nobody's everyday file; as a part of a document it is one, unless a file lies in it that a
 * document may not hold.
 */
function compoundKind(bytes: Buffer): FileKind {
  const inside = dangerInCompound(bytes);
  return inside === 'dangerous' ? DANGEROUS : { ...OTHER, holdsFiles: inside === 'other' };
}

/**
 * Mail in a file holds files that nobody has judged: a multipart that can't be taken apart, a
 * message behind base64.
 */
const MAIL = /^content-(?:type|disposition|transfer-encoding)[ \t]*:/im;

/**
 * HTML, SVG and XML aren't everyday: they run where they're opened; with a script in an SVG they're
 * a script.
 */
function byMarkup(head: string): FileKind | null {
  if (MAIL.test(head)) return container('other', OCTETS, 'eml');
  const start = head.replace(/^(?:\xEF\xBB\xBF)?\s+/, '').slice(0, 1_024);
  if (/<svg[\s>]/i.test(start))
    return /<script|\son[a-z]+\s*=|javascript:/i.test(head)
      ? DANGEROUS
      : kind('other', OCTETS, 'svg');
  if (
    /<(?:!doctype\s+html|html|head|body|script|iframe|meta|base|form|object|embed)[\s>/]/i.test(
      start,
    )
  )
    return kind('other', OCTETS, 'html');
  return /^(?:\xEF\xBB\xBF)?<\?xml/.test(start) ? kind('other', OCTETS, 'xml') : null;
}

/** Tab, line feed, form feed, carriage return, escape. */
const IN_TEXT: ReadonlySet<number> = new Set([9, 10, 12, 13, 27]);

/**
 * No control but white space and escape, and no more than that: what an editor shows. UTF-16 with
 * its mark is text too.
 */
export function isText(bytes: Buffer): boolean {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return true;
  return bytes.subarray(0, HEAD_BYTES).every((byte) => byte >= 32 || IN_TEXT.has(byte));
}
