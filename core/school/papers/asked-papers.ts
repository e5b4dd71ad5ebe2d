import { peopleOf, pupilClasses } from '../../directory/people-of.ts';
import { dayAt } from '../../ground/clock.ts';
import type { AddressId, ClassId, PaperId } from '../../ground/ids.ts';
import { isCurrent, type Person, type Roster } from '../../roster/snapshot.ts';
import { type AnswerRow, answersOf } from '../../store/papers/answers.ts';
import {
  paperChildren,
  papersOf,
  versionsOf,
  type PaperChildRow,
  type PaperRow,
  type PapersAsked,
  type PaperSlice,
  type VersionRow,
} from '../../store/papers/papers.ts';
import type { Standing } from './contract.ts';
import type { AnswerLine, Frame, PaperText, Phase, Says } from './contract/slips.ts';
import { lastWords, standingOf } from './counting.ts';
import { MOST_PAPERS, type PaperParts } from './parts.ts';
import type { Signer, SignedSlip } from './slip.ts';
import { questionOf } from './wish.ts';

/** A paper with its words and answers. */
export interface AskedPaper {
  readonly row: PaperRow;
  /** The words that count. */
  readonly now: VersionRow;
  /** Those that were asked before, the oldest first. */
  readonly older: readonly VersionRow[];
  /** The children who are asked for today. */
  readonly children: readonly PaperChild[];
}

/** A child of a paper, as the roster has them today. */
export interface PaperChild {
  readonly person: Person;
  /** The name that is signed. */
  readonly name: string;
  /** Who may answer for them: with rights today, and an account. */
  readonly guardians: readonly Person[];
  readonly answers: readonly AnswerRow[];
  readonly standing: Standing;
}

/** The papers that families of these children are asked, with all that is counted. */
export function papersFor(
  parts: PaperParts,
  roster: Roster,
  pupils: readonly AddressId[],
): Promise<readonly AskedPaper[]> {
  const day = dayAt(parts.clock(), roster.school.timeZone);
  const classes = new Set(pupils.flatMap((pupil) => pupilClasses(roster, pupil, day)));
  return readPapers(parts, roster, {
    asked: { of: 'children', pupils, classes: [...classes] },
  });
}

interface PapersWish {
  readonly asked: PapersAsked;
  readonly part?: PaperSlice;
}

/** Papers of a school whose letters have left, with all that is counted. */
export async function readPapers(
  parts: PaperParts,
  roster: Roster,
  { asked, part = { limit: MOST_PAPERS } }: PapersWish,
): Promise<readonly AskedPaper[]> {
  const read = await parts.store.read(roster.school.id, async (tx) => {
    const rows = (await papersOf(tx, asked, part)).filter(({ version }) => version > 0);
    const ids = rows.map(({ id }) => id);
    return {
      rows,
      versions: Map.groupBy(await versionsOf(tx, ids), ({ paper }) => paper),
      children: Map.groupBy(await paperChildren(tx, ids), ({ paper }) => paper),
      answers: Map.groupBy(await answersOf(tx, ids), answerKey),
    };
  });
  if (read.rows.length === 0) return [];
  const day = dayAt(parts.clock(), roster.school.timeZone);
  const words = read.rows.flatMap((row) => {
    const versions = read.versions.get(row.id) ?? [];
    const now = versions.find(({ version }) => version === row.version);
    const named = read.children.get(row.id) ?? [];
    return now === undefined
      ? []
      : [{ row, versions, now, asked: childrenAsked(roster, { row, now, named, day }) }];
  });
  const guardians = await guardiansOf(
    parts,
    roster,
    words.flatMap(({ asked }) => asked.map(({ person }) => person.addressId)),
  );
  return words.map(({ row, versions, now, asked }): AskedPaper => {
    const children = asked.map(({ person, name }): PaperChild => {
      const pupil = person.addressId;
      const answers = read.answers.get(answerKey({ paper: row.id, pupil })) ?? [];
      const mayAnswer = guardians.get(pupil) ?? [];
      const standing = standingOf({
        version: row.version,
        needed: now.needed,
        guardians: mayAnswer.map(({ addressId }) => addressId),
        answers: answers.map((one) => ({ ...one, signer: signerOf(one), says: saysOf(one) })),
      });
      return { person, name, guardians: mayAnswer, answers, standing };
    });
    const older = versions.filter((one) => one.version < row.version);
    return { row, now, older, children: children.toSorted(asCalled) };
  });
}

/** A paper, those whom its letter named, and the day on which one looks at it. */
interface AskedOn {
  readonly row: Pick<PaperRow, 'id' | 'classId' | 'withdrawnAt'>;
  readonly now: Pick<VersionRow, 'until'>;
  readonly named: readonly Pick<PaperChildRow, 'pupil' | 'name'>[];
  readonly day: string;
}

/** The children whose families are asked on a day, each with the name that is signed. */
export function childrenAsked(
  roster: Roster,
  on: AskedOn,
): readonly Pick<PaperChild, 'person' | 'name'>[] {
  const { row, named, day } = on;
  return [...named, ...cameLater(roster, on)].flatMap(({ pupil, name }) => {
    const person = childOf(roster, { pupil, classId: row.classId, day });
    return person === null ? [] : [{ person, name }];
  });
}

/**
 * Children of the class who weren't in it when the letter left: their families are asked as well,
 * of what could still be answered when they came.
 */
function cameLater(roster: Roster, { row, now, named, day }: AskedOn): AskedOn['named'] {
  const members = row.classId === null ? [] : (roster.membersOf.get(row.classId) ?? []);
  const known = new Set(named.map(({ pupil }) => pupil));
  const end = row.withdrawnAt !== null && row.withdrawnAt < now.until ? row.withdrawnAt : now.until;
  const lastDay = dayAt(end, roster.school.timeZone);
  return members.flatMap((one) => {
    const person = roster.people.get(one.person);
    const came = one.role === 'pupil' && isCurrent(one, day) && one.from <= lastDay;
    if (!came || person === undefined || known.has(one.person)) return [];
    known.add(one.person);
    return [{ pupil: one.person, name: signedName(person) }];
  });
}

/** The name of a child that is signed. */
export const signedName = ({ givenName, familyName }: Person): string =>
  `${givenName} ${familyName}`.trim();

const collator = new Intl.Collator('fr');

/** In the order in which a class is called: given names first. */
const asCalled = ({ name: one }: PaperChild, { name: other }: PaperChild): number =>
  collator.compare(one, other);

const answerKey = ({ paper, pupil }: { paper: PaperId; pupil: AddressId }): string =>
  `${paper} ${pupil}`;

interface ChildOfDay {
  readonly pupil: AddressId;
  readonly classId: ClassId | null;
  readonly day: string;
}

/** A child who is still there, and in the class that was asked; a group's wherever they are. */
export function childOf(roster: Roster, { pupil, classId, day }: ChildOfDay): Person | null {
  const person = roster.people.get(pupil);
  if (person?.state !== 'active') return null;
  return classId === null || pupilClasses(roster, pupil, day).includes(classId) ? person : null;
}

/** Who may answer for these children today, wherever their own mail lies. */
export async function guardiansOf(
  { directory }: Pick<PaperParts, 'directory'>,
  roster: Roster,
  pupils: readonly AddressId[],
): Promise<ReadonlyMap<AddressId, readonly Person[]>> {
  const ids = pupils.flatMap((pupil) => roster.guardiansOf.get(pupil) ?? []);
  const people = await peopleOf(directory, ids);
  return new Map(pupils.map((pupil) => [pupil, signersFor(roster, pupil, people)]));
}

/** Those of a child's guardians with rights whose account is theirs to use. */
export const signersFor = (
  roster: Roster,
  pupil: AddressId,
  people: ReadonlyMap<AddressId, { readonly person: Person }>,
): readonly Person[] =>
  (roster.guardiansOf.get(pupil) ?? []).flatMap((id) => {
    const person = people.get(id)?.person;
    return person?.state === 'active' ? [person] : [];
  });

/** Who gave an answer. */
export const signerOf = ({
  signer,
  signerName,
}: Pick<AnswerRow, 'signer' | 'signerName'>): Signer =>
  signer === null
    ? { kind: 'on-paper', name: signerName }
    : { kind: 'guardian', id: signer, name: signerName };

/** What they said. */
export function saysOf({
  says,
  option,
  words,
}: Pick<AnswerRow, 'says' | 'option' | 'words'>): Says {
  if (says === 'option') return { kind: 'option', option: option ?? 0 };
  return says === 'words' ? { kind: 'words', text: words ?? '' } : { kind: says };
}

/** The columns of what somebody says. */
export const saysColumns = (says: Says): Pick<AnswerRow, 'says' | 'option' | 'words'> => ({
  says: says.kind,
  option: says.kind === 'option' ? says.option : null,
  words: says.kind === 'words' ? says.text : null,
});

export const answerLine = (row: AnswerRow): AnswerLine => ({
  version: row.version,
  signer: row.signer,
  name: row.signerName,
  says: saysOf(row),
  note: row.note,
  at: row.at,
  way: row.way,
  photo: row.photo === null ? null : row.id,
});

/** The last word of each who answered these words. */
export function lastAnswers(answers: readonly AnswerRow[], version: number): readonly AnswerRow[] {
  const own = answers.filter((one) => one.version === version);
  return [...lastWords(own.map((row) => ({ row, signer: signerOf(row) }))).values()].map(
    ({ row }) => row,
  );
}

/** What is signed, out of the words as they are kept. */
export function frameOf(row: VersionRow): Frame {
  const { text, place, price, day, lastDay, from, to } = row;
  return {
    text,
    place,
    price,
    occasion: day === null ? null : { day, lastDay, from, to },
    question: questionOf(row.question, row.options),
  };
}

export const textOf = (row: VersionRow): PaperText => ({
  version: row.version,
  subject: row.subject,
  body: row.body,
  frame: frameOf(row),
  needed: row.needed,
  until: row.until,
  asksNumber: row.asksNumber,
  madeAt: row.madeAt,
  files: row.files,
});

/** The very thing that is signed for a child by these words. */
export const slipOf = (
  { school }: Pick<Roster, 'school'>,
  words: VersionRow,
  child: { readonly id: AddressId; readonly name: string },
): SignedSlip => ({
  school: school.id,
  paper: words.paper,
  version: words.version,
  child,
  frame: frameOf(words),
  files: words.files.map(({ name, sizeBytes, sha256 }) => ({ name, sizeBytes, sha256 })),
});

export function phaseOf({ row, now }: Pick<AskedPaper, 'row' | 'now'>, at: Date): Phase {
  if (row.withdrawnAt !== null) return 'withdrawn';
  return now.until <= at ? 'over' : 'open';
}
