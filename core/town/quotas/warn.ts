import { clockAt } from '../../ground/clock.ts';
import { TOWN, type Language, type SchoolId } from '../../ground/ids.ts';
import type { ReleaseParts } from '../../mail/delivery/parts.ts';
import type { ServiceWords } from '../../mail/delivery/telling/notice.ts';
import type { Person } from '../../roster/snapshot.ts';
import { allSchools } from '../../store/schools/roster.ts';
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
  for (const school of [TOWN, ...(await parts.store.readTown(allSchools))])
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
  await notices.tell({ ...person, school }, LETTER[person.language][audience](percent), (tx) =>
    noteWarned(tx, row.account, clock()),
  );
}

type Words = (percent: number) => ServiceWords;

const LETTER: Readonly<Record<Language, Readonly<Record<'child' | 'adult', Words>>>> = {
  fr: {
    child: () => ({
      subject: 'Ta boîte est presque pleine',
      text: 'Il reste peu de place dans ta boîte.\n\nJette les messages qui ne servent plus, puis vide la corbeille. Un adulte peut t’aider.\n\nSi elle est toute pleine, les nouveaux messages n’arriveront plus.',
    }),
    adult: (percent) => ({
      subject: 'Votre boîte est presque pleine',
      text: `Votre boîte est pleine à ${percent}\u00a0%.\n\nMettez à la corbeille ce qui ne sert plus, surtout les messages avec de grosses pièces jointes, puis videz-la.\n\nUne fois pleine, elle ne prend plus de message\u00a0: ceux qui vous écrivent sont prévenus que le leur attend, puis, trois jours plus tard, qu’il n’est pas arrivé.`,
    }),
  },
  en: {
    child: () => ({
      subject: 'Your mailbox is nearly full',
      text: 'There is little room left in your mailbox.\n\nThrow away messages that you no longer need, then empty the bin. An adult can help you.\n\nIf it is all full, new messages will not come any more.',
    }),
    adult: (percent) => ({
      subject: 'Your mailbox is nearly full',
      text: `Your mailbox is ${percent} % full.\n\nPut into the bin what you no longer need, above all messages with large attachments, then empty it.\n\nOnce it is full it takes no more messages: whoever writes to you is told that theirs waits, then, three days later, that it has not arrived.`,
    }),
  },
};
