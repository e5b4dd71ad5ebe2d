import { Readable } from 'node:stream';
import { personFace } from '../../directory/faces.ts';
import { dayAt } from '../../ground/clock.ts';
import type { AccountId, AddressId, NotebookPageId, SchoolId } from '../../ground/ids.ts';
import { holidayYearOf } from '../../roster/holidays.ts';
import type { RoomVisit, Viewer } from '../../rules/viewer.ts';
import { keepBody } from '../../store/bodies/bodies.ts';
import {
  handedFiles,
  handIns,
  markGivenBack,
  takeTurnInPart,
  type HandedRow,
  type HandInRow,
} from '../../store/cupboard/boxes.ts';
import { pagesOf, pagesOfBox, replacePages, type PageRow } from '../../store/cupboard/notebooks.ts';
import type { SchoolTx } from '../../store/store.ts';
import { bring } from '../cupboard/bringing.ts';
import type { FolderArchive, GivenFile, ServedFile } from '../cupboard/contract.ts';
import { keptName, nameKey, namesFor } from '../cupboard/names.ts';
import type { ClassCupboard } from '../cupboard/own-cupboards.ts';
import type { CupboardParts, PuttingParts } from '../cupboard/parts.ts';
import { servedFile } from '../cupboard/serving.ts';
import { taught } from './asking.ts';
import type { BackWish, BoxRef, GaveBack, NotebookPage } from './contract.ts';
import { factsOf, ownBox, type OwnBox } from './own-boxes.ts';
import { LONGEST_WORDS, MOST_FILES, MOST_PAGES } from './parts.ts';
import { mayInBox } from './rights.ts';

const FRESH = { maxAgeMs: 0 };
/** A child who hands in meanwhile has their files read once more, so often at most. */
const MOST_READINGS = MOST_FILES + 1;

/**
 * A teacher gives back what a pupil handed in, with a stamp and a word. It lies in the child's own
 * notebook first, in the school where they are at home; then the box says that it was given back,
 * so that a crash between leaves it to be given back once more. What was handed in between is read
 * anew: nothing counts as given back that the notebook hasn't.
 */
export async function giveBack(
  { parts, viewer }: RoomVisit<PuttingParts>,
  ref: BoxRef,
  { pupil, stamp, word: typed, files: added = [] }: BackWish,
): Promise<GaveBack> {
  const word = typed.replaceAll('\r\n', '\n').trim().slice(0, LONGEST_WORDS);
  const all = await taught(parts, viewer, ref);
  const read = () =>
    parts.store.read(ref.school, (tx) => partToGiveBack(tx, viewer, { all, ref, pupil }));
  let found = await read();
  const home = found && (await homeOf(parts, pupil));
  if (home === null) return { kind: 'missing' };
  const beside = await broughtBeside({ parts, viewer }, home.school, added.slice(0, MOST_FILES));
  if (!Array.isArray(beside)) return beside;
  const said = { at: parts.clock(), by: viewer.addressId, stamp, word };
  const lies = { account: home.account, school: ref.school, box: ref.box };
  const before = await parts.store.read(home.school, (tx) => pagesOfBox(tx, lies));
  const putPages = (pages: readonly Omit<PageRow, 'id'>[]) =>
    parts.store.write(home.school, (tx) => replacePages(tx, lies, pages));
  for (let readings = 1; found !== null && readings <= MOST_READINGS; readings += 1) {
    const part = found;
    const files = [...part.files, ...beside];
    await carry(parts, { from: ref.school, to: home.school }, part.files);
    await putPages(pagesFor({ parts, viewer }, part.box, { files, said, pupil }));
    if (await parts.store.write(ref.school, (tx) => markAsRead(tx, part, said)))
      return { kind: 'given' };
    found = await read();
  }
  // Taken back by the child meanwhile: nothing was given back but what had been before.
  if (found === null) await putPages(before);
  return { kind: 'missing' };
}

/** Says in the box that a part of it was given back; false where that is no more as it was read. */
async function markAsRead(
  tx: SchoolTx,
  { handed, files }: PartToGiveBack,
  said: NonNullable<HandInRow['givenBack']>,
): Promise<boolean> {
  await takeTurnInPart(tx, handed);
  const lying = await handedFiles(tx, handed.box, handed.pupil);
  const isAsRead =
    lying.length === files.length && lying.every(({ id }, index) => id === files[index]?.id);
  return isAsRead && markGivenBack(tx, handed, said);
}

type PartToGiveBack = NonNullable<Awaited<ReturnType<typeof partToGiveBack>>>;

interface AskedPart {
  readonly all: readonly ClassCupboard[];
  readonly ref: BoxRef;
  readonly pupil: AddressId;
}

/** What a pupil has handed in, for who may give it back; null: nothing, or it isn't theirs. */
async function partToGiveBack(tx: SchoolTx, viewer: Viewer, { all, ref, pupil }: AskedPart) {
  const box = await ownBox(tx, all, ref);
  if (box === null || !box.own.pupils.includes(pupil)) return null;
  const [handed] = await handIns(tx, [ref.box], [pupil]);
  if (handed === undefined) return null;
  if (!mayInBox('give-back', factsOf(box, viewer, { pupil, handed }))) return null;
  return { box, handed, files: await handedFiles(tx, ref.box, pupil) };
}

/** A teacher's voice or picture, by the one way in, kept where the child is at home. */
async function broughtBeside(
  visit: RoomVisit<PuttingParts>,
  home: SchoolId,
  added: readonly GivenFile[],
): Promise<NotebookFile[] | Extract<GaveBack, { kind: 'not-kept' }>> {
  const files: NotebookFile[] = [];
  for (const one of added) {
    const kept = await bring(visit, home, one);
    if (kept.kind !== 'brought') return { kind: 'not-kept', name: one.name, why: kept };
    files.push({ name: kept.name, ...kept.file });
  }
  return files;
}

/** A file as it comes to lie in a notebook. */
type NotebookFile = Pick<HandedRow, 'name' | 'sha256' | 'mediaType' | 'sizeBytes'>;

/** Where a child is at home today. */
async function homeOf(
  { directory }: CupboardParts,
  pupil: AddressId,
): Promise<{ readonly school: SchoolId; readonly account: AccountId } | null> {
  const school = (await directory.byId([pupil], FRESH)).get(pupil)?.school;
  if (school === undefined) return null;
  const person = (await directory.rosters([school], FRESH)).get(school)?.people.get(pupil);
  return person === undefined ? null : { school, account: person.account };
}

interface PagesOfPupil {
  readonly files: readonly NotebookFile[];
  readonly said: Pick<PageRow, 'at' | 'stamp' | 'word'>;
  readonly pupil: AddressId;
}

function pagesFor(
  { parts: { clock }, viewer }: RoomVisit<CupboardParts>,
  { own, row }: OwnBox,
  { files, said, pupil }: PagesOfPupil,
): readonly Omit<PageRow, 'id'>[] {
  const { roster, className } = own;
  const teacher = roster.people.get(viewer.addressId);
  const child = { viewer: { role: 'pupil', addressId: pupil }, roster, now: clock() } as const;
  return files.map(({ name, sha256, mediaType, sizeBytes }) => ({
    boxName: row.name,
    className,
    name,
    file: { sha256, mediaType, sizeBytes },
    year: holidayYearOf(dayAt(said.at, roster.school.timeZone)).name,
    teacherName:
      teacher === undefined ? viewer.displayName : personFace(teacher, roster, child).name,
    at: said.at,
    stamp: said.stamp,
    word: said.word,
  }));
}

/** Takes the bytes to the school where the child is at home, where that is another. */
async function carry(
  { store, clock }: CupboardParts,
  { from, to }: Readonly<Record<'from' | 'to', SchoolId>>,
  files: readonly HandedRow[],
): Promise<void> {
  if (from === to) return;
  for (const row of files) {
    const { sha256 } = row;
    const pieces = servedFile(store, from, { name: row.name, file: row });
    await store.write(to, (tx) => keepBody(tx, { sha256, pieces }, clock()));
  }
}

/** A child's notebook: what was given back to them, the newest first. */
export async function notebook(
  { store }: CupboardParts,
  { role, school, account }: Viewer,
): Promise<readonly NotebookPage[]> {
  if (role !== 'pupil') return [];
  const asked = { page: null, limit: MOST_PAGES };
  const rows = await store.read(school, (tx) => pagesOf(tx, account, asked));
  return rows.map(({ id: page, file: { mediaType, sizeBytes }, ...row }) => ({
    ...row,
    page,
    mediaType,
    sizeBytes,
  }));
}

/**
 * A child's notebook as folders of classes, each page under the name of its box and its day, as it
 * was at their school.
 */
export async function takeAlong(
  { store, directory }: CupboardParts,
  { role, school, account }: Viewer,
): Promise<FolderArchive | null> {
  if (role !== 'pupil') return null;
  const asked = { page: null, limit: MOST_PAGES };
  const rosters = await directory.rosters([school], FRESH);
  const timeZone = rosters.get(school)?.school.timeZone;
  if (timeZone === undefined) return null;
  const rows = await store.read(school, (tx) => pagesOf(tx, account, asked));
  const served = (row: PageRow) => servedFile(store, school, row);
  return { name: '', files: archived(rows, { timeZone, served }) };
}

interface Archiving {
  readonly timeZone: string;
  readonly served: (row: PageRow) => ServedFile;
}

async function* archived(
  rows: readonly PageRow[],
  { timeZone, served }: Archiving,
): FolderArchive['files'] {
  const taken = new Set<string>();
  for (const row of rows) {
    const { className, year, boxName, at, name, word } = row;
    const folder = [`${className} ${year}`, `${dayAt(at, timeZone)} ${boxName}`]
      .map(keptName)
      .join('/');
    const free = namesFor(keptName(name)).find((one) => !taken.has(`${folder}/${nameKey(one)}`));
    if (free === undefined) continue;
    taken.add(`${folder}/${nameKey(free)}`);
    yield { path: `${folder}/${free}`, at, file: served(row) };
    const said = `${folder}/${keptName(`${row.teacherName}.txt`)}`;
    if (word === '' || taken.has(said)) continue;
    taken.add(said);
    yield { path: said, at, file: textFile(word) };
  }
}

/** What a teacher said, as a file beside what it was said of. */
function textFile(words: string): ServedFile {
  const bytes = Buffer.from(`${words}\n`);
  return {
    name: '',
    mediaType: 'text/plain',
    sizeBytes: bytes.length,
    read: () => Readable.from([bytes]),
  };
}

/** What was given back on one of its pages. */
export async function pageContent(
  { store }: CupboardParts,
  { role, school, account }: Viewer,
  page: NotebookPageId,
): Promise<ServedFile | null> {
  if (role !== 'pupil') return null;
  const [row] = await store.read(school, (tx) => pagesOf(tx, account, { page, limit: 1 }));
  return row === undefined ? null : servedFile(store, school, row);
}
