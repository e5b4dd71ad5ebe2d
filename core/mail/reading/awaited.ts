import { dayAt, momentOf } from '../../ground/clock.ts';
import type { SchoolId } from '../../ground/ids.ts';
import { dayAfter, dayTrouble } from '../../roster/days.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { dropDueRow } from '../../store/due.ts';
import {
  awaitAnswer,
  awaitedBy,
  awaitNoMore,
  comeBackUnanswered,
  isAnswered,
  messageSent,
} from '../../store/mail/awaited-answers.ts';
import type { SchoolTx } from '../../store/store.ts';
import type { ReadingParts } from './rows.ts';

/** Nobody waits for an answer for longer. */
const DAYS_AHEAD = 366;
/** At this hour of the day a letter without an answer comes back. */
const HOUR = '08:00';

/** What is wrong with a day until which somebody wants an answer; null: it is one to come. */
export function awaitTrouble(
  day: string,
  { timeZone }: Pick<Viewer, 'timeZone'>,
  now: Date,
): 'not-a-day' | 'past' | 'too-far' | null {
  const first = dayAfter(dayAt(now, timeZone), 1);
  const trouble = dayTrouble(day, { today: first, ahead: DAYS_AHEAD - 1 });
  return trouble === 'past-day' ? 'past' : trouble;
}

/** When a letter that nobody has answered by a day comes back. */
export const comesBackOn = (day: string, { timeZone }: Pick<Viewer, 'timeZone'>): Date =>
  momentOf(day, HOUR, timeZone);

interface AwaitedLetter {
  readonly messageId: string;
  readonly day: string;
  readonly now: Date;
}

/** Waits for an answer to a letter that has just left: as its writer wished beside it. */
export async function awaitLeft(
  tx: SchoolTx,
  viewer: Viewer,
  { messageId, day, now }: AwaitedLetter,
): Promise<void> {
  const message = await messageSent(tx, viewer.account, messageId);
  const isFit = viewer.role !== 'pupil' && awaitTrouble(day, viewer, now) === null;
  if (message !== null && isFit)
    await awaitAnswer(tx, { account: viewer.account, message }, comesBackOn(day, viewer));
}

/**
 * The day has come: a letter that nobody has answered comes back to its writer, who decides
 * whether to write again; nothing leaves by itself. All in one transaction with the row that says
 * so, hence once.
 */
export async function answerDue(
  { store, mailEvents, clock }: Omit<ReadingParts, 'directory'>,
  school: SchoolId,
  row: number,
): Promise<void> {
  const told = await store.write(school, async (tx) => {
    const awaited = await awaitedBy(tx, row);
    if (awaited !== null && awaited.until > clock()) return null;
    const isBack =
      awaited !== null &&
      !(await isAnswered(tx, awaited)) &&
      (await comeBackUnanswered(tx, awaited));
    if (awaited !== null) await awaitNoMore(tx, awaited, clock());
    else await dropDueRow(tx, { kind: 'answer', row, upTo: clock() });
    return isBack ? awaited.account : null;
  });
  if (told !== null) mailEvents.announce(school, [told]);
}
