import type { Language } from '../../core/ground/ids.ts';
import { drawDocument, INK, SOFT, type Doc } from './paper.ts';

/** A sheet to keep or to hand on: lines to be typed elsewhere. Plain data, to go to a worker. */
export interface LinesJob {
  readonly language: Language;
  readonly title: string;
  /** Paragraphs above the lines. */
  readonly lead: readonly string[];
  readonly lines: readonly SheetLine[];
  /** Points of the type of the lines. */
  readonly size: number;
  readonly foot: string;
}

/** What stands before it, the characters themselves, and what they are for. */
interface SheetLine {
  readonly label: string;
  readonly texts: readonly string[];
  readonly note: string;
}

/** Points: A4 is 595 by 842. */
const PAGE = { width: 595.28, height: 841.89, margin: 48 } as const;
const INNER = PAGE.width - 2 * PAGE.margin;
const LABEL = 64;
const FOOT = 28;
const RULE = '#ccd4ea';

/** Draws the sheet, on as many pages as its lines take; the foot stands on each. */
export function linesPdf(job: LinesJob): Promise<Buffer> {
  return drawDocument({ language: job.language, title: job.title, keepsPages: true }, (doc) => {
    doc.addPage();
    let y = heading(doc, job);
    for (const line of job.lines) y = drawLine(doc, line, { y, size: job.size });
    feet(doc, job.foot);
  });
}

function heading(doc: Doc, { title, lead }: LinesJob): number {
  const at = { width: INNER };
  doc.font('bold').fontSize(20).fillColor(INK).text(title, PAGE.margin, PAGE.margin, at);
  doc.font('sans').fontSize(10.5);
  for (const paragraph of lead) doc.text(paragraph, PAGE.margin, doc.y + 8, at);
  return doc.y + 20;
}

interface Placing {
  readonly y: number;
  readonly size: number;
}

/** A line stays whole on its page; gives where the next one begins. */
function drawLine(doc: Doc, { label, texts, note }: SheetLine, { y, size }: Placing): number {
  const width = INNER - LABEL;
  const heightOf = (font: string, points: number, text: string): number =>
    text === '' ? 0 : doc.font(font).fontSize(points).heightOfString(text, { width });
  const height =
    texts.reduce((sum, text) => sum + heightOf('mono', size, text) + 2, 0) +
    heightOf('sans', 8.5, note);
  const top = y + height > PAGE.height - PAGE.margin - FOOT ? newPage(doc) : y;
  rule(doc, top - 6);
  doc.font('bold').fontSize(10).fillColor(SOFT);
  doc.text(label, PAGE.margin, top + size / 2 - 4, { width: LABEL - 8, lineBreak: false });
  let below = top;
  for (const text of texts) {
    doc
      .font('mono')
      .fontSize(size)
      .fillColor(INK)
      .text(text, PAGE.margin + LABEL, below, { width });
    below = doc.y + 2;
  }
  if (note !== '') {
    doc.font('sans').fontSize(8.5).fillColor(SOFT);
    doc.text(note, PAGE.margin + LABEL, below, { width });
  }
  return top + height + 14;
}

function newPage(doc: Doc): number {
  doc.addPage();
  return PAGE.margin;
}

function rule(doc: Doc, y: number): void {
  doc
    .moveTo(PAGE.margin, y)
    .lineTo(PAGE.width - PAGE.margin, y)
    .lineWidth(0.5)
    .strokeColor(RULE)
    .stroke();
}

function feet(doc: Doc, foot: string): void {
  const { count } = doc.bufferedPageRange();
  for (let index = 0; index < count; index += 1) {
    doc.switchToPage(index);
    const text = count === 1 ? foot : `${foot}   ${index + 1} / ${count}`;
    doc
      .font('sans')
      .fontSize(8)
      .fillColor(SOFT)
      .text(text, PAGE.margin, PAGE.height - PAGE.margin, {
        width: INNER,
        align: 'center',
        lineBreak: false,
      });
  }
}
