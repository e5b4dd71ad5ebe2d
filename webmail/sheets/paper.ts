import { readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import PDFDocument from 'pdfkit';
import { animalOf } from '../../core/ground/animals.ts';
import type { Language } from '../../core/ground/ids.ts';
import { drawingsIn, type VectorShape } from './drawing.ts';

export type Doc = InstanceType<typeof PDFDocument>;
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const INK = '#1c2333';
export const SOFT = '#4a5364';
const EDGE = '#727c97';

const FONTS = {
  sans: 'DejaVuSans.ttf',
  bold: 'DejaVuSans-Bold.ttf',
  mono: 'DejaVuSansMono-Bold.ttf',
} as const;
const fontFile = (name: keyof typeof FONTS) =>
  fileURLToPath(import.meta.resolve(`dejavu-fonts-ttf/ttf/${FONTS[name]}`));

/** What a document says of itself. */
interface DocumentAbout {
  readonly language: Language;
  readonly title: string;
  readonly keywords?: string;
  /** What stands on each page is drawn last: all stay open until then. */
  readonly keepsPages?: boolean;
}

/**
 * Draws a document on A4 and gives its bytes. `draw` adds each of its pages; the three fonts are
 * there under their names, to be chosen with `font`.
 */
export function drawDocument(about: DocumentAbout, draw: (doc: Doc) => void): Promise<Buffer> {
  const doc = openDocument(about);
  const whole = buffer(doc);
  draw(doc);
  doc.end();
  return whole;
}

/** A document without pages, to be read while it is drawn. */
export function openDocument({
  language,
  title,
  keywords,
  keepsPages = false,
}: DocumentAbout): Doc {
  const doc = new PDFDocument({
    size: 'A4',
    margin: 0,
    autoFirstPage: false,
    bufferPages: keepsPages,
    lang: language,
    info: {
      Title: title,
      Creator: 'Préau',
      Producer: 'Préau',
      ...(keywords === undefined ? {} : { Keywords: keywords }),
    },
  });
  for (const name of ['sans', 'bold', 'mono'] as const) doc.registerFont(name, fontFile(name));
  return doc;
}

const drawings = drawingsIn(
  readFileSync(new URL('../assets/animals.svg', import.meta.url), 'utf8'),
);

/** Where a card or slip is cut out. */
export function cutLines(doc: Doc, { x, y, width, height }: Box): void {
  doc
    .save()
    .lineWidth(0.5)
    .strokeColor(EDGE)
    .dash(2, { space: 3 })
    .rect(x, y, width, height)
    .stroke()
    .restore();
}

/** Where a card is folded, with the word for it in the middle. */
export function foldLine(doc: Doc, { x, y, width }: Box, word: string): void {
  doc.font('sans').fontSize(6.5).fillColor(SOFT);
  const words = doc.widthOfString(word);
  doc.text(word, x + (width - words) / 2, y - 4, { lineBreak: false });
  const end = (width - words) / 2 - 6;
  doc.save().lineWidth(0.75).strokeColor(EDGE).dash(5, { space: 3 });
  doc
    .moveTo(x + 6, y)
    .lineTo(x + end, y)
    .moveTo(x + width - end, y)
    .lineTo(x + width - 6, y)
    .stroke()
    .restore();
}

interface TextFit {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly font: keyof typeof FONTS;
  readonly most: number;
  readonly align?: 'left' | 'center';
}

/** Below that nobody reads what is printed, in points. */
const SMALLEST = 6;

/**
 * Draws a text on one line, in the largest size up to `most` at which it stands there; what is too
 * long in the smallest stands on two, and is cut where it is longer still.
 */
export function drawFitting(doc: Doc, text: string, fit: TextFit): void {
  const { x, y, width, font, most, align = 'left' } = fit;
  const wide = doc.font(font).fontSize(most).widthOfString(text);
  const size = wide <= width ? most : (most * width) / wide;
  if (size >= SMALLEST) {
    const before = align === 'center' ? (width - (wide * size) / most) / 2 : 0;
    doc.fontSize(size).text(text, x + before, y, { lineBreak: false });
  } else {
    // A line and a half more than none: the second is the last one.
    const height = doc.fontSize(SMALLEST).currentLineHeight() * 2.5;
    doc.text(text, x, y, { width, height, align, ellipsis: true });
  }
}

/** The rings of `frame.css`, by their number. */
const RINGS: Readonly<Record<number, string>> = {
  2: '#b3261e',
  3: '#21479c',
  4: '#1b6441',
  5: '#6b2c92',
};

interface SquarePlace {
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** An animal of the sprite, with its ring; a name that it doesn't have is the panda. */
export function drawAnimal(doc: Doc, name: string, { x, y, size }: SquarePlace): void {
  doc
    .save()
    .translate(x, y)
    .scale(size / 48)
    .lineCap('round');
  const { animal, colour } = animalOf(name);
  for (const shape of drawings.get(animal) ?? drawings.get('panda') ?? []) drawShape(doc, shape);
  const ring = RINGS[colour];
  if (ring !== undefined) doc.circle(24, 24, 22.5).lineWidth(3).strokeColor(ring).stroke();
  doc.restore();
}

/** An adult is square, and initials. */
export function drawInitials(doc: Doc, letters: string, { x, y, size }: SquarePlace): void {
  doc.roundedRect(x, y, size, size, 8).fill(SOFT);
  doc
    .font('bold')
    .fontSize(size * 0.4)
    .fillColor('#ffffff')
    .text(letters.slice(0, 2).toUpperCase(), x, y + size * 0.27, {
      width: size,
      align: 'center',
      lineBreak: false,
    });
}

function drawShape(doc: Doc, shape: VectorShape): void {
  doc.save();
  if (shape.kind === 'path') doc.path(shape.d);
  else {
    if (shape.turn !== null)
      doc.rotate(shape.turn.degrees, { origin: [shape.turn.x, shape.turn.y] });
    doc.ellipse(shape.cx, shape.cy, shape.rx, shape.ry);
  }
  const { fill, stroke, width } = shape.paint;
  doc.lineWidth(width);
  if (fill !== null && stroke !== null) doc.fillAndStroke(fill, stroke);
  else if (fill !== null) doc.fill(fill);
  else if (stroke !== null) doc.stroke(stroke);
  doc.restore();
}
