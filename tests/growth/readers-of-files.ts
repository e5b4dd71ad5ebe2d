/** Readers of files that come with letters, and of what is packed in them. */
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { readAggregateReport } from '../../core/letters/message/aggregate-report.ts';
import { dangerInCompound } from '../../core/letters/message/compound.ts';
import { keptStyle } from '../../core/letters/message/css.ts';
import { collectLinks } from '../../core/letters/message/found-links.ts';
import { kindOf } from '../../core/letters/message/kinds.ts';
import {
  ARCHIVE_UNPACKED_BYTES,
  BODY_CHARACTERS,
  FILE_LINK_BYTES,
  FILES_LINK_BYTES,
} from '../../core/letters/message/limits.ts';
import { kindOfStart } from '../../core/letters/message/magic.ts';
import { markIn } from '../../core/letters/message/picture-mark.ts';
import { withoutPlace } from '../../core/letters/message/picture-place.ts';
import { pictureSize } from '../../core/letters/message/picture-size.ts';
import { zipOf } from '../../core/letters/message/testing/zip-of.ts';
import { readTlsReport } from '../../core/letters/message/tls-report.ts';
import { unpackedReport } from '../../core/letters/message/unpacked-report.ts';
import { bytesOf, type StrangersReader } from './reader.ts';

const LARGEST = 8 * BODY_CHARACTERS;
/** What a report may have, less what stands around the attack. */
const REPORT_BYTES = 2_097_152 - 1_024;

/** Looked at as an attached file: its kind, and its links. */
function takeFile(bytes: Buffer): void {
  const { mediaType } = kindOf(bytes, ['a.bin']);
  collectLinks(FILES_LINK_BYTES).takeFile(bytes, mediaType);
}

const PDF_UNITS = [
  '/URI(',
  '/URI(http://a.fr)',
  '/URI <',
  '/URI<61',
  '/URI(\\',
  '/URI(\\)',
  '/ObjStm',
  '/ObjStm stream\n',
  '/ObjStm stream\nendstream',
];

/** A PDF of one object stream, which as many types point at as its dictionary holds. */
const packedPdf = (text: string): Buffer =>
  Buffer.concat([
    Buffer.from(`%PDF-1.7 ${'/ObjStm'.repeat(100)} stream\n`),
    deflateSync(bytesOf(text)),
    Buffer.from('\nendstream'),
  ]);

const pictures = (
  [
    ['JPEG', '\xFF\xD8\xFF', ['\xFF\xE1\0\x08Exif\0\0', 'Exif\0\0II*\0', '\xFF\xE0\0\x02']],
    ['PNG', '\x89PNG\r\n\x1A\n', ['\0\0\0\0eXIf\0\0\0\0', '\0\0\0\0IDAT\0\0\0\0']],
    ['WebP', 'RIFF\0\0\0\0WEBP', ['EXIF\0\0\0\0', 'VP8X\0\0\0\0']],
  ] as const
).map(([name, before, units]): StrangersReader => ({
  name: `a picture, ${name}`,
  largest: LARGEST,
  around: [before, ''],
  units: [...units, '<x:xmpmeta', '<x:xmpmeta>GPS</x:xmpmeta>', '<rdf:RDF'],
  read(text) {
    const bytes = bytesOf(text);
    return [withoutPlace(bytes), pictureSize(bytes), markIn(bytes), kindOf(bytes, [])];
  },
}));

const starts = (
  [
    ['a compound file', '\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1', ['MZ', '\x02\0a.b']],
    ['a rich text', '{\\rtf', ['\\obj', '{\\rtf']],
    ['an SVG', '<svg ', [' onload ', '<script', ' on']],
    ['a WebM', '\x1A\x45\xDF\xA3', ['\x18\x53\x80\x67\x81', '\xEC\x80', '\xAE\x81\x83']],
    ['an MP4', '\0\0\0\x10ftypisom\0\0\0\0', ['\0\0\0\x08moov', '\0\0\0\x08trak', '\0\0\0\0moov']],
    ['a tar', '', ['a'.repeat(512), '\0'.repeat(512), '10 path=a\n', '10 path=']],
    ['a gzip', '\x1F\x8B\x08\x08\0\0\0\0\0\0', ['\x1F\x8B\x08']],
    [
      'a zip',
      'PK\x03\x04',
      ['PK\x03\x04', 'PK\x01\x02', 'PK\x05\x06', `PK\x03\x04${'\0'.repeat(26)}`],
    ],
    ['a PDF', '%PDF-1.7\n', PDF_UNITS],
    ['a file', '', ['http://a.fr ', '</', '<a', '&amp;', 'a.b ', 'begin 644 a\n']],
  ] as const
).map(([name, before, units]): StrangersReader => ({
  name,
  largest: LARGEST,
  around: [before, ''],
  units,
  read: (text) => takeFile(bytesOf(text)),
}));

export const READERS_OF_FILES: readonly StrangersReader[] = [
  ...starts,
  ...pictures,
  {
    name: 'what is packed in a PDF',
    largest: FILE_LINK_BYTES,
    units: PDF_UNITS,
    read: (text) => takeFile(packedPdf(text)),
  },
  {
    name: 'what is packed in a zip',
    largest: ARCHIVE_UNPACKED_BYTES / 8,
    read: (text) => takeFile(zipOf([['a.txt', text]])),
  },
  {
    name: 'what is packed in a gzip',
    largest: ARCHIVE_UNPACKED_BYTES / 8,
    read: (text) => takeFile(gzipSync(bytesOf(text), { level: 1 })),
  },
  {
    name: 'deflated bytes that aren’t',
    largest: LARGEST,
    read: (text) => takeFile(deflateRawSync(bytesOf(text), { level: 1 })),
  },
  {
    name: 'programs in a compound file',
    largest: LARGEST,
    units: ['MZ', '\x02\0a.b', '\x02\0', '\x01\0O\0l\0e\x001\x000\0N\0a\0t\0i\0v\0e\0'],
    around: ['\x01\0O\0l\0e\x001\x000\0N\0a\0t\0i\0v\0e\0', ''],
    read: (text) => dangerInCompound(bytesOf(text)),
  },
  { name: 'the start of a file', largest: LARGEST, read: (text) => kindOfStart(bytesOf(text)) },
  {
    name: 'an aggregate report',
    largest: REPORT_BYTES,
    units: ['<feedback>', '<record>', '<a/>', '<a a="', '<!DOCTYPE ', '&lt;', '<record></record>'],
    around: ['<feedback>', '</feedback>'],
    read: (text) => readAggregateReport(unpackedReport(bytesOf(text)) ?? Buffer.alloc(0), 'a.fr'),
  },
  {
    name: 'a value in an aggregate report',
    largest: REPORT_BYTES,
    around: ['<feedback><record><row><source_ip>', '</source_ip></row></record></feedback>'],
    read: (text) => readAggregateReport(bytesOf(text), 'a.fr'),
  },
  {
    name: 'a report about TLS',
    largest: REPORT_BYTES,
    units: ['{"a":', '[', '{"policies":[', '1e', '"\\u'],
    read: (text) => readTlsReport(bytesOf(text), 'a.fr'),
  },
  {
    name: 'a host in a report about TLS',
    largest: REPORT_BYTES,
    around: [
      '{"report-id":"a","date-range":{"start-datetime":"2026-01-01T00:00:00Z",' +
        '"end-datetime":"2026-01-02T00:00:00Z"},"policies":[{"policy":{"policy-type":"sts",' +
        '"policy-domain":"a.fr"},"summary":{"total-successful-session-count":1,' +
        '"total-failure-session-count":1},"failure-details":[{"result-type":"a",' +
        '"failed-session-count":1,"receiving-mx-hostname":"',
      '"}]}]}',
    ],
    read: (text) => readTlsReport(bytesOf(text), 'a.fr'),
  },
  {
    name: 'a style of an element',
    largest: BODY_CHARACTERS,
    units: ['color:red;', 'a(', 'color: !important', 'margin:-1;'],
    read: keptStyle,
  },
];
