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
const EDGE = '#555555';

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
  doc.addPage();
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
      doc.addPage();
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

function drawSlip(doc: Doc, page: PaperSlipPage): void {
  heading(doc, page.title, [page.child]);
  doc.font('sans').fontSize(10.5).lineGap(2);
  for (const paragraph of page.letter)
    if (doc.y < BOTTOM - 330) doc.text(paragraph, PAGE.margin, doc.y + 8, AT);
  const top = Math.max(doc.y + 22, 360);
  doc.save().lineWidth(0.75).strokeColor(EDGE).dash(5, { space: 3 });
  doc.moveTo(0, top).lineTo(PAGE.width, top).stroke().restore();
  doc
    .font('bold')
    .fontSize(11)
    .text(page.cut, PAGE.margin, top + 12, AT);
  doc.font('sans').fontSize(9.5).fillColor(SOFT);
  doc.text(`${page.child}, ${page.until}`, PAGE.margin, doc.y + 2, AT).fillColor(INK);
  doc
    .font('bold')
    .fontSize(12)
    .text(page.oath, PAGE.margin, doc.y + 8, AT);
  doc.font('sans').fontSize(10);
  for (const fact of page.facts) doc.text(fact, PAGE.margin, doc.y + 2, AT);
  for (const box of page.boxes) {
    const y = doc.y + 10;
    doc.rect(PAGE.margin, y, 12, 12).lineWidth(1).strokeColor(INK).stroke();
    doc.text(box, PAGE.margin + 20, y, { width: INNER - 20 });
  }
  for (const line of page.lines) {
    const y = doc.y + 14;
    doc.text(line, PAGE.margin, y, { width: 170 });
    doc.moveTo(PAGE.margin + 175, y + 12).lineTo(PAGE.width - PAGE.margin, y + 12);
    doc.lineWidth(0.5).strokeColor(EDGE).stroke();
  }
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
  doc.addPage();
  doc.text('', PAGE.margin, PAGE.margin);
}
