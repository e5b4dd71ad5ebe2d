import { dayAt, momentOf } from '../../ground/clock.ts';
import { DAY_MS } from '../../ground/spans.ts';
import { dayAfter, dayTrouble, isDay, type Day } from '../../roster/days.ts';
import type { BoardReaders } from '../../store/boards/contract.ts';
import type { NoticeFault, NoticeWish } from './contract.ts';

/** How long a notice hangs where nobody says otherwise. */
const USUAL_DAYS = 14;
/** A school year. */
const MOST_DAYS = 366;
/** What has been taken off can be looked at again so long. */
const KEPT_DAYS = 366;
const LONGEST_TITLE = 120;
/** What a pupil proposes waits so long for a word, and is gone so long after it was refused. */
const IDEA_DAYS = 30;

interface Clock {
  readonly now: Date;
  readonly timeZone: string;
}

/** Until when a notice hangs, and when it is erased. */
interface Hours {
  readonly untilAt: Date;
  readonly goneAt: Date;
}

/** The last day on which a notice hangs where nobody says otherwise. */
export const usualDay = ({ now, timeZone }: Clock): Day =>
  dayAfter(dayAt(now, timeZone), USUAL_DAYS);

/** The last day of what hangs until a moment. */
export const lastDayOf = (untilAt: Date, { timeZone }: Pick<Clock, 'timeZone'>): Day =>
  dayAt(new Date(untilAt.getTime() - 1), timeZone);

/** What is wrong with the last day of a notice, by the school's clock; null: nothing. */
export const untilTrouble = (day: string, { now, timeZone }: Clock) =>
  dayTrouble(day, { today: dayAt(now, timeZone), ahead: MOST_DAYS });

/** A notice hangs to the end of its last day, by the school's clock. */
export const hoursOf = (day: Day, { timeZone }: Pick<Clock, 'timeZone'>): Hours => ({
  untilAt: momentOf(dayAfter(day, 1), '00:00', timeZone),
  goneAt: momentOf(dayAfter(day, 1 + KEPT_DAYS), '00:00', timeZone),
});

/** What a pupil proposed goes as it is when nobody says a word. */
export function ideaHours(now: Date): Hours {
  const goneAt = new Date(now.getTime() + IDEA_DAYS * DAY_MS);
  return { untilAt: goneAt, goneAt };
}

/** All that is wrong with a notice. */
export function faultsOf(
  { title, text, readers, untilDay, day }: NoticeWish,
  {
    may,
    files,
    ...clock
  }: Clock & { readonly may: ReadonlySet<BoardReaders>; readonly files: number },
): readonly NoticeFault[] {
  const trouble = untilTrouble(untilDay, clock);
  const isForSome = readers.length > 0 && readers.every((one) => may.has(one));
  return [
    ...(title.trim() === '' ? (['no-title'] as const) : []),
    ...(title.trim().length > LONGEST_TITLE ? (['title-too-long'] as const) : []),
    ...(text.trim() === '' && files === 0 ? (['no-words'] as const) : []),
    ...(isForSome ? [] : (['no-readers'] as const)),
    ...(day === '' || (isDay(day) && day <= untilDay) ? [] : (['about-no-day'] as const)),
    ...(trouble === null ? [] : [trouble]),
  ];
}
