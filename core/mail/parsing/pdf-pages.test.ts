/** Pages of PDFs as pictures: what they show, and that no file takes more than it may. */
import { deflateSync, inflateSync } from 'node:zlib';
import PDFDocument from 'pdfkit';
import { describe, expect, it } from 'vitest';
import { SOAKED, sliced } from '../../../tests/shared/slice.ts';
import { drawnPdfPage, pdfPage } from './pdf-pages.ts';

const WHO = '1.1';

/** A PDF as a program writes it: words, then a page with a red square. */
async function written(): Promise<Buffer> {
  const document = new PDFDocument({ size: 'A4' });
  const pieces: Buffer[] = [];
  document.on('data', (piece: Buffer) => pieces.push(piece));
  const ended = new Promise((resolve) => document.on('end', resolve));
  document.fontSize(20).text('Sortie au musée', { link: 'https://musee.example/' });
  document.addPage().rect(0, 0, 300, 842).fill('#c02040').end();
  await ended;
  return Buffer.concat(pieces);
}

/** Objects, numbered from 1 on, as a file without a table of where they are: viewers mend that. */
const pdf = (...objects: readonly string[]): Buffer =>
  Buffer.from(
    [
      '%PDF-1.7',
      ...objects.map((one, at) => `${at + 1} 0 obj\n${one}\nendobj`),
      'trailer << /Root 1 0 R >>',
      '%%EOF',
    ].join('\n'),
    'latin1',
  );
const stream = (about: string, data: string): string =>
  `<< ${about} /Length ${data.length} >>\nstream\n${data}\nendstream`;
const CATALOG = '<< /Type /Catalog /Pages 2 0 R >>';
const PAGES = '<< /Type /Pages /Kids [3 0 R] /Count 1 >>';
const page = (rest: string, box = '0 0 200 100'): string =>
  `<< /Type /Page /Parent 2 0 R /MediaBox [${box}] ${rest} >>`;
const withContent = (content: string): Buffer =>
  pdf(CATALOG, PAGES, page('/Contents 4 0 R'), stream('', content));

/** Width, height, bytes a dot, and the dot at a place. */
function read(png: Buffer | null) {
  if (png === null) throw new Error('no picture');
  expect(png.toString('latin1', 1, 4)).toBe('PNG');
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const bytes = png[25] === 0 ? 1 : 3;
  const lines = inflateSync(png.subarray(png.indexOf('IDAT') + 4, -16));
  const dot = (x: number, y: number) => {
    const at = y * (1 + width * bytes) + 1 + x * bytes;
    return [...lines.subarray(at, at + bytes)];
  };
  return { width, height, bytes, dot };
}

describe('a page', () => {
  it('is a picture of a width that is read on any screen, with its words beside it', async () => {
    const bytes = await written();
    const first = await pdfPage(WHO, bytes, 1);
    expect(first).toMatchObject({ page: 1, pages: 2, width: 1_100, height: 1_555 });
    expect(first?.text).toContain('Sortie au musée');
    const words = read(await drawnPdfPage(WHO, bytes, 1));
    expect([words.width, words.height, words.bytes]).toEqual([1_100, 1_555, 1]);
    expect(words.dot(2, 2)).toEqual([255]);
    const square = read(await drawnPdfPage(WHO, bytes, 2));
    expect(square.bytes).toBe(3);
    expect(square.dot(20, 700)).toEqual([0xc0, 0x20, 0x40]);
    expect(square.dot(1_000, 700)).toEqual([255, 255, 255]);
  });

  it.each([
    ['that isn’t there', 3],
    ['nought', 0],
  ])('%s is none', async (_which, number) => {
    const bytes = await written();
    expect(await pdfPage(WHO, bytes, number)).toBeNull();
    expect(await drawnPdfPage(WHO, bytes, number)).toBeNull();
  });
});

describe('a hostile file', () => {
  const forms = (times: number): string => '/F Do '.repeat(times);
  const image = (side: number): string =>
    `/Type /XObject /Subtype /Image /Width ${side} /Height ${side} /ColorSpace /DeviceRGB /BitsPerComponent 8`;
  const { some, rest } = sliced<{ readonly what: string; readonly bytes: Buffer }>(2, [
    { what: 'nothing', bytes: Buffer.alloc(0) },
    { what: 'no PDF', bytes: Buffer.from('<html>') },
    { what: 'a head alone', bytes: Buffer.from('%PDF-1.7\n') },
    { what: 'more than is looked at', bytes: Buffer.alloc(10 * 1024 * 1024 + 1, '%PDF-1.7 ') },
    {
      what: 'pages within themselves',
      bytes: pdf(CATALOG, '<< /Type /Pages /Kids [2 0 R] /Count 1 >>'),
    },
    {
      what: 'two thousand million pages',
      bytes: pdf(CATALOG, '<< /Type /Pages /Kids [3 0 R] /Count 2000000000 >>', page('')),
    },
    { what: 'a page as large as a field', bytes: pdf(CATALOG, PAGES, page('', '0 0 1e9 1e9')) },
    { what: 'a page without width', bytes: pdf(CATALOG, PAGES, page('', '0 0 0 1e30')) },
    {
      what: 'brackets without end',
      bytes: pdf(CATALOG, PAGES, page(`/Contents ${'['.repeat(200_000)}`)),
    },
    { what: 'states without end', bytes: withContent('q '.repeat(1_000_000)) },
    {
      what: 'a picture in a broken packing',
      bytes: pdf(
        CATALOG,
        PAGES,
        page('/Contents 5 0 R /Resources << /XObject << /F 4 0 R >> >>'),
        stream(`${image(4_000)} /Filter /JBIG2Decode`, 'x'.repeat(5_000)),
        stream('', '200 0 0 100 0 0 cm /F Do'),
      ),
    },
    {
      what: 'a script at its opening',
      bytes: pdf(
        '<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\(1\\); while\\(1\\);) >> >>',
        PAGES,
        page(''),
      ),
    },
  ]);
  it.each(some)('of $what ends within its limits, and harms no other', ({ bytes }) =>
    endsWell(bytes),
  );
  it.each(rest)('and so does one of $what', SOAKED, ({ bytes }) => endsWell(bytes));

  it.each<{ readonly what: string; readonly bytes: Buffer }>([
    { what: 'strokes without end', bytes: withContent(`${'0 0 m 200 100 l '.repeat(300_000)}S`) },
    {
      what: 'a form that draws itself',
      bytes: pdf(
        CATALOG,
        PAGES,
        page('/Contents 5 0 R /Resources << /XObject << /F 4 0 R >> >>'),
        stream(
          '/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 4 0 R >> >>',
          forms(50),
        ),
        stream('', forms(50)),
      ),
    },
    {
      what: 'a picture that unpacks to gigabytes',
      bytes: pdf(
        CATALOG,
        PAGES,
        page('/Contents 5 0 R /Resources << /XObject << /F 4 0 R >> >>'),
        stream(
          `${image(30_000)} /Filter /FlateDecode`,
          deflateSync(Buffer.alloc(64 * 2 ** 20)).toString('latin1'),
        ),
        stream('', '200 0 0 100 0 0 cm /F Do'),
      ),
    },
  ])(
    'of $what is ended at its limits, and harms no other',
    { tags: 'soak', timeout: 60_000 },
    async ({ bytes }) => {
      await endsWell(bytes);
    },
  );

  async function endsWell(bytes: Buffer): Promise<void> {
    const shown = await pdfPage(WHO, bytes, 1);
    const drawn = await drawnPdfPage(WHO, bytes, 1);
    if (drawn !== null) expect(read(drawn).width).toBeLessThanOrEqual(1_100);
    if (shown !== null) expect(shown.pages).toBeLessThanOrEqual(500);
    expect((await pdfPage(WHO, await written(), 1))?.pages).toBe(2);
  }

  it('that was whole, with some bytes of it others, is drawn or isn’t', SOAKED, async () => {
    const whole = await written();
    for (let seed = 1; seed <= 40; seed += 1) {
      const bytes = Buffer.from(whole);
      for (let n = 0; n < 12; n += 1) {
        const at = (seed * 7_919 + n * 104_729 * seed) % bytes.length;
        bytes[at] = (bytes[at] ?? 0) ^ (1 << (n % 8));
      }
      const drawn = await drawnPdfPage(WHO, bytes.subarray(0, bytes.length - (seed % 7) * 40), 1);
      if (drawn !== null) expect(read(drawn).height).toBeLessThanOrEqual(2_200);
    }
    expect((await pdfPage(WHO, whole, 1))?.pages).toBe(2);
  });
});
