import { fileURLToPath } from 'node:url';
import PDFDocument from 'pdfkit';
import type { Language } from '../../core/ground/ids.ts';
import type { ReportRow } from '../../core/school/imports/pending/contract.ts';
import { TEXTS } from '../texts/texts.ts';

/** A report and what its words need; plain data, so that it can go to a worker. */
export interface ReportJob {
  readonly title: string;
  readonly lead: string;
  readonly language: Language;
  readonly rows: readonly ReportRow[];
}

/** Points: A4 is 595 by 842. */
const PAGE = { width: 595.28, height: 841.89, margin: 40 } as const;
const FOOT = 24;
const INK = '#1c2333';
const SOFT = '#4a5364';
const RULE = '#ccd4ea';
/** Columns: who, class, address, detail. */
const WIDTHS = [135, 75, 195, 110.28] as const;
const GAP = 6;
const FONTS = { sans: 'DejaVuSans.ttf', bold: 'DejaVuSans-Bold.ttf' } as const;
type Doc = InstanceType<typeof PDFDocument>;

/**
 * Draws a report: what was done, kind by kind, on as many pages as it needs, each with its number.
 */
export function reportPdf({ title, lead, language, rows }: ReportJob): Promise<Buffer> {
  const doc = new PDFDocument({
    size: 'A4',
    margin: 0,
    autoFirstPage: false,
    bufferPages: true,
    lang: language,
    info: { Title: title, Creator: 'Préau', Producer: 'Préau' },
  });
  const chunks: Buffer[] = [];
  const whole = new Promise<Buffer>((resolve, reject) => {
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
  for (const [name, file] of Object.entries(FONTS))
    doc.registerFont(name, fileURLToPath(import.meta.resolve(`dejavu-fonts-ttf/ttf/${file}`)));
  let y = newPage(doc);
  doc
    .font('bold')
    .fontSize(16)
    .fillColor(INK)
    .text(title, PAGE.margin, y, { width: PAGE.width - 2 * PAGE.margin });
  doc
    .font('sans')
    .fontSize(9)
    .fillColor(SOFT)
    .text(lead, PAGE.margin, doc.y + 4, { width: PAGE.width - 2 * PAGE.margin });
  y = doc.y + 12;
  for (const [said, group] of Map.groupBy(rows, (row) => row.said)) {
    y = heading(doc, `${said.slice(0, 1).toUpperCase()}${said.slice(1)} (${group.length})`, y);
    for (const row of group) y = line(doc, row, y);
  }
  numberPages(doc, title, language);
  doc.end();
  return whole;
}

/** The title and the number at the foot of each page, once it is known how many there are. */
function numberPages(doc: Doc, title: string, language: Language): void {
  const { count } = doc.bufferedPageRange();
  for (let index = 0; index < count; index += 1) {
    doc.switchToPage(index);
    doc
      .font('sans')
      .fontSize(8)
      .fillColor(SOFT)
      .text(
        `${title}, ${TEXTS[language].roster.done.page(index + 1, count)}`,
        PAGE.margin,
        PAGE.height - PAGE.margin,
        { width: PAGE.width - 2 * PAGE.margin, align: 'center', lineBreak: false },
      );
  }
}

function newPage(doc: Doc): number {
  doc.addPage();
  return PAGE.margin;
}

/** Where the next thing of this height goes: here, or at the top of another page. */
function placed(doc: Doc, y: number, height: number): number {
  return y + height > PAGE.height - PAGE.margin - FOOT ? newPage(doc) : y;
}

/** A heading stays with its first line. */
function heading(doc: Doc, text: string, y: number): number {
  const top = placed(doc, y + 8, 44);
  doc
    .font('bold')
    .fontSize(11)
    .fillColor(INK)
    .text(text, PAGE.margin, top, { width: PAGE.width - 2 * PAGE.margin, lineBreak: false });
  return top + 18;
}

function line(doc: Doc, row: ReportRow, y: number): number {
  if (row.act === 'refused') return wide(doc, `${row.file} : ${row.detail}`, y);
  const cells = [
    [row.name === '' ? row.className : row.name, row.who === '' ? '' : `(${row.who})`]
      .filter((part) => part !== '')
      .join(' '),
    row.name === '' ? '' : row.className,
    row.address,
    row.detail,
  ];
  doc.font('sans').fontSize(8.5);
  const height =
    Math.max(
      ...cells.map((cell, index) =>
        doc.heightOfString(cell === '' ? ' ' : cell, { width: (WIDTHS[index] ?? 0) - GAP }),
      ),
    ) + 5;
  const top = placed(doc, y, height);
  let x: number = PAGE.margin;
  cells.forEach((cell, index) => {
    const width = WIDTHS[index] ?? 0;
    doc.fillColor(index === 0 ? INK : SOFT).text(cell, x, top, { width: width - GAP });
    x += width;
  });
  return ruled(doc, top + height);
}

function wide(doc: Doc, text: string, y: number): number {
  const width = PAGE.width - 2 * PAGE.margin;
  doc.font('sans').fontSize(8.5);
  const height = doc.heightOfString(text, { width }) + 5;
  const top = placed(doc, y, height);
  doc.fillColor(INK).text(text, PAGE.margin, top, { width });
  return ruled(doc, top + height);
}

function ruled(doc: Doc, y: number): number {
  doc
    .moveTo(PAGE.margin, y - 2)
    .lineTo(PAGE.width - PAGE.margin, y - 2)
    .lineWidth(0.5)
    .strokeColor(RULE)
    .stroke();
  return y + 1;
}
