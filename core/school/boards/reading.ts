import { openFaces, type Faces } from '../../directory/faces.ts';
import { boardsOf, type OwnBoard } from '../../directory/own-boards.ts';
import { teacherIds } from '../../directory/own-classes.ts';
import { dayAt } from '../../ground/clock.ts';
import {
  TOWN,
  type AddressId,
  type MessageId,
  type NoticeId,
  type SchoolId,
} from '../../ground/ids.ts';
import type { Attachment, OfferedFile } from '../../letters/message/message.ts';
import type { RoomVisit, Face, Viewer } from '../../rules/viewer.ts';
import { noticesOf, takenDownCount, type NoticeRow } from '../../store/boards/notices.ts';
import { remindersOf } from '../../store/boards/reminders.ts';
import { boardNews, markSeen, seenOf, type SeenRow } from '../../store/boards/seen.ts';
import { boardName } from './called.ts';
import { circleOf, seenCounts, type BoardCircle } from './circle.ts';
import type {
  BoardLine,
  BoardNews,
  BoardRef,
  BoardView,
  Notice,
  NoticeReader,
  NoticeRef,
  NoticeState,
} from './contract.ts';
import { fileAt, filesOf } from './files.ts';
import { lastDayOf, usualDay } from './hanging.ts';
import { boardAt, noticeBefore, ownIdea } from './own-boards.ts';
import { MOST_NOTICES, type BoardParts } from './parts.ts';
import { reminderDay } from './reminding.ts';

/** How old the roster may be by which a number is told that leads to a page. */
const COUNT_AGE_MS = 1_000;

/** Notices with who has seen them, and their files. */
interface Hanging {
  readonly rows: readonly NoticeRow[];
  readonly seen: ReadonlyMap<NoticeId, readonly SeenRow[]>;
  readonly files: ReadonlyMap<MessageId, readonly Attachment[]>;
  /** When their reader is told of them once more. */
  readonly reminders: ReadonlyMap<NoticeId, Date>;
}

/** Notices on some boards of one school, as one of their readers may see them. */
async function hangingOn(
  { store }: BoardParts,
  school: SchoolId,
  boards: readonly OwnBoard[],
): Promise<readonly NoticeRow[]> {
  const rows = await store.read(school, (tx) =>
    noticesOf(
      tx,
      {
        of: 'boards',
        classes: boards.map(({ ref }) => ref.classId),
        readers: [...new Set(boards.flatMap(({ reads }) => [...reads]))],
      },
      MOST_NOTICES * boards.length,
    ),
  );
  const byClass = new Map(boards.map((board) => [board.ref.classId, board]));
  return rows.filter(({ classId, readers }) =>
    readers.some((one) => byClass.get(classId)?.reads.has(one)),
  );
}

/** The line of each board that the viewer reads. */
export async function list(parts: BoardParts, viewer: Viewer): Promise<readonly BoardLine[]> {
  const boards = await boardsOf(parts, viewer);
  const lines: BoardLine[] = [];
  for (const [school, own] of Map.groupBy(boards, ({ ref }) => ref.school)) {
    const rows = await hangingOn(parts, school, own);
    const seen = await ownSeen({ parts, viewer }, school, rows);
    for (const board of own) {
      const its = rows.filter(({ classId }) => classId === board.ref.classId);
      lines.push(await lineOf({ parts, viewer }, board, { rows: its, seen }));
    }
  }
  return lines.toSorted(
    (one, other) => Number(one.ref.classId === null) - Number(other.ref.classId === null),
  );
}

/** Every first page asks it: a statement for each school where something hangs. */
export async function news(parts: BoardParts, viewer: Viewer): Promise<BoardNews> {
  const reading = (await boardsOf(parts, viewer, { maxAgeMs: COUNT_AGE_MS })).filter(
    ({ posts }) => posts.size === 0,
  );
  const counts = [...Map.groupBy(reading, ({ ref }) => ref.school)].map(async ([school, own]) => {
    if (await parts.bare.isBare(school)) return NO_NEWS;
    const boards = own.flatMap(({ ref: { classId }, reads }) =>
      [...reads].map((readers) => ({ classId, readers })),
    );
    return parts.store.read(school, (tx) => boardNews(tx, viewer.addressId, boards));
  });
  return (await Promise.all(counts)).reduce(
    (sum, one) => ({
      unseen: sum.unseen + one.unseen,
      answers: sum.answers + one.answers,
      wishes: sum.wishes + one.wishes,
    }),
    NO_NEWS,
  );
}
const NO_NEWS: BoardNews = { unseen: 0, answers: 0, wishes: 0 };

/** Which edition of each notice somebody has seen. */
type SeenEditions = ReadonlyMap<NoticeId, number>;

async function ownSeen(
  { parts: { store }, viewer }: RoomVisit<BoardParts>,
  school: SchoolId,
  rows: readonly NoticeRow[],
): Promise<SeenEditions> {
  const ids = rows.map(({ id }) => id);
  const seen = await store.read(school, (tx) => seenOf(tx, ids, viewer.addressId));
  return new Map(seen.map(({ notice, edition }) => [notice, edition]));
}

const isNew = (row: NoticeRow, seen: SeenEditions, viewer: Viewer): boolean =>
  row.author !== viewer.addressId && seen.get(row.id) !== row.edition;

async function lineOf(
  { parts, viewer }: RoomVisit<BoardParts>,
  board: OwnBoard,
  { rows, seen }: { readonly rows: readonly NoticeRow[]; readonly seen: SeenEditions },
): Promise<BoardLine> {
  const { ref, roster, children, posts } = board;
  const teachers = ref.classId === null ? [] : teacherIds(roster, ref.classId, parts.clock());
  const faces = await facesOf(parts, viewer, teachers);
  return {
    ref,
    name: boardName(board),
    children: children.map(({ givenName }) => givenName),
    teachers: teachers.map((id) => faceOf(faces, id, '')),
    count: rows.length,
    unseen: posts.size > 0 ? 0 : rows.filter((row) => isNew(row, seen, viewer)).length,
  };
}

const facesOf = (
  { directory, clock }: BoardParts,
  viewer: Viewer,
  ids: readonly AddressId[],
): Promise<Faces> => openFaces(directory, viewer, { addresses: [], ids, now: clock() });

/** Who left the town is called as they were when they wrote. */
const faceOf = (faces: Faces, addressId: AddressId, name: string): Face =>
  faces.sender({ addressId, role: 'teacher', from: name === '' ? [] : [{ name, address: '' }] });

/** A board with what hangs there; null where it isn't the viewer's to read. */
export async function view(
  parts: BoardParts,
  viewer: Viewer,
  ref: BoardRef,
): Promise<BoardView | null> {
  const board = await boardAt(parts, viewer, ref);
  if (board === null) return null;
  const { school } = board.roster;
  const rows = (await hangingOn(parts, school.id, [board])).slice(0, MOST_NOTICES);
  const hanging = await withDetails({ parts, viewer }, school.id, rows);
  const seen: SeenEditions = new Map(
    [...hanging.seen.values()]
      .flat()
      .filter(({ by }) => by === viewer.addressId)
      .map(({ notice, edition }) => [notice, edition]),
  );
  const line = await lineOf({ parts, viewer }, board, { rows, seen });
  return {
    ...line,
    schoolName: school.name,
    usualDay: usualDay({ now: parts.clock(), timeZone: school.timeZone }),
    timeZone: school.timeZone,
    notices: await noticesIn({ parts, viewer }, board, hanging),
    mayPostFor: [...board.posts],
    mayPropose: board.proposes && school.id === viewer.school,
    ...(await beside(parts, viewer, board)),
  };
}

/** What doesn't hang there, for who may hang something up: what has, and what pupils propose. */
async function beside(
  parts: BoardParts,
  viewer: Viewer,
  board: OwnBoard,
): Promise<Pick<BoardView, 'takenDown' | 'ideas'>> {
  const { classId, school } = board.ref;
  if (board.posts.size === 0) return { takenDown: 0, ideas: [] };
  const { count, rows } = await parts.store.read(school, async (tx) => ({
    count: await takenDownCount(tx, classId),
    rows: classId === null ? [] : await noticesOf(tx, { of: 'ideas', classId }, MOST_NOTICES),
  }));
  const hanging = await withDetails({ parts, viewer }, school, rows.toReversed());
  return { takenDown: count, ideas: await noticesIn({ parts, viewer }, board, hanging) };
}

/** What pupils of their classes propose, class by class. */
export async function ideas(parts: BoardParts, viewer: Viewer): Promise<readonly Notice[]> {
  const taught = new Set(viewer.classes.map(({ id }) => id));
  const all: Notice[] = [];
  for (const board of await boardsOf(parts, viewer)) {
    const { classId } = board.ref;
    if (classId !== null && taught.has(classId))
      all.push(...(await beside(parts, viewer, board)).ideas);
  }
  return all;
}

/** What no longer hangs there, for who may hang something up. */
export async function takenDown(
  parts: BoardParts,
  viewer: Viewer,
  ref: BoardRef,
): Promise<readonly Notice[]> {
  const board = await boardAt(parts, viewer, ref);
  if (board === null || board.posts.size === 0) return [];
  const rows = await parts.store.read(ref.school, (tx) =>
    noticesOf(tx, { of: 'taken-down', classId: ref.classId }, MOST_NOTICES),
  );
  return noticesIn(
    { parts, viewer },
    board,
    await withDetails({ parts, viewer }, ref.school, rows),
  );
}

async function withDetails(
  { parts: { store }, viewer }: RoomVisit<BoardParts>,
  school: SchoolId,
  rows: readonly NoticeRow[],
): Promise<Hanging> {
  return store.read(school, async (tx) => {
    const ids = rows.map(({ id }) => id);
    const messages = rows.map(({ message }) => message);
    return {
      rows,
      seen: Map.groupBy(await seenOf(tx, ids, null), ({ notice }) => notice),
      files: await filesOf(tx, messages),
      reminders: await remindersOf(tx, ids, viewer.addressId),
    };
  });
}

async function noticesIn(
  { parts, viewer }: RoomVisit<BoardParts>,
  board: OwnBoard,
  { rows, seen, files, reminders }: Hanging,
): Promise<readonly Notice[]> {
  const { roster, posts, children } = board;
  const circle = posts.size === 0 ? null : await circleOf(parts, board);
  const faces = await facesOf(
    parts,
    viewer,
    rows.map(({ author }) => author),
  );
  const { timeZone } = roster.school;
  const clock = { now: parts.clock(), timeZone };
  return rows.map((row) => {
    const remindsAt = reminders.get(row.id);
    const by = new Set(
      (seen.get(row.id) ?? []).flatMap((one) => (one.edition === row.edition ? one.by : [])),
    );
    return {
      ref: { school: roster.school.id, notice: row.id },
      title: row.title,
      text: row.text,
      author: faceOf(faces, row.author, row.authorName),
      isOwn: row.author === viewer.addressId,
      readers: row.readers,
      postedAt: row.postedAt ?? row.madeAt,
      waits: row.idea === 'waits',
      untilDay: lastDayOf(row.untilAt, roster.school),
      day: row.day,
      timeZone: roster.school.timeZone,
      takenDownAt: row.takenDownAt,
      isPinned: row.pinned,
      edition: row.edition,
      isSeen: row.author === viewer.addressId || by.has(viewer.addressId),
      seenByChildren: children.flatMap(({ addressId, givenName }) =>
        by.has(addressId) ? [givenName] : [],
      ),
      files: files.get(row.message) ?? [],
      remindsOn: remindsAt === undefined ? null : dayAt(remindsAt, timeZone),
      reminderDay: reminderDay(row, clock),
      isReminded: row.isReminded,
      seen: circle === null ? null : seenCounts(row.readers, circle, by),
    };
  });
}

/** A notice for who may act on it, and which of the pupils has seen it. */
export async function state(
  parts: BoardParts,
  viewer: Viewer,
  ref: NoticeRef,
): Promise<NoticeState | null> {
  const found = await noticeBefore(parts, viewer, ref);
  if (found === null) return null;
  const { board, row } = found;
  const hanging = await withDetails({ parts, viewer }, ref.school, [row]);
  const [notice] = await noticesIn({ parts, viewer }, board, hanging);
  if (notice === undefined) return null;
  const circle: BoardCircle | null = board.posts.size === 0 ? null : await circleOf(parts, board);
  // Whoever acts for the town knows how many children have seen it, and none of them by name.
  const isForPupils = row.readers.includes('pupils') && ref.school !== TOWN;
  const pupils = circle !== null && isForPupils ? [...circle.pupils] : [];
  const faces = await facesOf(parts, viewer, pupils);
  const seen = new Map(
    (hanging.seen.get(row.id) ?? []).flatMap((one) =>
      one.edition === row.edition ? [[one.by, one.at] as const] : [],
    ),
  );
  return {
    board: board.ref,
    notice,
    pupils: pupils
      .map((id): NoticeReader => {
        const face = faceOf(faces, id, '');
        return { id, name: face.name, face, seenAt: seen.get(id) ?? null };
      })
      .toSorted((one, other) => one.name.localeCompare(other.name, 'fr')),
  };
}

/** The viewer has seen what of these hangs before them; a question and an answer a school. */
export async function see(
  parts: BoardParts,
  viewer: Viewer,
  refs: readonly NoticeRef[],
): Promise<void> {
  if (refs.length === 0) return;
  const boards = Map.groupBy(await boardsOf(parts, viewer), ({ ref }) => ref.school);
  for (const [school, some] of Map.groupBy(refs, (ref) => ref.school)) {
    const wanted = new Set(some.map(({ notice }) => notice));
    const rows = await hangingOn(parts, school, boards.get(school) ?? []);
    const seen = rows.filter(({ id }) => wanted.has(id));
    if (seen.length > 0)
      await parts.store.write(school, (tx) =>
        markSeen(tx, viewer.addressId, { seen, now: parts.clock() }),
      );
  }
}

export async function file(
  { parts, viewer }: RoomVisit<BoardParts>,
  ref: NoticeRef,
  path: string,
): Promise<OfferedFile | null> {
  const row = (await noticeBefore(parts, viewer, ref))?.row ?? (await ownIdea(parts, viewer, ref));
  return row && parts.store.read(ref.school, (tx) => fileAt(tx, row.message, path));
}
