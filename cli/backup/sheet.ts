import { encode } from 'uqr';
import { drawDocument, INK, SOFT, type Doc } from '../../webmail/sheets/paper.ts';
import { SHEET } from '../texts/backup.ts';
import { keyGroups, type BackupKey } from './repository/key.ts';

/** Points: A4 is 595 by 842. */
const PAGE = { width: 595.28, margin: 56 } as const;
const INNER = PAGE.width - 2 * PAGE.margin;
const QR_SIZE = 150;
const GROUPS_A_LINE = 5;

/** What a sheet says of its key. */
type KeySheetWords = Pick<typeof SHEET, 'title' | 'titleInEnglish' | 'french' | 'english'>;

interface KeySheet {
  readonly domain: string;
  readonly madeOn: string;
  /** PREAU_BACKUP, where it is known. */
  readonly repository: string | null;
}

/** Draws the sheet to lock away: the key in signs to type and as a QR, and what it is for. */
export function drawKeySheet(
  key: BackupKey,
  about: KeySheet,
  words: KeySheetWords = SHEET,
): Promise<Buffer> {
  return drawDocument({ language: 'fr', title: words.title }, (doc) => {
    doc.addPage();
    doc.font('bold').fontSize(22).fillColor(INK);
    doc.text(words.title, PAGE.margin, PAGE.margin, { width: INNER });
    doc.font('sans').fontSize(11).fillColor(SOFT);
    doc.text(SHEET.of(about.domain, about.madeOn), { width: INNER });
    if (about.repository !== null) doc.text(SHEET.repository(about.repository), { width: INNER });
    doc.moveDown();
    paragraphs(doc, words.french);
    drawKey(doc, key);
    doc.font('bold').fontSize(14).fillColor(INK).text(words.titleInEnglish, { width: INNER });
    doc.moveDown(0.5);
    paragraphs(doc, words.english);
  });
}

function paragraphs(doc: Doc, texts: readonly string[]): void {
  doc.font('sans').fontSize(10.5).fillColor(INK);
  for (const text of texts) doc.text(text, PAGE.margin, doc.y, { width: INNER }).moveDown(0.6);
}

function drawKey(doc: Doc, key: BackupKey): void {
  const top = doc.y + 14;
  const groups = keyGroups(key);
  drawQr(doc, groups.join('-'), { x: PAGE.margin, y: top });
  doc.font('mono').fontSize(17).fillColor(INK);
  for (let at = 0; at < groups.length; at += GROUPS_A_LINE)
    doc.text(
      groups.slice(at, at + GROUPS_A_LINE).join(' '),
      PAGE.margin + QR_SIZE + 24,
      top + 34 + (at / GROUPS_A_LINE) * 32,
      { lineBreak: false },
    );
  doc.y = top + QR_SIZE + 24;
  doc.x = PAGE.margin;
}

function drawQr(
  doc: Doc,
  text: string,
  { x, y }: { readonly x: number; readonly y: number },
): void {
  const { data } = encode(text, { ecc: 'M', border: 0 });
  const unit = QR_SIZE / data.length;
  data.forEach((row, down) =>
    row.forEach((isDark, across) => {
      if (isDark) doc.rect(x + across * unit, y + down * unit, unit + 0.05, unit + 0.05);
    }),
  );
  doc.fill(INK);
}
