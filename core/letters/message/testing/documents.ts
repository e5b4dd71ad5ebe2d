/**
 * Documents and archives as programs write them, for tests: what is in them is small, how they are
 * made is real.
 */
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { crc32, deflateSync, gzipSync } from 'node:zlib';
import { ZipFile } from 'yazl';
import { noise } from './noise.ts';
import { zipOf } from './zip-of.ts';

/** Entries of an archive: name and content. */
type Files = Readonly<Record<string, Buffer | string>>;

/** A zip whose entries are deflated, sizes before the bytes, as Office and Windows write it. */
export async function zipped(
  files: Files,
  { stored = [] as readonly string[] } = {},
): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) {
    zip.addBuffer(Buffer.from(content), name, { compress: !stored.includes(name) });
  }
  zip.end();
  return buffer(zip.outputStream);
}

/** The same with the sizes after the bytes, as macOS and Google write it. */
export async function streamedZip(files: Files): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) {
    zip.addReadStream(Readable.from([Buffer.from(content)]), name);
  }
  zip.end();
  return buffer(zip.outputStream);
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const RELATIONS = `${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>`;

/** What no reader knows: a font's, a setting's, a drawing's bytes. */
const opaque = (sizeBytes: number): Buffer =>
  Buffer.concat([Buffer.from([1, 0, 0, 0]), noise(sizeBytes)]);

/**
 * A PNG with the grain of a camera, which nothing packs (ISO/IEC 15948 §5).
 */
export function grainyPng(width: number, height: number): Buffer {
  const chunk = (name: string, content: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(name, 'latin1'), content]);
    const ends = Buffer.alloc(8);
    ends.writeUInt32BE(content.length);
    ends.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
  };
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0]);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  const pixels = noise(height * (3 * width + 1)); // and before each row its filter: none
  for (let row = 0; row < height; row += 1) pixels[row * (3 * width + 1)] = 0;
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1A\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A PNG whose header says so many dots, and nothing behind it. */
export function bombPng(side: number): Buffer {
  const head = Buffer.from(grainyPng(8, 8));
  head.writeUInt32BE(side, 16);
  head.writeUInt32BE(side, 20);
  return head;
}

export const JPEG = Buffer.concat([Buffer.from('\xFF\xD8\xFF\xE0', 'latin1'), noise(20_000)]);

/**
 * A Word document: text, pictures, fonts, settings of a printer, an equation, a chart with its
 * workbook.
 */
export async function docx(more: Files = {}): Promise<Buffer> {
  return zipped({
    '[Content_Types].xml': `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    '_rels/.rels': RELATIONS,
    'word/document.xml': `${XML}<w:document><w:body>${'<w:p><w:r><w:t>Bonjour</w:t></w:r></w:p>'.repeat(2_000)}</w:body></w:document>`,
    'word/_rels/document.xml.rels': RELATIONS,
    'word/theme/theme1.xml': `${XML}<a:theme/>`,
    'word/media/image1.jpeg': JPEG,
    'word/media/image2.tmp': JPEG,
    'word/media/image3.emz': gzipped(opaque(500)),
    'word/printerSettings/printerSettings1.bin': opaque(300),
    'word/embeddings/oleObject1.bin': compoundFile('Equation Native'),
    'word/embeddings/Microsoft_Excel_Worksheet.xlsx': await xlsx(),
    'word/fonts/font1.odttf': opaque(3_000),
    'docProps/app.xml': `${XML}<Properties/>`,
    ...more,
  });
}

/** A workbook with the settings of a printer. */
export async function xlsx(more: Files = {}): Promise<Buffer> {
  return zipped({
    '[Content_Types].xml': `${XML}<Types/>`,
    '_rels/.rels': RELATIONS,
    'xl/workbook.xml': `${XML}<workbook/>`,
    'xl/worksheets/sheet1.xml': `${XML}<worksheet>${'<row><c><v>1</v></c></row>'.repeat(3_000)}</worksheet>`,
    'xl/printerSettings/printerSettings1.bin': opaque(300),
    ...more,
  });
}

/** A workbook whose one sheet holds these cells as text. */
export async function workbookOf(rows: readonly (readonly string[])[]): Promise<Buffer> {
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const packed = 'http://schemas.openxmlformats.org/package/2006/relationships';
  const escaped = (text: string): string =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const sheet = rows
    .map((cells, row) => {
      const written = cells.map(
        (cell, column) =>
          `<c r="${columnName(column)}${row + 1}" t="inlineStr"><is><t>${escaped(cell)}</t></is></c>`,
      );
      return `<row r="${row + 1}">${written.join('')}</row>`;
    })
    .join('');
  return zipped({
    '[Content_Types].xml': `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>`,
    '_rels/.rels': `${XML}<Relationships xmlns="${packed}"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${XML}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Feuille1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${XML}<Relationships xmlns="${packed}"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `${XML}<worksheet xmlns="${main}"><sheetData>${sheet}</sheetData></worksheet>`,
  });
}

/** A, B, … Z, AA, … */
function columnName(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : `${columnName(Math.floor(index / 26) - 1)}${last}`;
}

/** A text of LibreOffice: `mimetype` first and stored (ODF 1.3 part 2 §3.3). */
export async function odt(more: Files = {}): Promise<Buffer> {
  return zipped(
    {
      mimetype: 'application/vnd.oasis.opendocument.text',
      'content.xml': `${XML}<office:document-content>${'<text:p>Bonjour</text:p>'.repeat(2_000)}</office:document-content>`,
      'styles.xml': `${XML}<office:document-styles/>`,
      'layout-cache': opaque(60),
      'Pictures/10000000000.jpg': JPEG,
      'Thumbnails/thumbnail.png': '\x89PNG\r\n\x1A\n',
      'Object 1/content.xml': `${XML}<math/>`,
      'META-INF/manifest.xml': `${XML}<manifest:manifest/>`,
      ...more,
    },
    { stored: ['mimetype'] },
  );
}

/** A book. */
export async function epub(): Promise<Buffer> {
  return zipped(
    {
      mimetype: 'application/epub+zip',
      'META-INF/container.xml': `${XML}<container/>`,
      'OEBPS/content.opf': `${XML}<package/>`,
      'OEBPS/chapitre1.xhtml': `${XML}<html><body/></html>`,
      'OEBPS/fonts/police.otf': opaque(2_000),
      'OEBPS/images/a.jpg': JPEG,
    },
    { stored: ['mimetype'] },
  );
}

/** The start of a compound file, with a stream of this name (MS-CFB §2.6). */
export function compoundFile(stream: string, content: Buffer | string = ''): Buffer {
  const start = Buffer.from('\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1', 'latin1');
  return Buffer.concat([
    start,
    Buffer.alloc(504),
    Buffer.from(stream, 'utf16le'),
    Buffer.alloc(512),
    Buffer.from(content),
  ]);
}

/** A file that somebody put into a document (MS-OLEDS §2.3.6). */
export function packaged(name: string, content: Buffer): Buffer {
  return compoundFile(
    '\x01Ole10Native',
    Buffer.concat([
      Buffer.from(`\0\0\0\0\x02\0${name}\0C:\\x\\${name}\0\0\0\x03\0`, 'latin1'),
      content,
    ]),
  );
}

/** A Windows program, as far as its marks go. */
export const PROGRAM = Buffer.concat([
  Buffer.from('MZ\x90\0', 'latin1'),
  Buffer.alloc(56),
  Buffer.from([0x80, 0, 0, 0]),
  Buffer.alloc(64),
  Buffer.from('PE\0\0'),
  Buffer.alloc(200),
]);

/** A gzip with the name that the file had. */
export function gzipped(content: Buffer, name = ''): Buffer {
  const plain = gzipSync(content);
  if (name === '') return plain;
  const header = Buffer.from(plain.subarray(0, 10));
  header[3] = 8;
  return Buffer.concat([header, Buffer.from(`${name}\0`), plain.subarray(10)]);
}

/** A tar of the ustar form; `first` is a header of another type, before the files. */
export function tarred(
  files: Files,
  first: { readonly type: string; readonly content: string } | null = null,
): Buffer {
  const before = first ? tarBlocks('records', first.content, first.type) : [];
  const blocks = Object.entries(files).flatMap(([name, content]) => tarBlocks(name, content, '0'));
  return Buffer.concat([...before, ...blocks, Buffer.alloc(1_024)]);
}

function tarBlocks(name: string, content: Buffer | string, type: string): Buffer[] {
  const bytes = Buffer.from(content);
  const padding = Buffer.alloc((512 - (bytes.length % 512)) % 512);
  return [tarHeader(name, bytes.length, type), bytes, padding];
}

function tarHeader(name: string, sizeBytes: number, type: string): Buffer {
  const header = Buffer.alloc(512);
  header.write(name.slice(0, 100), 0);
  header.write('0000644\0', 100);
  header.write(`${sizeBytes.toString(8).padStart(11, '0')}\0`, 124);
  header.write(' '.repeat(8), 148);
  header.write(type, 156);
  header.write('ustar\x0000', 257);
  const sum = header.reduce((all, byte) => all + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

/** A zip of so many entries with nothing in them: short names, the cheapest for who makes it. */
export function emptyEntries(count: number, more: Readonly<Record<string, string>> = {}): Buffer {
  const empty = Array.from({ length: count }, (_, at) => [`${at}`, ''] as const);
  return zipOf([...empty, ...Object.entries(more)]);
}
