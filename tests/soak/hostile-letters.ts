/**
 * Letters that each once kept everybody waiting for seconds, made for one reader of ours whose time
 * grew faster than its input. Larger where a letter may be larger: what is linear is tried at the
 * size that a stranger may send.
 */
import { deflateSync } from 'node:zlib';

interface HostileLetter {
  readonly title: string;
  readonly raw: Buffer;
}

const HEAD = 'From: Guide <guide@ext.test>\r\nSubject: visite\r\nMIME-Version: 1.0\r\n';
const MEGABYTE = 1_000_000;

export function hostileLetters(): readonly HostileLetter[] {
  return [
    { title: 'a file called ::::… .a', raw: withFiles([named(`${':'.repeat(1_000)}.a`)]) },
    {
      title: 'twelve files of such names, 25 kB each',
      raw: withFiles(Array.from({ length: 12 }, () => named(`${':'.repeat(25_000)}.a`))),
    },
    { title: 'a PDF whose object stream is /URI(', raw: withFiles([pdf(objectStream(MEGABYTE))]) },
    {
      title: 'three of them',
      raw: withFiles([1, 2, 3].map(() => pdf(objectStream(MEGABYTE)))),
    },
    {
      title: 'five PDFs of 185 kB of /URI(',
      raw: withFiles([1, 2, 3, 4, 5].map(() => pdf(Buffer.from('/URI('.repeat(37_000))))),
    },
    {
      title: 'a PDF of 2.5 MB of /URI(',
      raw: withFiles([pdf(Buffer.from('/URI('.repeat(500_000)))]),
    },
    { title: 'a charset of 60 kB of stars', raw: html('<p>x</p>', '*'.repeat(60_000)) },
    { title: '700 kB of nested <b>', raw: html('<b>'.repeat(233_000)) },
    { title: '1 MB of nested <b>', raw: html('<b>'.repeat(333_000)) },
    {
      title: 'Authentication-Results of 60,000 dots',
      raw: Buffer.from(`${HEAD}Authentication-Results: ${'.'.repeat(60_000)}x\r\n\r\nx\r\n`),
    },
    {
      title: 'a signature of 60 kB of spaces',
      raw: Buffer.from(`DKIM-Signature: v=1; b=${' '.repeat(60_000)}x\r\n${HEAD}\r\nx\r\n`),
    },
    { title: '24 MB of bare line ends', raw: Buffer.from(`${HEAD}\r\n${'\n'.repeat(24_000_000)}`) },
    {
      title: '1 MB of a text without an end',
      raw: Buffer.from(`${HEAD}\r\n${'a '.repeat(500_000)}`),
    },
    { title: '1 MB of <', raw: html('<'.repeat(MEGABYTE)) },
    { title: '1 MB of links', raw: html('<a href=x>y</a>'.repeat(66_000)) },
  ];
}

interface File {
  readonly disposition: string;
  readonly type: string;
  readonly bytes: Buffer;
}

const named = (name: string): File => ({
  disposition: `attachment; filename="${name}"`,
  type: 'application/octet-stream',
  bytes: Buffer.from('x'),
});

const pdf = (content: Buffer): File => ({
  disposition: 'attachment; filename="visite.pdf"',
  type: 'application/pdf',
  bytes: Buffer.concat([Buffer.from('%PDF-1.7\n'), content]),
});

/** Deflated to some hundred bytes (ISO 32000-1 §7.5.7). */
function objectStream(sizeBytes: number): Buffer {
  const packed = deflateSync(Buffer.from('/URI('.repeat(sizeBytes / 5)));
  const dictionary = `<< /Type /ObjStm /N 1 /First 0 /Filter /FlateDecode /Length ${packed.length} >>`;
  return Buffer.concat([
    Buffer.from(`1 0 obj\n${dictionary}\nstream\n`),
    packed,
    Buffer.from('\nendstream\nendobj\n'),
  ]);
}

function withFiles(files: readonly File[]): Buffer {
  const parts = files.map(({ disposition, type, bytes }) => {
    const lines = bytes.toString('base64').replace(/.{76}/g, '$&\r\n');
    return `--b\r\nContent-Type: ${type}\r\nContent-Disposition: ${disposition}\r\nContent-Transfer-Encoding: base64\r\n\r\n${lines}\r\n`;
  });
  const head = `${HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nBonjour\r\n`;
  return Buffer.from(`${head}${parts.join('')}--b--\r\n`);
}

function html(body: string, charset = 'utf-8'): Buffer {
  const lines = body.replace(/.{900}/g, '$&\r\n');
  return Buffer.from(`${HEAD}Content-Type: text/html; charset="${charset}"\r\n\r\n${lines}\r\n`);
}
