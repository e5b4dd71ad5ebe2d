import { byHome, peopleOf, type PersonAtSchool } from '../../directory/people-of.ts';
import { clockAt } from '../../ground/clock.ts';
import type { AccountId, AddressId, MessageId, SchoolId } from '../../ground/ids.ts';
import type { Night } from '../../ground/night-job.ts';
import { DAY_MS } from '../../ground/spans.ts';
import { isHoliday } from '../../roster/holidays.ts';
import type { Roster } from '../../roster/snapshot.ts';
import { endOldRefused, takeUntold, type RefusedLetter } from '../../store/mail/refused-letters.ts';
import { waitingForAWord, waitingTooLong } from '../../store/mail/waiting-holds.ts';
import { allSchools } from '../../store/schools/roster.ts';
import { takeDay } from '../../store/service-state.ts';
import type { SchoolTx, TownTx } from '../../store/store.ts';
import { giveBack } from '../delivery/holding/give-back.ts';
import { deciders } from '../delivery/judging/asking.ts';
import type { ReleaseParts } from '../delivery/parts.ts';
import { digestWords } from './digest-words.ts';

/** How long a note of what was refused is kept, and what waits for an adult's word. */
const KEPT_DAYS = 30;
/** Of the school's clock: after class. */
const TOLD_AT = '16:30';
/** Days of a school that has set no hours: Monday to Friday. */
const WEEK: readonly number[] = [1, 2, 3, 4, 5];
/** Held recipients of one school that are looked at. */
const MAX_WAITING = 2_000;

/**
 * Tells each adult, once a day of their school, what was refused for them and how much waits for
 * their word.
 */
export async function tellDaily(parts: ReleaseParts): Promise<void> {
  const now = parts.clock();
  for (const school of await parts.store.readTown(allSchools)) await tell(parts, school, now);
}

/** Forgets what was refused, and gives back to its writer what has waited, for 30 days. */
export async function tidyOld(parts: ReleaseParts, night: Pick<Night, 'breathe'>): Promise<void> {
  const before = new Date(parts.clock().getTime() - KEPT_DAYS * DAY_MS);
  for (const school of await parts.store.readTown(allSchools)) {
    await night.breathe();
    await parts.store.write(school, (tx) => endOldRefused(tx, before));
    await giveBackOld(parts, school, before);
  }
}

async function giveBackOld(parts: ReleaseParts, school: SchoolId, before: Date): Promise<void> {
  const old = await parts.store.read(school, (tx) => waitingTooLong(tx, before));
  for (const [message, rows] of Map.groupBy(old, (row) => row.message))
    await giveBack(parts, { school, message, holds: rows.map(({ id }) => id), wish: null });
}

/** Once a day: whichever process takes the day tells. */
async function tell(parts: ReleaseParts, school: SchoolId, now: Date): Promise<void> {
  const roster = (await parts.directory.rosters([school], { maxAgeMs: 1_000 })).get(school);
  if (roster === undefined || !isTimeToTell(roster, now)) return;
  const day = clockAt(now, roster.school.timeZone).date;
  const waiting = await parts.store.read(school, (tx) => waitingBy(tx, roster, now));
  const deciding = await peopleOf(parts.directory, waiting.keys());
  const told = await parts.store.town(async (tx) => {
    if (!(await takeDay(tx, { role: `digest ${school}`, day, at: now }))) return [];
    const refused = Map.groupBy(await takeUntold(await tx.in(school)), (one) => one.account);
    const readers = readersOf(roster, { waiting, refused, deciding });
    for (const reader of readers) await place(parts, tx, reader);
    return readers;
  });
  for (const [home, accounts] of byHome(told)) parts.mailEvents.announce(home, accounts);
}

/** Somebody who is told, and of what. */
interface Reader extends PersonAtSchool {
  readonly refused: readonly RefusedLetter[];
  /** Letters that wait for their word. */
  readonly waiting: number;
}

interface ToTell {
  /** The letters that wait for somebody's word, by who that is. */
  readonly waiting: ReadonlyMap<AddressId, ReadonlySet<MessageId>>;
  readonly refused: ReadonlyMap<AccountId, readonly RefusedLetter[]>;
  /** Those whose word is waited for: some have their mail in another school. */
  readonly deciding: ReadonlyMap<AddressId, PersonAtSchool>;
}

/** The adults among them who may still come in. */
function readersOf(roster: Roster, { waiting, refused, deciding }: ToTell): Reader[] {
  const own = [...roster.people.values()]
    .filter(({ account }) => refused.has(account))
    .map((person) => [person.addressId, { person, home: roster.school.id }] as const);
  return [...new Map([...own, ...deciding]).values()]
    .filter(({ person }) => person.state === 'active' && person.role !== 'pupil')
    .map(({ person, home }) => ({
      person,
      home,
      refused: refused.get(person.account) ?? NOTHING_REFUSED,
      waiting: waiting.get(person.addressId)?.size ?? 0,
    }));
}

async function place(parts: ReleaseParts, tx: TownTx, reader: Reader): Promise<void> {
  const { person, home, refused, waiting } = reader;
  const words = digestWords(person.language, { refused, waiting });
  const raw = await parts.notices.writeTo(person, words);
  await parts.notices.place(tx, { school: home, account: person.account }, raw);
}

const NOTHING_REFUSED: readonly RefusedLetter[] = [];

/** The letters that wait in a school, by whose word it is that they wait for by now. */
async function waitingBy(
  tx: SchoolTx,
  roster: Roster,
  now: Date,
): Promise<Map<AddressId, Set<MessageId>>> {
  const letters = new Map<AddressId, Set<MessageId>>();
  for (const hold of await waitingForAWord(tx, MAX_WAITING))
    for (const id of deciders(roster, hold, { writer: hold.writer, now }))
      letters.set(id, (letters.get(id) ?? new Set()).add(hold.message));
  return letters;
}

/** On a day of the school, once class is over; not in the holidays. */
function isTimeToTell({ school }: Roster, now: Date): boolean {
  const { opening, timeZone, holidays } = school;
  const { weekday, time, date } = clockAt(now, timeZone);
  const days = opening && opening.days.length > 0 ? opening.days : WEEK;
  return days.includes(weekday) && time >= TOLD_AT && !isHoliday(holidays, date);
}
