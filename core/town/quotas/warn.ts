import { clockAt } from '../../ground/clock.ts';
import { TOWN, type SchoolId } from '../../ground/ids.ts';
import type { ReleaseParts } from '../../mail/delivery/parts.ts';
import { SERVICE_LETTERS } from '../../mail/delivery/telling/service-letters.ts';
import type { Person } from '../../roster/snapshot.ts';
import { allSchools, rosterVersions } from '../../store/schools/roster.ts';
import { takeDay } from '../../store/service-state.ts';
import {
  forgetWarned,
  nearlyFull,
  noteWarned,
  type NearlyFullRow,
} from '../../store/town/quotas.ts';

/** People of one school who are told in a day at most. */
const MOST_A_DAY = 500;
/** Whose mail takes no more than this part of its quota may be told another time. */
const ROOM_AGAIN = 0.7;

type WarnParts = Pick<ReleaseParts, 'store' | 'directory' | 'notices' | 'clock' | 'log'>;

/**
 * Tells everybody whose mail is nearly at its quota, once until they have made room; each school
 * once a day. To be called now and then by any number of processes.
 */
export async function warnNearlyFull(parts: WarnParts): Promise<void> {
  const { store } = parts;
  const isThere = (await store.readTown((tx) => rosterVersions(tx, [TOWN]))).size > 0;
  // Nobody has made the town yet, nor anything in it.
  if (!isThere) return;
  for (const school of [TOWN, ...(await store.readTown(allSchools))])
    await warnSchool(parts, school);
}

async function warnSchool(parts: WarnParts, school: SchoolId): Promise<void> {
  const { store, directory, clock } = parts;
  const roster = (await directory.rosters([school], { maxAgeMs: 1_000 })).get(school);
  if (roster === undefined) return;
  const now = clock();
  const day = clockAt(now, roster.school.timeZone).date;
  if (!(await store.town((tx) => takeDay(tx, { role: `room ${school}`, day, at: now })))) return;
  await store.write(school, (tx) => forgetWarned(tx, ROOM_AGAIN));
  const rows = await store.read(school, (tx) => nearlyFull(tx, MOST_A_DAY));
  for (const row of rows.filter(({ isWarned }) => !isWarned)) {
    const person = roster.people.get(row.addressId);
    if (person !== undefined) await warn(parts, school, { person, row });
  }
}

async function warn(
  { notices, clock }: WarnParts,
  school: SchoolId,
  { person, row }: { readonly person: Person; readonly row: NearlyFullRow },
): Promise<void> {
  const audience = person.role === 'pupil' ? 'child' : 'adult';
  const percent = Math.floor((row.usedBytes / row.quotaBytes) * 100);
  await notices.tell(
    { ...person, school },
    SERVICE_LETTERS[person.language].nearlyFull[audience](percent),
    (tx) => noteWarned(tx, row.account, clock()),
  );
}
