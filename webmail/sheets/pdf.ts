import type { Card, CodeSheet } from '../../core/entry/codes/contract.ts';
import type { Language } from '../../core/ground/ids.ts';
import { TEXTS } from '../texts/texts.ts';
import { groupName } from './group-name.ts';
import {
  cutLines,
  drawAnimal,
  drawDocument,
  drawFitting,
  drawInitials,
  foldLine,
  INK,
  SOFT,
  type Box,
  type Doc,
} from './paper.ts';

/** A sheet and what its words need; plain data, so that it can go to a worker. */
export interface SheetJob {
  readonly sheet: CodeSheet;
  readonly language: Language;
  /** Where the pages are seen from, without `https://`. */
  readonly webAddress: string;
  readonly madeOn: string;
  readonly until: string;
}

/** Points: A4 is 595 by 842. Eight cards, two across and four down; three slips of three adults. */
const PAGE = { width: 595.28, height: 841.89, margin: 28 } as const;
const ACROSS = 2;
const DOWN = 4;
const SLIPS = 3;
const GUARDIANS = 3;
const FOOT = 22;
const COVERS = [
  '#b8323a',
  '#1f5fae',
  '#2b7a48',
  '#b5820c',
  '#c9601c',
  '#6a3d94',
  '#0f7f86',
  '#4a4f5e',
] as const;

/** Draws a sheet: eight cards a page, the code under a fold, then a slip for each family. */
export function sheetPdf(job: SheetJob): Promise<Buffer> {
  const words = TEXTS[job.language].codes.paper;
  const title = words.fileName(groupName(job.sheet, TEXTS[job.language]));
  return drawDocument({ language: job.language, title }, (doc) => {
    job.sheet.cards.forEach((card, index) => {
      if (index % (ACROSS * DOWN) === 0) newPage(doc, job);
      drawCard(doc, job, { card, box: cardBox(index % (ACROSS * DOWN)) });
    });
    slipsOf(job.sheet).forEach((slip, index) => {
      if (index % SLIPS === 0) newPage(doc, job);
      drawSlip(doc, job, { slip, box: slipBox(index % SLIPS) });
    });
    if (job.sheet.cards.length === 0) newPage(doc, job);
  });
}

function newPage(doc: Doc, { sheet, language, madeOn }: SheetJob): void {
  doc.addPage();
  const texts = TEXTS[language];
  const made = texts.codes.paper.made(madeOn);
  const line = `${sheet.schoolName}, ${groupName(sheet, texts)}. ${made}`;
  doc
    .font('sans')
    .fontSize(8)
    .fillColor(SOFT)
    .text(line, PAGE.margin, PAGE.height - PAGE.margin - 10, {
      width: PAGE.width - 2 * PAGE.margin,
      align: 'center',
      lineBreak: false,
    });
}

function cardBox(index: number): Box {
  const width = (PAGE.width - 2 * PAGE.margin) / ACROSS;
  const height = (PAGE.height - 2 * PAGE.margin - FOOT) / DOWN;
  return {
    x: PAGE.margin + (index % ACROSS) * width,
    y: PAGE.margin + Math.floor(index / ACROSS) * height,
    width,
    height,
  };
}

type Slip = CodeSheet['slips'][number];

/** Two parents as a rule; a child who has more than a slip has room for has one slip more. */
function slipsOf({ slips }: CodeSheet): readonly Slip[] {
  return slips.flatMap((slip) => {
    const count = Math.max(1, Math.ceil(slip.guardians.length / GUARDIANS));
    return Array.from({ length: count }, (_, at) => ({
      ...slip,
      guardians: slip.guardians.slice(at * GUARDIANS, (at + 1) * GUARDIANS),
    }));
  });
}

function slipBox(index: number): Box {
  const height = (PAGE.height - 2 * PAGE.margin - FOOT) / SLIPS;
  return {
    x: PAGE.margin,
    y: PAGE.margin + index * height,
    width: PAGE.width - 2 * PAGE.margin,
    height,
  };
}

/** Who above, the code below: folded on the dotted line, the card shows no code. */
function drawCard(
  doc: Doc,
  job: SheetJob,
  { card, box }: { readonly card: Card; readonly box: Box },
): void {
  const { sheet, language } = job;
  const words = TEXTS[language].codes.paper;
  cutLines(doc, box);
  const x = box.x + 14;
  const width = box.width - 28;
  if (card.kind === 'child') drawAnimal(doc, card.face, { x, y: box.y + 14, size: 58 });
  else drawInitials(doc, card.face, { x, y: box.y + 14, size: 58 });
  const beside = { x: x + 70, width: width - 70 };
  doc.fillColor(INK);
  drawFitting(doc, card.givenName, { ...beside, y: box.y + 14, font: 'bold', most: 24 });
  drawFitting(doc, card.displayName, { ...beside, y: box.y + 45, font: 'sans', most: 11 });
  doc.rect(x + 70, box.y + 61, 4, 11).fill(COVERS[(sheet.cover - 1) % COVERS.length] ?? SOFT);
  doc
    .font('sans')
    .fontSize(9)
    .fillColor(SOFT)
    .text(
      sheet.of === 'class' ? `${sheet.className}, ${sheet.schoolName}` : sheet.schoolName,
      x + 79,
      box.y + 61,
      { width: width - 79, height: 12, ellipsis: true, lineBreak: false },
    );
  doc.fillColor(INK);
  drawFitting(doc, card.address, { x, y: box.y + 80, width, font: 'bold', most: 10.5 });
  foldLine(doc, { ...box, y: box.y + 99 }, words.fold);
  const y = box.y + 110;
  if (card.code.kind === 'pictures')
    drawPictures(doc, job, { pictures: card.code.pictures, x, y, width });
  else {
    const [title, how] =
      card.kind === 'child'
        ? [words.yourCode, words.howCode(job.webAddress)]
        : [words.familyCode, words.howCodeAdult(job.webAddress)];
    drawCode(doc, {
      title,
      code: card.code.text,
      note: `${how} ${words.until(job.until)}`,
      x,
      y: y + 2,
      width,
    });
  }
}

interface PictureRow {
  readonly pictures: readonly string[];
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

function drawPictures(
  doc: Doc,
  { language }: SheetJob,
  { pictures, x, y, width }: PictureRow,
): void {
  const { paper, animals } = TEXTS[language].codes;
  const step = width / pictures.length;
  pictures.forEach((picture, index) => {
    const middle = x + step * (index + 0.5);
    doc
      .font('bold')
      .fontSize(13)
      .fillColor(SOFT)
      .text(String(index + 1), middle - 38, y + 12, { lineBreak: false });
    drawAnimal(doc, picture, { x: middle - 22, y, size: 44 });
    doc
      .font('sans')
      .fontSize(9)
      .fillColor(INK)
      .text(animals[picture] ?? picture, middle - step / 2, y + 47, {
        width: step,
        align: 'center',
        lineBreak: false,
      });
  });
  doc
    .font('sans')
    .fontSize(9)
    .fillColor(SOFT)
    .text(paper.howPictures, x, y + 63, { width, align: 'center' });
}

interface DrawnCode {
  readonly title: string;
  readonly code: string;
  readonly note: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

function drawCode(doc: Doc, { title, code, note, x, y, width }: DrawnCode): void {
  doc.font('sans').fontSize(9).fillColor(SOFT).text(title, x, y, { width, lineBreak: false });
  doc.fillColor(INK);
  drawFitting(doc, code, { x, y: y + 14, width, font: 'mono', most: 20 });
  doc
    .font('sans')
    .fontSize(9)
    .fillColor(SOFT)
    .text(note, x, y + 42, { width, height: 36, ellipsis: true });
}

function drawSlip(
  doc: Doc,
  job: SheetJob,
  { slip, box }: { readonly slip: Slip; readonly box: Box },
): void {
  const words = TEXTS[job.language].codes.paper;
  cutLines(doc, box);
  const x = box.x + 18;
  const width = box.width - 36;
  drawAnimal(doc, slip.animal, { x, y: box.y + 14, size: 40 });
  doc
    .font('bold')
    .fontSize(16)
    .fillColor(INK)
    .text(words.slipTitle(slip.child), x + 52, box.y + 18, {
      width: width - 52,
      height: 22,
      ellipsis: true,
    });
  doc
    .font('sans')
    .fontSize(9)
    .fillColor(SOFT)
    .text(`${job.sheet.className}, ${job.sheet.schoolName}`, x + 52, box.y + 41, {
      width: width - 52,
      height: 12,
      ellipsis: true,
    });
  doc
    .font('sans')
    .fontSize(10.5)
    .fillColor(INK)
    .text(words.slipIntro, x, box.y + 64, { width });
  doc.text(`${words.slipHow(job.webAddress)} ${words.keep}`, x, doc.y + 4, { width });
  if (slip.guardians.length === 0) {
    doc.font('bold').text(words.slipNobody, x, doc.y + 10, { width });
    return;
  }
  const step = width / Math.max(2, slip.guardians.length);
  const y = doc.y + 14;
  foldLine(doc, { ...box, y: y - 6 }, words.fold);
  slip.guardians.forEach((guardian, index) => {
    drawGuardian(doc, job, { guardian, x: x + index * step, y, width: step - 12 });
  });
}

interface GuardianPlace {
  readonly guardian: Slip['guardians'][number];
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** A parent's name, address and code, or that they have an account already. */
function drawGuardian(doc: Doc, job: SheetJob, { guardian, x, y, width }: GuardianPlace): void {
  const words = TEXTS[job.language].codes.paper;
  const { name, address, code, codeOn } = guardian;
  doc.fillColor(INK);
  drawFitting(doc, name, { x, y: y + 6, width, font: 'bold', most: 12 });
  drawFitting(doc, address, { x, y: y + 23, width, font: 'sans', most: 10 });
  if (code === null)
    doc
      .font('sans')
      .fontSize(10)
      .fillColor(SOFT)
      .text(codeOn === null ? words.slipOpen : words.slipElsewhere(codeOn), x, y + 40, { width });
  else {
    const note = words.until(job.until);
    drawCode(doc, { title: words.familyCode, code, note, x, y: y + 41, width });
  }
}
