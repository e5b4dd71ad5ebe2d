import { peopleOf } from '../../directory/people-of.ts';
import type { AddressId } from '../../ground/ids.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { numbersOf, remindersOf, type NumberRow } from '../../store/papers/answers.ts';
import { paperFile, papersOf } from '../../store/papers/papers.ts';
import type { ChildLine, PaperLine, PaperRef, PaperState, Papers } from './contract.ts';
import { tallyOf } from './counting.ts';
import { guardiansOf, answerLine, lastAnswers, phaseOf, readPapers, textOf } from './facts.ts';
import type { AskedPaper, PaperChild } from './facts.ts';
import type { PaperParts } from './parts.ts';
import { actsOn, deskAt, desksOf, papersAt, sees, type Desk } from './rights.ts';
import { wordsFor } from './slip.ts';

const GREY = 8;

/** The papers of one's own and of one's classes, the newest first. */
export async function list(parts: PaperParts, viewer: Viewer): Promise<readonly PaperLine[]> {
  const lines: PaperLine[] = [];
  for (const desk of await desksOf(parts, viewer)) {
    const papers = await readPapers(parts, desk.roster, papersAt(desk, viewer));
    for (const paper of papers)
      if (sees(desk, viewer, paper.row)) lines.push(lineOf(parts, viewer, { desk, paper }));
  }
  return lines;
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
  const [paper] = await readPapers(parts, desk.roster, { of: 'paper', paper: ref.paper });
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

function lineOf({ clock }: PaperParts, viewer: Viewer, { desk, paper }: OnDesk): PaperLine {
  const { row, now, children } = paper;
  return {
    ref: { school: desk.roster.school.id, paper: row.id },
    class: row.classId,
    subject: now.subject,
    about: row.about,
    authorName: row.authorName,
    isOwn: row.author === viewer.addressId,
    timeZone: desk.roster.school.timeZone,
    until: now.until,
    phase: phaseOf(paper, clock()),
    tally: tallyOf(children.map(({ standing }) => standing)),
  };
}

/** Where a paper stands, child by child. */
export async function state(
  parts: PaperParts,
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
  return {
    ...lineOf(parts, viewer, found),
    schoolName: school.name,
    classId: row.classId,
    recipient: row.recipient,
    askedAt: row.askedAt ?? row.madeAt,
    remindAt: row.remindAt,
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

interface Around {
  readonly version: number;
  readonly text: string;
  readonly cover: number;
  readonly reminded: ReadonlyMap<AddressId, Date>;
  readonly signers: ReadonlyMap<AddressId, string>;
  readonly numbers: readonly NumberRow[];
}

function childLine(
  { person, name, guardians, answers, standing }: PaperChild,
  { version, text, cover, reminded, signers, numbers }: Around,
): ChildLine {
  const last = lastAnswers(answers, version);
  const mayAnswer = new Map(guardians.map((one) => [one.addressId, one.displayName]));
  const others = last.flatMap(({ signer, signerName }) =>
    signer === null || mayAnswer.has(signer)
      ? []
      : [{ id: signer, name: signers.get(signer) ?? signerName }],
  );
  const line = (id: AddressId, its: string, may: boolean) => ({
    id,
    name: its,
    mayAnswer: may,
    remindedAt: reminded.get(id) ?? null,
  });
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
      ...[...mayAnswer].map(([id, its]) => line(id, its, true)),
      ...others.map((one) => line(one.id, one.name, false)),
    ],
    answers: last.map(answerLine),
    before: answers.filter((one) => one.version < version).map(answerLine),
    numbers: numbers
      .filter(({ pupil }) => pupil === person.addressId)
      .map(({ guardian, number }) => ({
        name: mayAnswer.get(guardian) ?? signers.get(guardian) ?? '',
        number,
      })),
  };
}

/** A file of a paper, for who asks and for who is asked. */
export async function file(
  parts: PaperParts,
  viewer: Viewer,
  ref: PaperRef,
  { version, place }: Parameters<Papers['file']>[2],
): ReturnType<Papers['file']> {
  const maySee =
    (await paperOn(parts, viewer, ref)) !== null || (await isAsked(parts, viewer, ref));
  return maySee
    ? parts.store.read(ref.school, (tx) => paperFile(tx, { paper: ref.paper, version }, place))
    : null;
}

/** Whether a paper is about a child of the viewer's. */
async function isAsked(parts: PaperParts, viewer: Viewer, ref: PaperRef): Promise<boolean> {
  if (viewer.role === 'pupil') return false;
  const roster = (await parts.directory.rosters([ref.school], { maxAgeMs: 0 })).get(ref.school);
  const own = roster?.childrenOf.get(viewer.addressId) ?? [];
  if (roster === undefined || own.length === 0) return false;
  const guardians = await guardiansOf(parts, roster, own);
  const mine = own.filter((child) =>
    guardians.get(child)?.some(({ addressId }) => addressId === viewer.addressId),
  );
  const rows = await parts.store.read(ref.school, (tx) =>
    papersOf(tx, { of: 'children', pupils: mine }, 500),
  );
  return rows.some(({ id }) => id === ref.paper);
}
