import { viewerOf } from '../../directory/viewer-of.ts';
import { clockAt } from '../../ground/clock.ts';
import type { AccountId, SchoolId } from '../../ground/ids.ts';
import { DAY_MS } from '../../ground/spans.ts';
import type { School } from '../../roster/snapshot.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { endWord, passWord, wantedWord, wantWord } from '../../store/people/daily-words.ts';
import { eveningAfter, isSchoolDay, REMINDED_AT } from '../papers/moments.ts';
import type { DailyWord } from './contract.ts';
import { claimNamed, newsFor, type WordParts } from './news.ts';
import { dailyLetter } from './words.ts';

/** Nobody is told later in an evening: what was missed comes the next one. */
const TOLD_UNTIL = '22:00';
/** Over so long an evening's words are spread. */
const SPREAD_SECONDS = 1_800;
/** A prime, so that accounts in a row don't come together. */
const STEP_SECONDS = 61;
/** What is older is no news, whoever asks for it today. */
const NEWS_DAYS = 7;

export function openDailyWord(parts: WordParts): DailyWord {
  return {
    async wanted({ role, school, account }) {
      if (role !== 'guardian') return null;
      return (await parts.store.read(school, (tx) => wantedWord(tx, account))).isWanted;
    },
    async want(viewer, isWanted) {
      const { role, school, account } = viewer;
      if (role !== 'guardian') return;
      const its = await schoolOf(parts, school);
      const at = isWanted && its !== null ? nextFor(its, account, parts.clock()) : null;
      await parts.store.write(school, (tx) => wantWord(tx, account, at));
    },
  };
}

async function schoolOf({ directory }: WordParts, id: SchoolId): Promise<School | null> {
  return (await directory.rosters([id], { maxAgeMs: 0 })).get(id)?.school ?? null;
}

/** Their own minute of the next evening; without one in sight one looks again in some days. */
function nextFor(school: School, account: AccountId, now: Date): Date {
  const evening = eveningAfter(school, now) ?? new Date(now.getTime() + NEWS_DAYS * DAY_MS);
  return new Date(evening.getTime() + ((account * STEP_SECONDS) % SPREAD_SECONDS) * 1_000);
}

/**
 * The clock's word: somebody who wants one has their word of the day, where there is something new.
 * Idempotent, and gone on with after a crash: of one that comes in between nobody has two words.
 */
export async function dailyWordDue(
  parts: WordParts,
  school: SchoolId,
  account: AccountId,
): Promise<'told' | 'nothing-new' | 'not-now' | 'unwanted'> {
  const { store, directory, clock } = parts;
  const now = clock();
  const roster = (await directory.rosters([school], { maxAgeMs: 0 })).get(school);
  const person = [...(roster?.people.values() ?? [])].find((one) => one.account === account);
  const viewer =
    person && (await viewerOf(directory, { home: school, addressId: person.addressId }, now));
  const { isWanted, lastAt } = await store.read(school, (tx) => wantedWord(tx, account));
  if (roster === undefined || !viewer || viewer.role !== 'guardian' || !isWanted) {
    await store.write(school, (tx) => endWord(tx, account));
    return 'unwanted';
  }
  const next = nextFor(roster.school, account, now);
  if (!isEvening(roster.school, now)) {
    await store.write(school, (tx) => passWord(tx, account, { next, toldAt: null }));
    return 'not-now';
  }
  const oldest = new Date(now.getTime() - NEWS_DAYS * DAY_MS);
  const found = await newsFor(parts, viewer, lastAt !== null && lastAt > oldest ? lastAt : oldest);
  const news = found !== null && (await claimNamed(parts, viewer, found.named)) ? found : null;
  await store.write(school, (tx) => passWord(tx, account, { next, toldAt: news && now }));
  if (news === null) return 'nothing-new';
  await tell(parts, viewer, news);
  return 'told';
}

function isEvening(school: School, now: Date): boolean {
  const { date, time } = clockAt(now, school.timeZone);
  return isSchoolDay(school, date) && time >= REMINDED_AT && time < TOLD_UNTIL;
}

async function tell(
  { notices, publicUrl }: WordParts,
  viewer: Viewer,
  news: Parameters<typeof dailyLetter>[0],
): Promise<void> {
  const { displayName, address, language } = viewer;
  const raw = await notices.write({
    to: { name: displayName, address },
    ...dailyLetter(news, { language, publicUrl }),
  });
  await notices.deliver(viewer, raw);
}
