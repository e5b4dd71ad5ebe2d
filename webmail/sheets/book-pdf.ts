import type { BookToPrint, PrintedGift } from '../../core/school/wall/contract.ts';
import { capital } from '../frame/when.ts';
import { TEXTS } from '../texts/texts.ts';
import { drawFitting, INK, openDocument, SOFT, type Doc } from './paper.ts';

/** Points: A4 is 595 by 842. */
const PAGE = { width: 595.28, height: 841.89, margin: 48 } as const;
const INNER = PAGE.width - 2 * PAGE.margin;
const TOP = 104;
/** Two drawings a page: as wide as the page, so that each pixel of a pad is 0.17 mm. */
const SLOT = 356;
const SLOTS = 2;
const PICTURE = SLOT - 44;
const WHITE = '#ffffff';
const COVER = '#1f5fae';
const SPINE = '#17477f';
const STRING = '#8a5a2b';
const PEG = '#d8a55c';
const EDGE = '#c9bd9f';

/** Where the next drawing goes. */
interface Leaf {
  readonly doc: Doc;
  readonly book: BookToPrint;
  month: string;
  /** Drawings on the page so far. */
  filled: number;
  /** Of this month. */
  voices: string[];
  pages: number;
}

/**
 * The book of a wall, given page by page while it is drawn: a cover, then each month's drawings in
 * the order in which they were hung up, and who was heard. What has been given is in memory no
 * more.
 */
export async function* bookPdf(book: BookToPrint): AsyncGenerator<Buffer> {
  const words = TEXTS[book.language].walls.book;
  const doc = openDocument({
    language: book.language,
    title: words.fileName(book.className, book.year),
  });
  const leaf: Leaf = { doc, book, month: '', filled: 0, voices: [], pages: 0 };
  drawCover(doc, book);
  for await (const gift of book.gifts) {
    drawGift(leaf, gift);
    yield* drawn(doc);
  }
  endMonth(leaf);
  if (leaf.pages === 0) openPage(leaf, words.empty);
  doc.end();
  for await (const rest of doc) yield rest;
}

/** What the document has ready so far. */
function* drawn(doc: Doc): Generator<Buffer> {
  for (let some = read(doc); some !== null; some = read(doc)) yield some;
}
const read = (doc: Doc): Buffer | null => doc.read();

/** An exercise book with its label, as a school's are. */
function drawCover(doc: Doc, book: BookToPrint): void {
  const words = TEXTS[book.language].walls;
  doc.addPage();
  doc.rect(0, 0, PAGE.width, PAGE.height).fill(COVER);
  doc.rect(0, 0, 34, PAGE.height).fill(SPINE);
  const label = { x: 96, y: 200, width: PAGE.width - 160, height: 250 };
  doc.roundedRect(label.x, label.y, label.width, label.height, 6).fill(WHITE);
  doc.roundedRect(label.x + 9, label.y + 9, label.width - 18, label.height - 18, 3);
  doc.lineWidth(1.2).strokeColor(COVER).stroke();
  doc.fillColor(INK);
  const at = { x: label.x + 24, width: label.width - 48, align: 'center' } as const;
  const line = (text: string, y: number, look: { font: 'sans' | 'bold'; size: number }): void => {
    drawFitting(doc, text, { ...at, y: label.y + y, font: look.font, most: look.size });
  };
  line(words.book.cover, 42, { font: 'bold', size: 30 });
  line(book.className, 98, { font: 'bold', size: 24 });
  line(book.schoolName, 144, { font: 'sans', size: 15 });
  line(book.year.replace('-', ' – '), 170, { font: 'sans', size: 15 });
  line(words.shown(book.count).replace(/^.*?, /, ''), 206, { font: 'sans', size: 11 });
  string(doc, { x: label.x, y: 540, width: label.width, colour: '#e9d3ac' });
  doc.font('sans').fontSize(9).fillColor(WHITE);
  const madeOn = words.book.madeOn(dayOf(book, book.madeAt));
  doc.text(madeOn, 96, PAGE.height - 60, { width: label.width, align: 'center' });
}

/** The string of the wall with its two pegs, above what hangs on it. */
function string(
  doc: Doc,
  { x, y, width, colour }: Record<'x' | 'y' | 'width', number> & { readonly colour: string },
): void {
  doc.save().lineWidth(2.5).strokeColor(colour);
  doc
    .moveTo(x, y)
    .quadraticCurveTo(x + width / 2, y + 16, x + width, y)
    .stroke();
  for (const at of [0.22, 0.78]) doc.rect(x + at * width - 4, y - 3, 8, 28).fill(PEG);
  doc.restore();
}

function drawGift(leaf: Leaf, gift: PrintedGift): void {
  const month = monthOf(leaf.book, gift.hungAt);
  if (month !== leaf.month) {
    endMonth(leaf);
    leaf.month = month;
  }
  const { drawing, givenName } = gift;
  if (drawing === null) {
    if (!leaf.voices.includes(givenName)) leaf.voices.push(givenName);
    return;
  }
  if (leaf.filled === 0 || leaf.filled === SLOTS) openPage(leaf, leaf.month);
  const y = TOP + leaf.filled * SLOT;
  const { doc, book } = leaf;
  doc.rect(PAGE.margin, y, INNER, PICTURE).lineWidth(0.75).strokeColor(EDGE).stroke();
  const room: [number, number] = [INNER - 16, PICTURE - 16];
  doc.image(drawing, PAGE.margin + 8, y + 8, { fit: room, align: 'center', valign: 'center' });
  string(doc, { x: PAGE.margin - 12, y: y - 12, width: INNER + 24, colour: STRING });
  const words = TEXTS[book.language].walls.book;
  doc.font('sans').fontSize(12).fillColor(INK);
  doc.text(words.pageOf(givenName, dayOf(book, gift.hungAt)), PAGE.margin, y + PICTURE + 7, {
    width: INNER,
    align: 'center',
    lineBreak: false,
  });
  leaf.filled += 1;
}

/** A page with its title; the number stands at its foot. */
function openPage(leaf: Leaf, title: string): void {
  const { doc, book } = leaf;
  doc.addPage();
  leaf.filled = 0;
  leaf.pages += 1;
  doc.font('bold').fontSize(20).fillColor(INK);
  doc.text(title, PAGE.margin, PAGE.margin - 8, { width: INNER, height: 26, ellipsis: true });
  doc.font('sans').fontSize(9).fillColor(SOFT);
  const foot = `${book.className}, ${book.year}   ${leaf.pages}`;
  doc.text(foot, PAGE.margin, PAGE.height - 34, { width: INNER, align: 'right', lineBreak: false });
}

/** Who was heard, below the last drawing of a month. */
function endMonth(leaf: Leaf): void {
  const { doc, book, month, voices } = leaf;
  if (voices.length > 0) {
    if (leaf.filled === 0 || leaf.filled === SLOTS) openPage(leaf, month);
    const words = TEXTS[book.language].walls.book;
    doc.font('sans').fontSize(13).fillColor(INK);
    doc.text(words.voices(voices), PAGE.margin, TOP + leaf.filled * SLOT, { width: INNER });
  }
  leaf.filled = 0;
  leaf.voices = [];
}

/** « Novembre 2026 ». */
const monthOf = ({ language, timeZone }: BookToPrint, at: Date): string =>
  capital(inWords({ language, timeZone }, at, { month: 'long', year: 'numeric' }));

const dayOf = (book: BookToPrint, at: Date): string =>
  inWords(book, at, { day: 'numeric', month: 'long' });

const inWords = (
  { language, timeZone }: Pick<BookToPrint, 'language' | 'timeZone'>,
  at: Date,
  parts: Intl.DateTimeFormatOptions,
): string =>
  new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { ...parts, timeZone })
    .format(at)
    .replace(/^1 (?=\D)/, language === 'fr' ? '1er ' : '1 ');
