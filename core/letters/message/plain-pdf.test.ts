import { constants, deflateSync } from 'node:zlib';
import PDFDocument from 'pdfkit';
import { describe, expect, it } from 'vitest';
import { SOAKED, sliced } from '../../../tests/shared/slice.ts';
import { isPlainPdf } from './plain-pdf.ts';
import { corpusFiles } from './testing/corpora.ts';

const pdf = (...pieces: readonly (string | Buffer)[]): Buffer =>
  Buffer.concat([Buffer.from('%PDF-1.7\n'), ...pieces.map((piece) => Buffer.from(piece))]);
const packed = (objects: string | Buffer, about = '/Filter /FlateDecode'): Buffer =>
  Buffer.concat([
    Buffer.from(`1 0 obj << /Type /ObjStm ${about} >>\nstream\r\n`),
    deflateSync(objects, { level: constants.Z_BEST_SPEED }),
    Buffer.from('\nendstream endobj\n'),
  ]);
const SCRIPT = '<< /S /JavaScript /JS (app.alert\\(1\\)) >>';

/** A page as programs write it. */
function written(say: (page: InstanceType<typeof PDFDocument>) => void): Promise<Buffer> {
  const page = new PDFDocument();
  const pieces: Buffer[] = [];
  page.on('data', (piece: Buffer) => pieces.push(piece));
  say(page);
  page.end();
  return new Promise((resolve) => page.on('end', () => resolve(Buffer.concat(pieces))));
}

describe('a PDF that is read and no more', () => {
  it('is one that a program writes, with words, drawings and links', async () => {
    const plain = await written((page) => page.text('Sortie au musée').rect(0, 0, 9, 9).fill());
    expect(isPlainPdf(plain, 'adult')).toBe(true);
    expect(isPlainPdf(plain, 'child')).toBe(true);
    const linked = await written((page) => page.text('ici', { link: 'https://musee.example/' }));
    expect(isPlainPdf(linked, 'adult')).toBe(true);
    // nobody would ask a child whether to leave
    expect(isPlainPdf(linked, 'child')).toBe(false);
  });
  it('may open at a place', () =>
    expect(isPlainPdf(pdf('<< /OpenAction [1 0 R /Fit] /URI (https://a.fr) >>'), 'adult')).toBe(
      true,
    ));
});

describe('a PDF that acts', () => {
  it.each<{ when: string; bytes: Buffer }>([
    { when: 'a script', bytes: pdf(SCRIPT) },
    { when: 'a script under a name in numbers', bytes: pdf('<< /S /J#61va#53cript >>') },
    { when: 'in packed objects', bytes: pdf(packed(SCRIPT)) },
    { when: 'in objects packed twice', bytes: pdf(packed(deflateSync(SCRIPT))) },
    {
      when: 'behind a stream that says it isn’t over',
      bytes: pdf('(>> stream\n)', SCRIPT, '(endstream)'),
    },
    { when: 'in a stream that isn’t called objects', bytes: pdf(packed(SCRIPT, '/X 1')) },
    { when: 'written as differences', bytes: pdf(packed('x', '/DecodeParms << /Predictor 12 >>')) },
    { when: 'packed in a way not read here', bytes: pdf(packed('x', '/Filter /LZWDecode')) },
    { when: 'locked', bytes: pdf('trailer << /Encrypt 9 0 R >>') },
    { when: 'a form that is sent', bytes: pdf('<< /S /SubmitForm /F (https://a.fr) >>') },
    { when: 'a program that is started', bytes: pdf('<< /S /Launch /F (calc.exe) >>') },
    { when: 'a file within', bytes: pdf('<< /Type /EmbeddedFile >>') },
    {
      when: 'an address that is opened at once',
      bytes: pdf('<< /OpenAction << /S /URI /URI (https://a.fr) >> >>'),
    },
    { when: 'more than may be unpacked', bytes: pdf(packed(Buffer.alloc(70_000_000))) },
    { when: 'no PDF', bytes: Buffer.from('GIF89a') },
    { when: 'too large', bytes: pdf(Buffer.alloc(10 * 1024 * 1024)) },
  ])('isn’t shown: $when', ({ bytes }) => expect(isPlainPdf(bytes, 'adult')).toBe(false));
});

describe('is decided and never by an error', () => {
  const { some, rest } = sliced(7, corpusFiles(''));
  it('of one in seven files of the corpora', () => isDecided(some));
  it('of all others', SOAKED, () => isDecided(rest));

  function isDecided(files: typeof some): void {
    for (const { bytes } of files) {
      const asPdf = Buffer.concat([Buffer.from('%PDF-1.4\n'), bytes]);
      expect(typeof isPlainPdf(asPdf, 'adult')).toBe('boolean');
    }
  }
});
