import { peopleOf } from '../../directory/people-of.ts';
import type { AddressId, ClassId, PaperId } from '../../ground/ids.ts';
import type { RoomVisit, Viewer } from '../../rules/viewer.ts';
import { numbersOf, remindersOf, type NumberRow } from '../../store/papers/answers.ts';
import { paperFile, type PapersAsked, type PaperSlice } from '../../store/papers/papers.ts';
import type { QuestionRow } from '../../store/papers/questions.ts';
import {
  answerLine,
  lastAnswers,
  phaseOf,
  readPapers,
  textOf,
  type AskedPaper,
  type PaperChild,
} from './asked-papers.ts';
import type { ChildLine, PaperLine, PaperList, PaperState, Papers } from './contract.ts';
import type { PaperRef } from './contract/slips.ts';
import { tallyOf } from './counting.ts';
import { openSlips } from './family.ts';
import { MOST_PAPERS, type AskingParts, type PaperParts } from './parts.ts';
import { questionsOn } from './questions.ts';
import { actsOn, deskAt, desksOf, papersAt, sees, type Desk } from './rights.ts';
import { wordsFor } from './slip.ts';

const GREY = 8;

/** Papers that are over, on one page of the list. */
const PAGE = 50;

/** The papers of one's own and of one's classes: what can be answered, then a page of the rest. */
export async function list(
  parts: AskingParts,
  viewer: Viewer,
  before: PaperId | null,
): Promise<PaperList> {
  const moment = parts.clock();
  const open: PaperLine[] = [];
  const past: PaperLine[] = [];
  for (const desk of await desksOf(parts, viewer)) {
    const asked = papersAt(desk, viewer);
    const linesOf = (part: PaperSlice) => linesAt({ parts, viewer }, desk, { asked, part });
    if (before === null)
      open.push(...(await linesOf({ limit: MOST_PAPERS, at: { moment, are: 'open' } })));
    past.push(...(await linesOf({ limit: PAGE + 1, before, at: { moment, are: 'past' } })));
  }
  const shown = past.toSorted((one, other) => other.ref.paper - one.ref.paper).slice(0, PAGE);
  const next = past.length > shown.length ? (shown.at(-1)?.ref.paper ?? null) : null;
  return { open, past: shown, next };
}

/** Those of a class that can be answered, for who sees them. */
export async function openOf(
  parts: AskingParts,
  viewer: Viewer,
  classId: ClassId,
): Promise<readonly PaperLine[]> {
  const desk = (await desksOf(parts, viewer)).find(({ roster }) => roster.classes.has(classId));
  if (desk === undefined) return [];
  const at = { moment: parts.clock(), are: 'open' } as const;
  return linesAt({ parts, viewer }, desk, {
    asked: { of: 'class', classId },
    part: { limit: MOST_PAPERS, at },
  });
}

async function linesAt(
  { parts, viewer }: RoomVisit<AskingParts>,
  desk: Desk,
  { asked, part }: { readonly asked: PapersAsked; readonly part: PaperSlice },
): Promise<readonly PaperLine[]> {
  const read = await readPapers(parts, desk.roster, { asked, part });
  const papers = read.filter(({ row }) => sees(desk, viewer, row));
  const questions = await questionsOn(parts, viewer, papers);
  return papers.map((paper) =>
    lineOf(parts, viewer, { desk, paper, questions: questions.get(paper.row.id) ?? [] }),
  );
}

/** A paper at the desk of somebody who sees it. */
interface OnDesk {
  readonly desk: Desk;
  readonly paper: AskedPaper;
}

/** One that the viewer sees; null for any other. */
export async function paperOn(
  parts: PaperParts,
  viewer: Viewer,
  ref: PaperRef,
): Promise<OnDesk | null> {
  const desk = await deskAt(parts, viewer, ref.school);
  if (desk === null) return null;
  const [paper] = await readPapers(parts, desk.roster, {
    asked: { of: 'paper', paper: ref.paper },
  });
  return paper !== undefined && sees(desk, viewer, paper.row) ? { desk, paper } : null;
}

/** One that they act on. */
export async function paperToActOn(
  parts: PaperParts,
  viewer: Viewer,
  ref: PaperRef,
): Promise<OnDesk | null> {
  const found = await paperOn(parts, viewer, ref);
  return found !== null && actsOn(found.desk, viewer, found.paper.row) ? found : null;
}

function lineOf(
  { clock }: PaperParts,
  viewer: Viewer,
  { desk, paper, questions }: OnDesk & { readonly questions: readonly QuestionRow[] },
): PaperLine {
  const { row, now, children } = paper;
  return {
    ref: { school: desk.roster.school.id, paper: row.id },
    subject: now.subject,
    about: row.about,
    authorName: row.authorName,
    isOwn: row.author === viewer.addressId,
    timeZone: desk.roster.school.timeZone,
    until: now.until,
    phase: phaseOf(paper, clock()),
    tally: tallyOf(children.map(({ standing }) => standing)),
    questions: questions.length,
  };
}

/** Where a paper stands, child by child. */
export async function state(
  parts: AskingParts,
  viewer: Viewer,
  ref: PaperRef,
): Promise<PaperState | null> {
  const found = await paperOn(parts, viewer, ref);
  if (found === null) return null;
  const { desk, paper } = found;
  const { row, now, older, children } = paper;
  const { school, classes } = desk.roster;
  const kept = await parts.store.read(school.id, async (tx) => ({
    numbers: await numbersOf(tx, row.id),
    reminders: await remindersOf(tx, [row.id]),
  }));
  const reminded = new Map(kept.reminders.map(({ guardian, at }) => [guardian, at]));
  const signers = await signersOf(parts, children);
  const questions = (await questionsOn(parts, viewer, [paper])).get(row.id) ?? [];
  return {
    ...lineOf(parts, viewer, { ...found, questions }),
    schoolName: school.name,
    classId: row.classId,
    recipient: row.recipient,
    askedAt: row.askedAt ?? row.madeAt,
    remindAt: row.remindAt,
    reminds: now.remindAt !== null,
    numbersGoneAt: row.numbersGoneAt,
    goneAt: row.goneAt,
    text: textOf(now),
    older: older.map(textOf),
    children: children.map((child) =>
      childLine(child, {
        version: row.version,
        text: now.text,
        cover: row.classId === null ? GREY : (classes.get(row.classId)?.cover ?? GREY),
        reminded,
        signers,
        numbers: kept.numbers,
        questions,
      }),
    ),
    mayAct: actsOn(desk, viewer, row),
  };
}

/** Names of those who signed and may answer no more. */
async function signersOf(
  { directory }: PaperParts,
  children: readonly PaperChild[],
): Promise<ReadonlyMap<AddressId, string>> {
  const ids = children.flatMap(({ answers }) => answers.flatMap(({ signer }) => signer ?? []));
  const people = await peopleOf(directory, ids);
  return new Map([...people].map(([id, { person }]) => [id, person.displayName]));
}

interface StateFacts {
  readonly version: number;
  readonly text: string;
  readonly cover: number;
  readonly reminded: ReadonlyMap<AddressId, Date>;
  readonly signers: ReadonlyMap<AddressId, string>;
  readonly numbers: readonly NumberRow[];
  readonly questions: readonly QuestionRow[];
}

function childLine(
  { person, name, guardians, answers, standing }: PaperChild,
  { version, text, cover, reminded, signers, numbers, questions }: StateFacts,
): ChildLine {
  const last = lastAnswers(answers, version);
  const mayAnswer = new Map(guardians.map((one) => [one.addressId, one.displayName]));
  const others = last.flatMap(({ signer, signerName }) =>
    signer === null || mayAnswer.has(signer)
      ? []
      : [{ id: signer, name: signers.get(signer) ?? signerName }],
  );
  return {
    id: person.addressId,
    name,
    oath: wordsFor({ text }, name),
    face: {
      kind: 'child',
      name: person.givenName,
      address: person.address,
      face: person.face,
      cover,
    },
    standing,
    guardians: [
      ...[...mayAnswer].map(([id, its]) => ({ id, name: its, mayAnswer: true })),
      ...others.map((one) => ({ ...one, mayAnswer: false })),
    ].map((one) => ({ ...one, remindedAt: reminded.get(one.id) ?? null })),
    answers: last.map(answerLine),
    before: answers.filter((one) => one.version < version).map(answerLine),
    numbers: numbers
      .filter(({ pupil }) => pupil === person.addressId)
      .map(({ guardian, number }) => ({
        name: mayAnswer.get(guardian) ?? signers.get(guardian) ?? '',
        number,
      })),
    questions: questions.flatMap(({ by, mailbox, uid, at, words }) => {
      const name = mayAnswer.get(by);
      return name === undefined ? [] : [{ name, mailbox, uid, at, words }];
    }),
  };
}

/** A file of a paper, for who asks and for who is asked. */
export async function file(
  { parts, viewer }: RoomVisit<PaperParts>,
  ref: PaperRef,
  { version, place }: Parameters<Papers['file']>[2],
): ReturnType<Papers['file']> {
  const maySee =
    (await paperOn(parts, viewer, ref)) !== null ||
    (await openSlips(parts, viewer, ref.school)).some(({ paper }) => paper.row.id === ref.paper);
  return maySee
    ? parts.store.read(ref.school, (tx) => paperFile(tx, { paper: ref.paper, version }, place))
    : null;
}
