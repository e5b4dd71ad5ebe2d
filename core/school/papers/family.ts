import { peopleOf } from '../../directory/people-of.ts';
import { dayAt } from '../../ground/clock.ts';
import type { AddressId, SchoolId } from '../../ground/ids.ts';
import { isClosed, type Person, type Roster } from '../../roster/snapshot.ts';
import type { RoomVisit, Viewer } from '../../rules/viewer.ts';
import {
  insertAnswer,
  lastSaid,
  lockPaper,
  numbersOf,
  saveNumber,
  silentChildren,
  type AnswerRow,
  type NewAnswer,
} from '../../store/papers/answers.ts';
import type { SchoolTx } from '../../store/store.ts';
import {
  answerLine,
  frameOf,
  lastAnswers,
  phaseOf,
  papersFor,
  saysColumns,
  saysOf,
  slipOf,
  textOf,
  type AskedPaper,
  type PaperChild,
} from './asked-papers.ts';
import type { Answered, AnswerGiven, FamilySlip, SlipLine, SlipRef } from './contract/slips.ts';
import { isAnswerTo } from './counting.ts';
import { keepSignature } from './journal.ts';
import type { PaperParts } from './parts.ts';
import { signatureHash, slipHash, wordsFor } from './slip.ts';

const MOST_NOTE = 500;
const MOST_WORDS = 500;
/** A telephone number as people write one, here and abroad. */
const NUMBER = /^\+?[\d .()/-]{6,24}$/;

/** A slip with all that stands around it. */
export interface OpenSlip {
  readonly roster: Roster;
  readonly paper: AskedPaper;
  readonly child: PaperChild;
  readonly guardian: Person;
  /** Nothing is said to one guardian of another. */
  readonly isSilent: boolean;
}

/** All slips of the viewer's children, in whatever school. */
export async function openSlips(
  parts: PaperParts,
  viewer: Viewer,
  only: SchoolId | null = null,
): Promise<readonly OpenSlip[]> {
  if (viewer.role === 'pupil') return [];
  const fresh = { maxAgeMs: 0 };
  const own = (await parts.directory.byId([viewer.addressId], fresh)).get(viewer.addressId);
  const schools = only === null ? [viewer.school, ...(own?.presentIn ?? [])] : [only];
  const slips: OpenSlip[] = [];
  for (const roster of (await parts.directory.rosters(schools, fresh)).values()) {
    const pupils = roster.childrenOf.get(viewer.addressId) ?? [];
    // A school that has closed is nobody's.
    const isShut = isClosed(roster.school, dayAt(parts.clock(), roster.school.timeZone));
    if (pupils.length === 0 || isShut) continue;
    const papers = await papersFor(parts, roster, pupils);
    if (papers.length === 0) continue;
    const silent = await parts.store.read(roster.school.id, (tx) => silentChildren(tx, pupils));
    for (const paper of papers)
      for (const child of paper.children) {
        const guardian = child.guardians.find(({ addressId }) => addressId === viewer.addressId);
        if (guardian === undefined) continue;
        const isSilent = silent.has(child.person.addressId);
        slips.push({ roster, paper, child, guardian, isSilent });
      }
  }
  return slips;
}

/** Whether an answer of this guardian's is still needed; of a silent child theirs always is. */
export function waitsFor(
  { paper, child, isSilent }: Pick<OpenSlip, 'paper' | 'child' | 'isSilent'>,
  guardian: AddressId,
  now: Date,
): boolean {
  if (phaseOf(paper, now) !== 'open') return false;
  const hasAnswered = ownLast(child, paper.row.version, guardian) !== null;
  if (hasAnswered) return false;
  return isSilent || child.standing.kind === 'waiting';
}

const ownLast = (child: PaperChild, version: number, guardian: AddressId): AnswerRow | null =>
  lastAnswers(child.answers, version).find(({ signer }) => signer === guardian) ?? null;

/** Their last answer to older words. */
const ownBefore = (child: PaperChild, version: number, guardian: AddressId): AnswerRow | null =>
  child.answers.findLast((one) => one.signer === guardian && one.version < version) ?? null;

export async function slips(parts: PaperParts, viewer: Viewer): Promise<readonly SlipLine[]> {
  return linesOf(await openSlips(parts, viewer), parts.clock());
}

/** Those that wait first, the one that ends soonest on top; then the others, the latest first. */
function linesOf(all: readonly OpenSlip[], now: Date): readonly SlipLine[] {
  return all
    .map((slip) => lineOf(slip, now))
    .sort(
      (one, other) =>
        Number(other.waits) - Number(one.waits) ||
        (one.waits ? 1 : -1) * (one.until.getTime() - other.until.getTime()),
    );
}

function lineOf(slip: OpenSlip, now: Date): SlipLine {
  const { roster, paper, child, guardian } = slip;
  const id = guardian.addressId;
  const own = ownLast(child, paper.row.version, id);
  return {
    ref: { school: roster.school.id, paper: paper.row.id, child: child.person.addressId },
    subject: paper.now.subject,
    childName: child.person.givenName,
    childFace: child.person.face,
    timeZone: roster.school.timeZone,
    until: paper.now.until,
    version: paper.row.version,
    versionAt: paper.now.madeAt,
    phase: phaseOf(paper, now),
    waits: waitsFor(slip, id, now),
    says: own && saysOf(own),
    saidAt: own?.at ?? null,
  };
}

const slipIn = (all: readonly OpenSlip[], ref: SlipRef): OpenSlip | undefined =>
  all.find(
    ({ roster, paper, child }) =>
      roster.school.id === ref.school &&
      paper.row.id === ref.paper &&
      child.person.addressId === ref.child,
  );

/** One child's slip, for a guardian of theirs. */
export async function slip(
  parts: PaperParts,
  viewer: Viewer,
  ref: SlipRef,
): Promise<FamilySlip | null> {
  const all = await openSlips(parts, viewer);
  const open = slipIn(all, ref);
  if (open === undefined) return null;
  const { roster, paper, child, guardian, isSilent } = open;
  const { row, now, older } = paper;
  const own = ownLast(child, row.version, guardian.addressId);
  const before = own === null ? ownBefore(child, row.version, guardian.addressId) : null;
  const oldText = before && older.find(({ version }) => version === before.version);
  const numbers = await parts.store.read(roster.school.id, (tx) => numbersOf(tx, row.id));
  const author = (await peopleOf(parts.directory, [row.author])).get(row.author)?.person;
  return {
    ...lineOf(open, parts.clock()),
    all: linesOf(all, parts.clock()),
    schoolName: roster.school.name,
    authorName: row.authorName,
    authorAddress: author?.state === 'active' ? author.address : null,
    letters: [now, ...older.toReversed()].map(({ letter }) => letter),
    childFullName: child.name,
    oath: wordsFor(now, child.name),
    text: textOf(now),
    own: own && answerLine(own),
    ownNumber:
      numbers.find(
        ({ pupil, guardian: whose }) =>
          pupil === child.person.addressId && whose === guardian.addressId,
      )?.number ?? '',
    numbersGoneAt: row.numbersGoneAt,
    before:
      before && oldText
        ? {
            answer: answerLine(before),
            text: textOf(oldText),
            oath: wordsFor(oldText, child.name),
          }
        : null,
    others: isSilent
      ? null
      : child.guardians
          .filter(({ addressId }) => addressId !== guardian.addressId)
          .map(({ addressId, displayName }) => ({
            name: displayName,
            hasAnswered: ownLast(child, row.version, addressId) !== null,
          })),
  };
}

/**
 * A guardian's answer to the words that they read. The last one before the end counts; the same
 * answer twice is one.
 */
export async function answer(
  { parts, viewer }: RoomVisit<PaperParts>,
  ref: SlipRef,
  given: AnswerGiven,
): Promise<Answered> {
  const open = slipIn(await openSlips(parts, viewer, ref.school), ref);
  if (open === undefined) return { kind: 'missing' };
  const { roster, paper } = open;
  const phase = phaseOf(paper, parts.clock());
  if (phase !== 'open') return { kind: phase };
  if (given.version !== paper.row.version) return { kind: 'changed' };
  const trouble = troubleOf(paper, given);
  if (trouble !== null) return { kind: trouble };
  const answered = await parts.store.write(roster.school.id, (tx) =>
    keepAnswer(tx, open, { given, at: parts.clock() }),
  );
  if (answered.kind === 'done') parts.mailEvents.announce(viewer.school, [viewer.account]);
  return answered;
}

/** Keeps it as the paper stands by then, whatever was read of it before. */
async function keepAnswer(
  tx: SchoolTx,
  open: OpenSlip,
  { given, at }: { readonly given: AnswerGiven; readonly at: Date },
): Promise<Answered> {
  const { paper, child, guardian } = open;
  const stands = await lockPaper(tx, paper.row.id);
  if (stands === null) return { kind: 'missing' };
  if (stands.withdrawnAt !== null) return { kind: 'withdrawn' };
  if (stands.version !== paper.row.version) return { kind: 'changed' };
  const row = signed(open, given, at);
  const last = await lastSaid(tx, row);
  if (last === null || !sameWords(last, row)) {
    await insertAnswer(tx, row, { childName: child.name, photo: null });
    await keepSignature(tx, row);
  }
  if (paper.now.asksNumber && stands.numbersGoneAt !== null)
    await saveNumber(tx, row.paper, {
      pupil: row.pupil,
      guardian: guardian.addressId,
      // Who stays at school is called by nobody from the bus.
      number: given.says.kind === 'no' ? '' : given.number.trim(),
    });
  return { kind: 'done' };
}

function troubleOf(
  { now }: AskedPaper,
  { says, note, number }: AnswerGiven,
): Extract<Answered['kind'], 'no-answer' | 'bad-number' | 'too-long'> | null {
  if (!isAnswerTo(frameOf(now).question, says)) return 'no-answer';
  const isLong = says.kind === 'words' && says.text.length > MOST_WORDS;
  if (isLong || note.length > MOST_NOTE) return 'too-long';
  return number.trim() !== '' && !NUMBER.test(number.trim()) ? 'bad-number' : null;
}

/** The row of an answer, with the marks of what was signed and of the signature. */
function signed(open: OpenSlip, { says, note, way }: AnswerGiven, at: Date): NewAnswer {
  const { paper, child, guardian } = open;
  return signatureRow({
    roster: open.roster,
    paper,
    child,
    signer: { kind: 'guardian', id: guardian.addressId, name: guardian.displayName },
    says,
    note: note.trim(),
    at,
    way,
    by: guardian.addressId,
    photo: null,
  });
}

type Signing = Pick<
  Parameters<typeof signatureHash>[0],
  'signer' | 'says' | 'note' | 'at' | 'way' | 'by' | 'photo'
> & {
  readonly roster: Roster;
  readonly paper: AskedPaper;
  readonly child: PaperChild;
};

/** A signature as a row: who signed what, and its mark for the journals. */
export function signatureRow({ roster, paper, child, ...by }: Signing): NewAnswer {
  const pupil = child.person.addressId;
  const what = slipOf(roster, paper.now, { id: pupil, name: child.name });
  return {
    paper: paper.row.id,
    version: paper.row.version,
    pupil,
    signer: by.signer.kind === 'guardian' ? by.signer.id : null,
    signerName: by.signer.name,
    ...saysColumns(by.says),
    note: by.note,
    at: by.at,
    way: by.way,
    by: by.by,
    photo: by.photo,
    slipHash: slipHash(what),
    hash: signatureHash({ ...by, slip: what, letter: paper.now.letterHash }),
  };
}

type Said = Pick<AnswerRow, 'says' | 'option' | 'words' | 'note'>;

const sameWords = (one: Said, other: Said): boolean =>
  one.says === other.says &&
  one.option === other.option &&
  one.words === other.words &&
  one.note === other.note;
