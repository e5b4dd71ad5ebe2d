import { crc32, deflateSync } from 'node:zlib';
import type { Upload } from '../../core/mail/writing/contract.ts';

/**
 * A one-page PDF with these lines, as small as one can be (ISO 32000-1 §7.5). Text is in WinAnsi:
 * French fits.
 */
export function smallPdf(name: string, lines: readonly string[]): Upload {
  const shown = lines.map((line) => `(${line.replace(/[\\()]/g, '\\$&')}) Tj T*`).join('\n');
  const content = `BT /F1 14 Tf 20 TL 60 780 Td\n${shown}\nET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const table = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join('')}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return { name, mediaType: 'application/pdf', bytes: Buffer.from(text, 'latin1') };
}

const WIDTH = 320;
const HEIGHT = 220;
const PAPER = [255, 250, 240] as const;
const SHELL = [160, 90, 40] as const;
const BODY = [120, 160, 70] as const;
const SEA = [33, 95, 174] as const;
const SAIL = [216, 57, 74] as const;
const SUN = [255, 199, 46] as const;

/** The colour of a point, each part from 0 to 255. */
type Paint = (x: number, y: number) => readonly number[];

/** A child's drawing of a snail, as a PNG. */
export const snailDrawing = (name: string): Upload => drawing(name, snail);

/** A child's drawing of a boat on the sea. */
export const boatDrawing = (name: string): Upload => drawing(name, boat);

function drawing(name: string, paint: Paint): Upload {
  const rows = Array.from({ length: HEIGHT }, (_, y) =>
    Buffer.from([0, ...Array.from({ length: WIDTH }, (_, x) => paint(x, y)).flat()]),
  );
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  header.set([8, 2, 0, 0, 0], 8); // eight bits, red green blue
  const bytes = Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  return { name, mediaType: 'image/png', bytes };
}

/** A spiral for the shell, a long foot, a head. */
function snail(x: number, y: number): readonly number[] {
  const [dx, dy] = [x - 150, y - 95];
  const distance = Math.hypot(dx, dy);
  const turn = (distance - (Math.atan2(dy, dx) + Math.PI) * 2.2) % 14;
  if (distance < 72 && turn > 0 && turn < 5) return SHELL;
  const foot = y > 165 && y < 185 && x > 60 && x < 250;
  const head = Math.hypot(x - 250, y - 150) < 22;
  return foot || head ? BODY : PAPER;
}

/** Three rows of waves, a boat with its sail, a sun in the corner. */
function boat(x: number, y: number): readonly number[] {
  const wave = Math.sin(x / 14) * 5;
  if ([158, 178, 198].some((row) => Math.abs(y - row - wave) < 3.5)) return SEA;
  if (y > 122 && y < 150 && Math.abs(x - 150) < 62 - (y - 122)) return SHELL;
  if (x > 146 && x < 151 && y > 34 && y <= 122) return SHELL;
  if (x >= 151 && y > 38 && y < 112 && x - 151 < (y - 38) * 0.8) return SAIL;
  const [dx, dy] = [x - 268, y - 46];
  const distance = Math.hypot(dx, dy);
  const isRay = distance > 31 && distance < 46 && Math.abs(Math.sin(Math.atan2(dy, dx) * 4)) < 0.35;
  return distance < 25 || isRay ? SUN : PAPER;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
