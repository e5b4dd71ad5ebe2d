import { boardsOf } from '../../directory/own-boards.ts';
import { peopleOf, type PersonAtSchool } from '../../directory/people-of.ts';
import { dayAt, momentOf } from '../../ground/clock.ts';
import { TOWN, type NoticeId, type SchoolId } from '../../ground/ids.ts';
import { DAY_MS } from '../../ground/spans.ts';
import { SERVICE_LETTERS } from '../../mail/delivery/telling/service-letters.ts';
import { dayAfter, dayTrouble, type Day } from '../../roster/days.ts';
import type { RoomVisit, Viewer } from '../../rules/viewer.ts';
import { noticesOf, type NoticeRow } from '../../store/boards/notices.ts';
import { claimReminding, setReminder, takeReminders } from '../../store/boards/reminders.ts';
import { seenOf } from '../../store/boards/seen.ts';
import { circleOf, unseenBy } from './circle.ts';
import type { NoticeRef, RemindedMe, RemindedOthers } from './contract.ts';
import { lastDayOf } from './hanging.ts';
import { noticeBefore, ownNotice } from './own-boards.ts';
import type { BoardParts } from './parts.ts';

/** When families read, in the evening after school, and everybody else in the morning. */
const HOURS = { guardian: '18:00', others: '08:00' } as const;

/** The day before the last one, or the last where that is over; null: no day is left. */
export function reminderDay(row: Pick<NoticeRow, 'untilAt'>, clock: Clock): Day | null {
  const last = lastDayOf(row.untilAt, clock);
  const tomorrow = dayAfter(dayAt(clock.now, clock.timeZone), 1);
  if (last < tomorrow) return null;
  const before = dayAfter(last, -1);
  return before < tomorrow ? tomorrow : before;
}

interface Clock {
  readonly now: Date;
  readonly timeZone: string;
}

/** A reader is told of a notice once more, on a day while it hangs; null: no longer. */
export async function remindMe(
  { parts, viewer }: RoomVisit<BoardParts>,
  ref: NoticeRef,
  day: string | null,
): Promise<RemindedMe> {
  const found = await noticeBefore(parts, viewer, ref);
  if (found === null || found.row.takenDownAt !== null || found.row.postedAt === null)
    return { kind: 'missing' };
  const { row, board } = found;
  const { timeZone } = board.roster.school;
  const tomorrow = dayAfter(dayAt(parts.clock(), timeZone), 1);
  const last = lastDayOf(row.untilAt, { timeZone });
  const ahead = (Date.parse(last) - Date.parse(tomorrow)) / DAY_MS;
  const fault = day === null ? null : dayTrouble(day, { today: tomorrow, ahead });
  if (fault !== null) return { kind: 'faulty', fault };
  const hour = viewer.role === 'guardian' ? HOURS.guardian : HOURS.others;
  const at = day === null ? null : momentOf(day, hour, timeZone);
  await parts.store.write(ref.school, (tx) =>
    setReminder(tx, ref.notice, { by: viewer.addressId, at }),
  );
  return { kind: 'done', board: board.ref };
}

/** Tells those who asked for it, once each, where the notice still hangs and is theirs to read. */
export async function tellReminded(
  parts: Pick<BoardParts, 'store' | 'directory' | 'clock' | 'notices' | 'publicUrl'>,
  school: SchoolId,
  notice: NoticeId,
): Promise<void> {
  // First the note: of a crash between the two somebody has no word, and none has two.
  const { row, who } = await parts.store.write(school, async (tx) => ({
    who: await takeReminders(tx, notice, parts.clock()),
    row: (await noticesOf(tx, { of: 'notice', notice }, 1))[0],
  }));
  if (row === undefined || row.takenDownAt !== null || who.length === 0) return;
  const readers: PersonAtSchool[] = [];
  for (const one of (await peopleOf(parts.directory, who)).values())
    if (await reads(parts, one, { school, row })) readers.push(one);
  await tell(parts, readers, { school, row, by: null });
}

/** Whether a notice is theirs to read today. */
async function reads(
  parts: Pick<BoardParts, 'directory' | 'clock'>,
  { person, home }: PersonAtSchool,
  { school, row }: { readonly school: SchoolId; readonly row: NoticeRow },
): Promise<boolean> {
  const boards = await boardsOf(parts, { school: home, addressId: person.addressId });
  const board = boards.find(({ ref }) => ref.school === school && ref.classId === row.classId);
  return board !== undefined && row.readers.some((one) => board.reads.has(one));
}

/**
 * Whoever may act on a notice reminds those who haven't seen its words: children, colleagues, and
 * the guardians of a family of whom nobody has. Once for the same words, and for no whole town.
 */
export async function remindUnseen(
  parts: BoardParts,
  viewer: Viewer,
  ref: NoticeRef,
): Promise<RemindedOthers> {
  const found = ref.school === TOWN ? null : await ownNotice(parts, viewer, ref);
  if (found === null || found.row.takenDownAt !== null) return { kind: 'missing' };
  const { row, board } = found;
  const rows = await parts.store.read(ref.school, (tx) => seenOf(tx, [row.id], null));
  const seen = new Set(rows.flatMap(({ by, edition }) => (edition === row.edition ? [by] : [])));
  const unseen = unseenBy(row.readers, await circleOf(parts, board), seen).filter(
    (id) => id !== row.author,
  );
  if (unseen.length === 0) return { kind: 'nobody' };
  if (!(await parts.store.write(ref.school, (tx) => claimReminding(tx, row))))
    return { kind: 'already' };
  const people = [...(await peopleOf(parts.directory, unseen)).values()];
  await tell(parts, people, { school: ref.school, row, by: viewer.displayName });
  return { kind: 'done' };
}

interface Telling {
  readonly school: SchoolId;
  readonly row: NoticeRow;
  /** Who reminds; null: they have asked for it themselves. */
  readonly by: string | null;
}

/** One letter of the service for all who speak one language and live in one school. */
async function tell(
  { notices, publicUrl }: Pick<BoardParts, 'notices' | 'publicUrl'>,
  people: readonly PersonAtSchool[],
  { row, school, by }: Telling,
): Promise<void> {
  const active = people.filter(({ person }) => person.state === 'active');
  const groups = Map.groupBy(active, ({ home, person }) =>
    [home, person.language, person.role === 'pupil'].join(' '),
  );
  const page = `${publicUrl}/boards/${school}${row.classId === null ? '' : `/${row.classId}`}`;
  for (const group of groups.values()) {
    const [first] = group;
    if (first === undefined) continue;
    const { person, home } = first;
    const words =
      SERVICE_LETTERS[person.language].onTheBoard[person.role === 'pupil' ? 'child' : 'adult'];
    const raw = await notices.write({
      to: null,
      subject: words.subject(row.title),
      text: `${by === null ? words.own(row.title) : words.by(row.title, by)}\n\n${page}`,
    });
    await notices.deliverToAll(
      home,
      group.map((one) => one.person.account),
      raw,
    );
  }
}
