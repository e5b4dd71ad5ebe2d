import { clockAt, dayAt, momentOf } from '../../ground/clock.ts';
import type { MailboxId, SchoolId, Uid } from '../../ground/ids.ts';
import { DAY_MS } from '../../ground/spans.ts';
import { dayAfter, weekdayOf } from '../../roster/days.ts';
import { backToSchool, dayOfSchoolFrom } from '../../roster/hours.ts';
import type { RoomVisit, Viewer } from '../../rules/viewer.ts';
import { moveSet } from '../../store/mail/carrying.ts';
import type { ActChange } from '../../store/mail/contract.ts';
import { setOf } from '../../store/mail/entries.ts';
import {
  bringBack,
  countPutOff,
  folderOf,
  mailboxForLater,
  returnsOf,
  setReturns,
  type Folder,
  type CameBack,
} from '../../store/mail/put-off.ts';
import { Rollback, type SchoolTx } from '../../store/store.ts';
import type { LaterTimes } from './contract.ts';
import type { ReadingParts } from './rows.ts';

/** Letters that one account may have waiting for their hour; more stay where they are. */
export const MAX_PUT_OFF = 1_000;
/** Nothing is put off for longer: who comes back after a school year looks into the archive. */
const LONGEST_MS = 366 * DAY_MS;
/** When a day of work begins, for what comes back on another day, and an evening. */
const MORNING = '08:00';
const EVENING = '18:00';
/** Until then an evening of the same day is offered. */
const LAST_FOR_EVENING = '17:00';

/** Thrown within a transaction: more would wait than may. */
export class TooManyPutOff extends Rollback {}

/** Whether an hour is one that a letter may come back at. */
export function laterTrouble(until: Date, now: Date): 'past' | 'too-far' | null {
  const waits = until.getTime() - now.getTime();
  if (waits <= 0) return 'past';
  return waits > LONGEST_MS ? 'too-far' : null;
}

/** Tomorrow at eight on this clock: what a program that names no hour is given. */
export const tomorrowMorning = ({ timeZone }: Pick<Viewer, 'timeZone'>, now: Date): Date =>
  momentOf(dayAfter(dayAt(now, timeZone), 1), MORNING, timeZone);

/**
 * The hours that are offered at one press, on the reader's own clock and by the days of school of
 * their own school. Where next Monday is a holiday, the week begins with its first day of school.
 */
export async function laterTimes(
  { directory, clock }: ReadingParts,
  { school: home, timeZone }: Viewer,
): Promise<LaterTimes> {
  const now = clock();
  const { date: today, time } = clockAt(now, timeZone);
  // Who comes with a session has had their roster looked at a moment ago: nothing is asked anew.
  const rosters = await directory.rosters([home], { maxAgeMs: 60_000 });
  const school = rosters.get(home)?.school ?? null;
  const monday = dayAfter(today, 8 - weekdayOf(today));
  const back = school && backToSchool(school, today);
  const at = (day: string, hour: string): Date => momentOf(day, hour, timeZone);
  const week = school === null ? monday : dayOfSchoolFrom(school, monday);
  return {
    tonight: time < LAST_FOR_EVENING ? at(today, EVENING) : null,
    tomorrow: at(dayAfter(today, 1), MORNING),
    week: week === dayAfter(today, 1) ? null : at(week, MORNING),
    back: back === null || back <= week ? null : at(back, MORNING),
  };
}

/** A letter or more of one mailbox of the viewer's own. */
interface PutOff {
  readonly viewer: Pick<Viewer, 'account'>;
  readonly mailbox: MailboxId;
  readonly uids: readonly Uid[];
  readonly until: Date;
}

/**
 * Moves letters to where they wait for their hour; those that wait already are given another.
 * Throws `TooManyPutOff`.
 */
export async function putOffIn(
  tx: SchoolTx,
  { viewer: { account }, mailbox: from, uids, until }: PutOff,
): Promise<ActChange[]> {
  const later = await mailboxForLater(tx, account);
  const isThere = from === later;
  const waiting = await countPutOff(tx, account);
  if (!isThere && waiting + uids.length > MAX_PUT_OFF) throw new TooManyPutOff('too many');
  const folder = { account, mailbox: later };
  if (isThere) {
    const before = await returnsOf(tx, folder, uids);
    await setReturns(
      tx,
      folder,
      uids.map((uid) => ({ uid, at: until, backTo: null })),
    );
    return [
      {
        kind: 'put-off-anew',
        mailbox: later,
        until: until.toISOString(),
        hours: before.map(asWritten),
      },
    ];
  }
  const { to: moved } = await moveSet(tx, { from, uids: setOf(uids), to: later });
  if (moved.length === 0) return [];
  await setReturns(
    tx,
    folder,
    moved.map((uid) => ({ uid, at: until, backTo: from })),
  );
  return [{ kind: 'moved', from, to: later, uids: moved, until: until.toISOString() }];
}

/** When letters of one of the viewer's own mailboxes come back. */
export async function returns(
  { parts: { store }, viewer: { school, account } }: RoomVisit<Pick<ReadingParts, 'store'>>,
  mailbox: MailboxId,
  uids: readonly Uid[],
): Promise<ReadonlyMap<Uid, Date>> {
  const found = await store.read(school, (tx) => returnsOf(tx, { account, mailbox }, uids));
  return new Map(found.map(({ uid, at }) => [uid, at]));
}

/** Brings letters back before their hour: as it will be then. */
export async function bringBackNow(
  tx: SchoolTx,
  { viewer: { account }, mailbox, uids }: Omit<PutOff, 'until'>,
): Promise<ActChange[]> {
  const came = await bringBack(tx, { account, mailbox }, { uids });
  return came
    .filter(({ uids: moved }) => moved.length > 0)
    .map(({ to, uids: moved, hours }) => ({
      kind: 'moved',
      from: mailbox,
      to,
      uids: moved,
      hours: hours.map(asWritten),
    }));
}

/** When letters that leave the folder were to come back, by the UIDs that they have elsewhere. */
export async function hoursElsewhere(
  tx: SchoolTx,
  { viewer: { account }, mailbox, uids }: Omit<PutOff, 'until'>,
): Promise<
  (carried: { readonly from: readonly Uid[]; readonly to: readonly Uid[] }) => WrittenHours
> {
  const hours = new Map(
    (await returnsOf(tx, { account, mailbox }, uids)).map((one) => [one.uid, one]),
  );
  return ({ from, to }) =>
    from.flatMap((old, at) => {
      const [one, uid] = [hours.get(old), to[at]];
      return one === undefined || uid === undefined ? [] : [asWritten({ ...one, uid })];
    });
}

/** Hours as an act keeps them. */
type WrittenHours = Extract<ActChange, { kind: 'put-off-anew' }>['hours'];

const asWritten = ({ uid, at, backTo }: CameBack['hours'][number]): WrittenHours[number] => ({
  uid,
  at: at.toISOString(),
  backTo,
});

/** Gives letters of the folder the hours again that an act took from them. */
export function giveHoursAgain(tx: SchoolTx, folder: Folder, hours: WrittenHours): Promise<void> {
  return setReturns(
    tx,
    folder,
    hours.map((one) => ({ ...one, at: new Date(one.at) })),
  );
}

/**
 * A letter's hour has come: it goes back, with all of its folder whose hour has come too. Twice, or
 * after its reader has taken it elsewhere, nothing is left to do. Whoever is away, suspended or
 * gone by then finds it in their inbox, or its mailbox is erased and so is this.
 */
export async function returnDue(
  { store, mailEvents, clock }: Omit<ReadingParts, 'directory'>,
  school: SchoolId,
  row: number,
): Promise<void> {
  const whose = await store.write(school, async (tx) => {
    const folder = await folderOf(tx, row);
    if (folder === null) return null;
    const came = await bringBack(tx, folder, { dueAt: clock() });
    return came.length === 0 ? null : folder.account;
  });
  if (whose !== null) mailEvents.announce(school, [whose]);
}
