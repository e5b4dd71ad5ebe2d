import type { Language } from '../../core/ground/ids.ts';
import { TEXTS } from '../texts/texts.ts';
import { drawDocument, INK, SOFT, type Doc } from './paper.ts';

/** The papers on which families say yes or no; plain data, so that it can go to a worker. */
export interface FamilyPapersJob {
  readonly language: Language;
  /** A page for each: the child, the class, the school. */
  readonly about: readonly string[];
}

/** Points: A4 is 595 by 842. */
const PAGE = { width: 595.28, height: 841.89, margin: 56 } as const;
const INNER = PAGE.width - 2 * PAGE.margin;
const AT = { width: INNER } as const;
const BOX = 12;
const EDGE = '#727c97';

/** Draws a page for each family: what it is about, and below a line what goes back to school. */
export function familyPapersPdf({ language, about }: FamilyPapersJob): Promise<Buffer> {
  const words = TEXTS[language].charter.paper;
  return drawDocument({ language, title: words.title }, (doc) => {
    for (const child of about) {
      doc.addPage();
      drawLetter(doc, child, words);
      drawAnswer(doc, child, words);
    }
  });
}

type Words = (typeof TEXTS)[Language]['charter']['paper'];

function drawLetter(doc: Doc, child: string, { title, lead }: Words): void {
  doc.font('bold').fontSize(20).fillColor(INK).text(title, PAGE.margin, PAGE.margin, AT);
  doc
    .font('sans')
    .fontSize(11)
    .fillColor(SOFT)
    .text(child, PAGE.margin, doc.y + 4, AT);
  doc.fillColor(INK).lineGap(3);
  for (const paragraph of lead) doc.text(paragraph, PAGE.margin, doc.y + 12, AT);
}

/** What is cut off and given back. */
function drawAnswer(doc: Doc, child: string, words: Words): void {
  const top = doc.y + 28;
  doc.save().lineWidth(0.75).strokeColor(EDGE).dash(5, { space: 3 });
  doc
    .moveTo(PAGE.margin, top)
    .lineTo(PAGE.width - PAGE.margin, top)
    .stroke()
    .restore();
  doc
    .font('bold')
    .fontSize(12)
    .text(words.give, PAGE.margin, top + 18, AT);
  doc
    .font('sans')
    .fontSize(11)
    .text(child, PAGE.margin, doc.y + 6, AT);
  for (const answer of [words.yes, words.no]) {
    const y = doc.y + 14;
    doc.rect(PAGE.margin, y, BOX, BOX).lineWidth(1).strokeColor(INK).stroke();
    doc.text(answer, PAGE.margin + 2 * BOX, y, { width: INNER - 2 * BOX });
  }
  for (const line of [words.name, words.date, words.sign]) {
    const y = doc.y + 20;
    doc.text(line, PAGE.margin, y, { width: 190 });
    doc.moveTo(PAGE.margin + 200, y + 12).lineTo(PAGE.width - PAGE.margin, y + 12);
    doc.lineWidth(0.5).strokeColor(EDGE).stroke();
  }
}
