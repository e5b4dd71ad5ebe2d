import type { Language } from '../../core/ground/ids.ts';
import { drawDocument, INK, SOFT, type Doc } from './paper.ts';

/** Sheets of a paper that families sign; plain data, so that it can go to a worker. */
export type PaperJob =
  | {
      readonly kind: 'bus';
      readonly language: Language;
      readonly title: string;
      readonly lines: readonly string[];
      readonly columns: readonly string[];
      /** Who stays is grey, and lost in no photocopier: it says « non » too. */
      readonly rows: readonly { readonly cells: readonly string[]; readonly isGrey: boolean }[];
      readonly foot: string;
    }
  | {
      readonly kind: 'slips';
      readonly language: Language;
      readonly pages: readonly PaperSlipPage[];
    }
  | {
      readonly kind: 'proof';
      readonly language: Language;
      readonly title: string;
      readonly lead: readonly string[];
      readonly parts: readonly { readonly title: string; readonly lines: readonly string[] }[];
      /** What a command reads again, as text of plain letters. */
      readonly file: string;
    };

/** A letter with its slip, for one child. */
export interface PaperSlipPage {
  readonly title: string;
  readonly child: string;
  readonly letter: readonly string[];
  readonly oath: string;
  readonly facts: readonly string[];
  readonly boxes: readonly string[];
  /** Each with room to write behind it. */
  readonly lines: readonly string[];
  readonly cut: string;
  readonly until: string;
}

/** Points: A4 is 595 by 842. */
const PAGE = { width: 595.28, height: 841.89, margin: 42 } as const;
const INNER = PAGE.width - 2 * PAGE.margin;
const BOTTOM = PAGE.height - PAGE.margin;
const AT = { width: INNER } as const;
/** A page on which a text that doesn't end on the one before goes on. */
const FLOWING = { size: 'A4', margin: PAGE.margin } as const;
const EDGE = '#555555';

/** A slip is cut off in the middle of the page where its letter is short. */
const LEAST_CUT = 360;
const ABOVE_CUT = 22;
const SMALL = 10;
const BOX = 12;
const BESIDE_BOX = 20;
const IN_BOX = { width: INNER - BESIDE_BOX } as const;
const ON_LINE = { width: 170 } as const;

/** Draws one of them. */
export function paperPdf(job: PaperJob): Promise<Buffer> {
  const title = job.kind === 'slips' ? (job.pages[0]?.title ?? '') : job.title;
  const about = {
    language: job.language,
    title,
    ...(job.kind === 'proof' ? { keywords: job.file } : {}),
  };
  return drawDocument(about, (doc) => {
    if (job.kind === 'slips') for (const page of job.pages) drawSlip(doc, page);
    else if (job.kind === 'bus') drawBus(doc, job);
    else drawProof(doc, job);
  });
}

function heading(doc: Doc, title: string, lines: readonly string[]): void {
  doc.addPage(FLOWING);
  doc.font('bold').fontSize(16).fillColor(INK).text(title, PAGE.margin, PAGE.margin, AT);
  doc.font('sans').fontSize(10).fillColor(SOFT);
  for (const line of lines) doc.text(line, PAGE.margin, doc.y + 3, AT);
  doc.fillColor(INK);
}

const WIDTHS = [0.3, 0.14, 0.36, 0.1, 0.1] as const;
const ROW = 19;

function drawBus(doc: Doc, job: Extract<PaperJob, { kind: 'bus' }>): void {
  heading(doc, job.title, job.lines);
  let y = doc.y + 12;
  y = drawRow(doc, { cells: job.columns, y, look: 'head' });
  for (const { cells, isGrey } of job.rows) {
    if (y + ROW > BOTTOM) {
      doc.addPage(FLOWING);
      y = drawRow(doc, { cells: job.columns, y: PAGE.margin, look: 'head' });
    }
    y = drawRow(doc, { cells: [...cells, '', ''], y, look: isGrey ? 'grey' : 'boxes' });
  }
  doc
    .font('sans')
    .fontSize(9)
    .fillColor(SOFT)
    .text(job.foot, PAGE.margin, y + 10, AT);
}

interface Row {
  readonly cells: readonly string[];
  readonly y: number;
  readonly look: 'head' | 'grey' | 'boxes';
}

/** Gives where the next one begins. */
function drawRow(doc: Doc, { cells, y, look }: Row): number {
  if (look !== 'boxes') doc.rect(PAGE.margin, y, INNER, ROW).fill('#e6e6e6');
  let x: number = PAGE.margin;
  for (const [at, share] of WIDTHS.entries()) {
    const width = share * INNER;
    doc.rect(x, y, width, ROW).lineWidth(0.5).strokeColor(EDGE).stroke();
    doc.font(look === 'head' || at === 0 ? 'bold' : 'sans').fontSize(9);
    doc.fillColor(INK).text(cells[at] ?? '', x + 4, y + 5, {
      width: width - 8,
      height: ROW - 6,
      ellipsis: true,
      lineBreak: false,
    });
    if (look === 'boxes' && at > 2)
      doc
        .rect(x + width / 2 - 5, y + ROW / 2 - 5, 10, 10)
        .lineWidth(0.75)
        .stroke();
    x += width;
  }
  return y + ROW;
}

/** A letter goes on over as many pages as it needs; its slip stands on one, below or after it. */
function drawSlip(doc: Doc, page: PaperSlipPage): void {
  heading(doc, page.title, [page.child]);
  doc.font('sans').fontSize(10.5).lineGap(2);
  for (const paragraph of page.letter) doc.text(paragraph, PAGE.margin, doc.y + 8, AT);
  const height = slipHeight(doc, page);
  let top = Math.max(doc.y + ABOVE_CUT, Math.min(LEAST_CUT, BOTTOM - height));
  if (top + height > BOTTOM) {
    doc.addPage(FLOWING);
    top = PAGE.margin;
  }
  doc.save().lineWidth(0.75).strokeColor(EDGE).dash(5, { space: 3 });
  doc.moveTo(0, top).lineTo(PAGE.width, top).stroke().restore();
  doc.y = top + 4;
  for (const { text, font, size, colour, above } of slipTexts(page)) {
    doc.font(font).fontSize(size).fillColor(colour);
    doc.text(text, PAGE.margin, doc.y + above, AT);
  }
  doc.font('sans').fontSize(SMALL).fillColor(INK);
  for (const box of page.boxes) {
    room(doc, 10 + BOX);
    const y = doc.y + 10;
    doc.rect(PAGE.margin, y, BOX, BOX).lineWidth(1).strokeColor(INK).stroke();
    doc.text(box, PAGE.margin + BESIDE_BOX, y, IN_BOX);
  }
  for (const line of page.lines) {
    room(doc, 14 + BOX);
    const y = doc.y + 14;
    doc.text(line, PAGE.margin, y, ON_LINE);
    doc.moveTo(PAGE.margin + 175, y + 12).lineTo(PAGE.width - PAGE.margin, y + 12);
    doc.lineWidth(0.5).strokeColor(EDGE).stroke();
  }
}

/** What stands on a slip above its boxes, each with the room above it. */
interface SlipText {
  readonly text: string;
  readonly font: 'sans' | 'bold';
  readonly size: number;
  readonly colour: string;
  readonly above: number;
}

function slipTexts({ cut, child, until, oath, facts }: PaperSlipPage): readonly SlipText[] {
  return [
    { text: cut, font: 'bold', size: 11, colour: INK, above: 8 },
    { text: `${child}, ${until}`, font: 'sans', size: 9.5, colour: SOFT, above: 2 },
    { text: oath, font: 'bold', size: 12, colour: INK, above: 8 },
    ...facts.map((text) => ({ text, font: 'sans', size: SMALL, colour: INK, above: 2 }) as const),
  ];
}

/** From the line along which it is cut to below its last line, in points. */
function slipHeight(doc: Doc, page: PaperSlipPage): number {
  const texts = slipTexts(page).map(
    ({ text, font, size, above }) => above + doc.font(font).fontSize(size).heightOfString(text, AT),
  );
  doc.font('sans').fontSize(SMALL);
  const boxes = page.boxes.map((box) => 10 + doc.heightOfString(box, IN_BOX));
  const lines = page.lines.map((line) => 14 + doc.heightOfString(line, ON_LINE));
  return [...texts, ...boxes, ...lines].reduce((sum, height) => sum + height, 4);
}

function drawProof(doc: Doc, job: Extract<PaperJob, { kind: 'proof' }>): void {
  heading(doc, job.title, job.lead);
  for (const { title, lines } of job.parts) {
    room(doc, 60);
    doc
      .font('bold')
      .fontSize(12)
      .text(title, PAGE.margin, doc.y + 14, AT);
    doc.font('sans').fontSize(9).lineGap(1);
    for (const line of lines) {
      room(doc, 40);
      doc.text(line, PAGE.margin, doc.y + 5, AT);
    }
  }
}

function room(doc: Doc, height: number): void {
  if (doc.y + height <= BOTTOM) return;
  doc.addPage(FLOWING);
  doc.text('', PAGE.margin, PAGE.margin);
}
