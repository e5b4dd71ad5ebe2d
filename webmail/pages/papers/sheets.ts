import type { ChildLine, PaperEvidence, PaperState } from '../../../core/school/papers/contract.ts';
import type { FamilySlip, Frame, PaperRef } from '../../../core/school/papers/contract/slips.ts';
import { atSchool, type Visit } from '../../frame/visit.ts';
import { hour, wholeDay } from '../../frame/when.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { addressIdOf } from '../../ids.ts';
import { csvOf } from '../../sheets/csv.ts';
import { drawPaper } from '../../sheets/draw-sheet.ts';
import { sheetFileName } from '../../sheets/file-name.ts';
import type { PaperSlipPage } from '../../sheets/paper-pdf.ts';
import { frameLines, saidWords, slipRefOf, type PapersPart, type SlipNames } from './parts.ts';

/** A moment on paper, which says nothing of today: « 25 novembre 2026, 18 h ». */
const printed = ({ clock }: Visit, at: Date): string =>
  `${wholeDay(clock, at)}, ${hour(clock, at)}`;

/** GET …/bus.pdf and …/bus.csv: who comes, with the numbers of the day, boxes for both ways. */
export async function busList(
  visit: Visit<PapersPart>,
  ref: PaperRef,
  format: 'pdf' | 'csv',
): Promise<Answer> {
  const state = await visit.core.papers.state(visit.viewer, ref);
  if (state === null) return MISSING;
  const at = atSchool(visit, state);
  const words = at.texts.papers.sheet;
  const { columns } = words;
  const rows = state.children.map((child) => ({
    cells: [child.name, answerOf(at, state, child), numbersOf(child)],
    isGrey: child.standing.kind === 'no',
  }));
  const name = sheetFileName(words.busFile(state.subject));
  if (format === 'csv') {
    const head = [columns.child, columns.answer, columns.numbers];
    const bytes = csvOf([head, ...rows.map(({ cells }) => cells)]);
    return { kind: 'download', file: { name: `${name}.csv`, mediaType: 'text/csv', bytes } };
  }
  const { tally, text } = state;
  const open = tally.asked - tally.yes - tally.no;
  const bytes = await drawPaper({
    kind: 'bus',
    language: at.viewer.language,
    title: `${words.bus}${at.texts.colon}${state.subject}`,
    lines: [
      `${state.about}, ${state.schoolName}`,
      ...frameLines(at, text.frame).map(([label, value]) => `${label}${at.texts.colon}${value}`),
      words.counts(tally.yes, tally.no, open),
    ],
    columns: [columns.child, columns.answer, columns.numbers, columns.out, columns.back],
    rows,
    foot: words.secret,
  });
  return { kind: 'download', file: { name: `${name}.pdf`, mediaType: 'application/pdf', bytes } };
}

const numbersOf = ({ numbers }: ChildLine): string =>
  numbers.map(({ name, number }) => `${number} (${name})`).join(', ');

/** A no for all that one of them said; else what was said, or that it is to come. */
function answerOf(visit: Visit, { text }: PaperState, { standing, answers }: ChildLine): string {
  const words = visit.texts.papers;
  if (standing.kind === 'no') return words.says.no;
  if (standing.kind === 'waiting' || standing.kind === 'nobody') return words.sheet.open;
  return [...new Set(answers.map(({ says }) => saidWords(visit, text.frame, says)))].join(' / ');
}

/** GET …/sheets.pdf: a page to sign for a child, or for each whose family has no account. */
export async function slipSheets(
  visit: Visit<PapersPart>,
  ref: PaperRef,
  pupil: unknown,
): Promise<Answer> {
  const state = await visit.core.papers.state(visit.viewer, ref);
  if (state === null) return MISSING;
  const only = addressIdOf(pupil);
  const children = state.children.filter(({ id, standing }) =>
    only === null ? standing.kind === 'nobody' : id === only,
  );
  const chosen = children.length > 0 || only !== null ? children : state.children;
  if (chosen.length === 0) return MISSING;
  const at = atSchool(visit, state);
  return drawn(
    at,
    state.subject,
    chosen.map(({ name, oath }) => pageOf(at, { ...state, name, oath })),
  );
}

/** GET …/:pupil/sheet.pdf: the same for a family's own child. */
export async function familySheet(visit: Visit<PapersPart>, names: SlipNames): Promise<Answer> {
  if (visit.audience === 'child') return MISSING;
  const slip = await visit.core.papers.slip(visit.viewer, slipRefOf(names));
  if (slip === null) return MISSING;
  const at = atSchool(visit, slip);
  const page = pageOf(at, { ...slip, name: slip.childFullName, about: slip.authorName });
  return drawn(at, slip.subject, [page]);
}

type Printed = Pick<FamilySlip, 'subject' | 'schoolName' | 'text'> & {
  readonly name: string;
  readonly about: string;
  readonly oath: string;
};

function pageOf(
  visit: Visit,
  { subject, schoolName, text, name, about, oath }: Printed,
): PaperSlipPage {
  const words = visit.texts.papers.sheet;
  return {
    title: subject,
    child: words.forChild(name, about, schoolName),
    letter: text.body.trim().split(/\n{2,}/),
    oath,
    facts: frameLines(visit, text.frame).map(
      ([label, value]) => `${label}${visit.texts.colon}${value}`,
    ),
    boxes: boxesOf(visit, text.frame),
    lines: [
      ...(text.frame.question.kind === 'words' ? [words.words] : []),
      ...(text.asksNumber ? [words.number] : []),
      words.name,
      words.date,
      words.sign,
    ],
    cut: words.cut,
    until: words.until(printed(visit, text.until)),
  };
}

function boxesOf({ texts }: Visit, { question }: Frame): readonly string[] {
  const words = texts.papers.sheet;
  switch (question.kind) {
    case 'yes-no':
      return [words.yes, words.no];
    case 'sign':
      return [words.signed];
    case 'choice':
      return question.options;
    case 'words':
      return [];
  }
}

async function drawn(
  { viewer, texts }: Visit,
  subject: string,
  pages: readonly PaperSlipPage[],
): Promise<Answer> {
  const bytes = await drawPaper({ kind: 'slips', language: viewer.language, pages });
  const name = `${sheetFileName(texts.papers.sheet.slipsFile(subject))}.pdf`;
  return { kind: 'download', file: { name, mediaType: 'application/pdf', bytes } };
}

/** GET …/proof.pdf: who signed what and when, each mark reckoned anew. */
export async function proofSheet(visit: Visit<PapersPart>, ref: PaperRef): Promise<Answer> {
  const evidence = await visit.core.papers.evidence(visit.viewer, ref);
  if (evidence === null) return MISSING;
  const at = atSchool(visit, evidence);
  const words = at.texts.papers.sheet;
  const subject = evidence.texts.at(-1)?.subject ?? '';
  const bytes = await drawPaper({
    kind: 'proof',
    language: at.viewer.language,
    title: `${words.proof}${at.texts.colon}${subject}`,
    lead: [`${evidence.about}, ${evidence.schoolName}, ${evidence.authorName}`, words.proofLead],
    parts: partsOf(at, evidence),
    file: evidence.file,
  });
  const name = `${sheetFileName(words.proofFile(subject))}.pdf`;
  return { kind: 'download', file: { name, mediaType: 'application/pdf', bytes } };
}

function partsOf(
  visit: Visit,
  { texts, signatures }: PaperEvidence,
): readonly { readonly title: string; readonly lines: readonly string[] }[] {
  const words = visit.texts.papers.sheet;
  return texts.map((text) => {
    const own = signatures.filter(({ answer }) => answer.version === text.version);
    const signed = own.map(({ answer, childName, hash, isWhole }) => {
      const said = saidWords(visit, text.frame, answer.says);
      const when = `${printed(visit, answer.at)}, ${words.ways[answer.way]}`;
      const broken = isWhole ? '' : ` ${words.broken}`;
      return `${words.signature(answer.name, childName, said)}, ${when}.${broken}\n${hash}`;
    });
    return {
      title: words.version(text.version, printed(visit, text.madeAt)),
      lines: [
        text.frame.text,
        ...frameLines(visit, text.frame).map(
          ([label, value]) => `${label}${visit.texts.colon}${value}`,
        ),
        ...text.files.map(({ name, sha256 }) => `${name}\n${sha256}`),
        words.letter(text.letterHash),
        ...(signed.length === 0 ? [words.none] : signed),
      ],
    };
  });
}

/** GET …/photos/:sheet: the photo of a sheet that came back. */
export async function sheetPhoto(
  visit: Visit<PapersPart>,
  ref: PaperRef,
  sheet: number,
): Promise<Answer> {
  const photo = await visit.core.papers.photo(visit.viewer, ref, sheet);
  return photo === null ? MISSING : { kind: 'download', file: photo };
}

/** GET …/files/:version/:place: a file of a paper, by its place from 1. */
export async function paperFile(
  visit: Visit<PapersPart>,
  ref: PaperRef,
  which: { readonly version: number; readonly place: number },
): Promise<Answer> {
  if (visit.audience === 'child') return MISSING;
  const file = await visit.core.papers.file(visit.viewer, ref, {
    version: which.version,
    place: which.place - 1,
  });
  return file === null
    ? MISSING
    : {
        kind: 'download',
        file: { name: file.name, mediaType: file.mediaType, bytes: file.bytes },
      };
}
