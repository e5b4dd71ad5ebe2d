import { createHmac, hash, randomBytes } from 'node:crypto';
import { viewerOf } from '../../../directory/viewer-of.ts';
import { dayAt } from '../../../ground/clock.ts';
import { icalFile, icalText, icalZone } from '../../../ground/ical.ts';
import { type AddressId, type ClassId, type SchoolId, schoolIdIn } from '../../../ground/ids.ts';
import { keyOf } from '../../../ground/secret.ts';
import { HOUR_MS } from '../../../ground/spans.ts';
import { holidayYearOf, type HolidayYear, type Period } from '../../../roster/holidays.ts';
import type { Person } from '../../../roster/snapshot.ts';
import { FEED_SAYS, type FeedSays } from '../../../roster/week/feed-says.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import { writeAudit } from '../../../store/audit.ts';
import {
  endFeed,
  feedAt,
  insertFeed,
  openFeedOf,
  setFeedSays,
  touchFeed,
  type FeedRow,
} from '../../../store/week/feeds.ts';
import {
  keptWeeks,
  lessonsOfTeacher,
  weekEditions,
  type KeptWeek,
} from '../../../store/week/weeks.ts';
import type { Papers } from '../../papers/contract.ts';
import type { SlipLine } from '../../papers/contract/slips.ts';
import { wallsOf, type OwnWall } from '../../wall/own-walls.ts';
import type { FeedAnswer, WeekFeeds } from '../contract.ts';
import type { WeekParts } from '../parts.ts';
import { holidayEvents, paperEvent, weekEvents, type FedWeek } from './events.ts';
import { FEED_WORDS } from './words.ts';

/** What feeds are made of. */
interface FeedParts extends WeekParts {
  /** The key of keyed hashes. */
  readonly secret: Buffer;
  readonly domain: string;
  readonly papers: Pick<Papers, 'slips'>;
}

/** 128 bits, which nobody guesses. */
const SECRET_BYTES = 16;
/** The school, so that it is known where to look, then the secret; no name of anybody. */
const SPELLED = /^(\d{1,9})\.([A-Za-z0-9_-]{22})$/;
/** That a feed is read is written down once in so long. */
const TOUCH_MS = HOUR_MS;
/** What is in a feed where nobody has said otherwise. */
const USUAL: readonly FeedSays[] = ['bring', 'specials', 'papers'];

/**
 * What is kept of a link. Fast, since nobody guesses 128 bits; keyed, so that a copy of the
 * database alone is worth nothing.
 */
const hashOf = (key: Buffer, school: SchoolId, secret: string): Buffer =>
  createHmac('sha256', keyOf(key)).update(`week-feed\0${school}\0${secret}`).digest();

const saysIn = (words: readonly string[]): readonly FeedSays[] =>
  FEED_SAYS.filter((one) => words.includes(one));

/** The private feeds of adults, one each, over all classes before which they stand. */
export function openWeekFeeds(parts: FeedParts): WeekFeeds {
  const { store, clock, secret } = parts;
  return {
    async own(viewer) {
      if (viewer.role === 'pupil') return null;
      const row = await store.read(viewer.school, (tx) => openFeedOf(tx, viewer.account));
      return row && { says: saysIn(row.says), madeAt: row.madeAt, readAt: row.readAt };
    },
    async renew(viewer, wanted) {
      if (viewer.role === 'pupil' || viewer.role === 'agent') return null;
      const text = randomBytes(SECRET_BYTES).toString('base64url');
      await store.write(viewer.school, async (tx) => {
        const before = await openFeedOf(tx, viewer.account);
        await endFeed(tx, viewer.account, clock());
        await insertFeed(tx, {
          account: viewer.account,
          hash: hashOf(secret, viewer.school, text),
          says: wanted ?? (before === null ? USUAL : saysIn(before.says)),
          now: clock(),
        });
        await writeAudit(tx, viewer.addressId, 'feed-made', {});
      });
      return `${viewer.school}.${text}`;
    },
    say: (viewer, says) =>
      store.write(viewer.school, (tx) => setFeedSays(tx, viewer.account, saysIn(says))),
    end: (viewer) =>
      store.write(viewer.school, async (tx) => {
        const isEnded = await endFeed(tx, viewer.account, clock());
        if (isEnded) await writeAudit(tx, viewer.addressId, 'feed-ended', {});
        return isEnded;
      }),
    read: (name) => read(parts, name),
  };
}

/** What a link leads to: nothing where it never was one, and no more where it has ended. */
async function read(parts: FeedParts, name: string): Promise<FeedAnswer> {
  const { store, directory, clock, secret } = parts;
  const [, schoolText = '', text = ''] = SPELLED.exec(name) ?? [];
  const school = schoolIdIn(schoolText);
  if (text === '' || school === null) return { kind: 'unknown' };
  const row = await store.read(school, (tx) => feedAt(tx, hashOf(secret, school, text)));
  if (row === null) return { kind: 'unknown' };
  const viewer =
    row.endedAt === null
      ? await viewerOf(directory, { home: school, addressId: row.address }, clock())
      : null;
  const fed = viewer === null ? null : await feedFor(parts, viewer, row);
  if (fed === null) return { kind: 'gone' };
  if (clock().getTime() - (row.readAt?.getTime() ?? 0) > TOUCH_MS)
    await store.write(school, (tx) => touchFeed(tx, row.id, clock()));
  return fed;
}

/** Classes of one school that stand in a feed. */
interface FedSchool {
  readonly school: SchoolId;
  readonly timeZone: string;
  readonly holidays: readonly Period[];
  readonly year: HolidayYear;
  /** Its roster's: what follows from it changes with it. */
  readonly version: string;
  readonly classes: readonly {
    readonly classId: ClassId;
    readonly whose: string;
    readonly teacher: AddressId | null;
  }[];
}

async function feedFor(
  parts: FeedParts,
  viewer: Viewer,
  row: Pick<FeedRow, 'id' | 'says'>,
): Promise<Extract<FeedAnswer, { kind: 'feed' }> | null> {
  const says = new Set(saysIn(row.says));
  const walls = await wallsOf(parts, viewer);
  // A guardian whose children have gone, or who is blocked, stands nowhere.
  if (viewer.role === 'guardian' && walls.length === 0) return null;
  const schools = await schoolsOf(parts, viewer, { walls, says });
  const heads = await Promise.all(
    schools.map(({ school, year, classes }) =>
      parts.store.read(school, (tx) =>
        weekEditions(tx, { year: year.name, classes: classes.map(({ classId }) => classId) }),
      ),
    ),
  );
  const waiting = says.has('papers')
    ? (await parts.papers.slips(viewer)).filter(({ waits }) => waits)
    : [];
  const slips = waiting.toSorted((one, other) => one.ref.paper - other.ref.paper);
  const mark = JSON.stringify([
    row.id,
    [...says],
    viewer.language,
    schools,
    slips.map(({ ref, version, until }) => [ref, version, until]),
    heads.map((some) => some.map(({ classId, edition }) => [classId, edition])),
  ]);
  const etag = `"${hash('sha256', mark, 'base64url').slice(0, 27)}"`;
  return { kind: 'feed', etag, body: () => written(parts, viewer, { schools, slips, says }) };
}

/** « A. », unless first names are asked for. */
const called = (givenName: string, says: ReadonlySet<FeedSays>): string =>
  says.has('names') ? givenName : `${givenName.slice(0, 1)}.`;

/** Classes by their school, each named as the feed names it. */
async function schoolsOf(
  parts: FeedParts,
  viewer: Viewer,
  { walls, says }: { readonly walls: readonly OwnWall[]; readonly says: ReadonlySet<FeedSays> },
): Promise<readonly FedSchool[]> {
  const now = parts.clock();
  const named = ({ givenName }: Person): string => called(givenName, says);
  const isFed = ({ stand }: OwnWall): boolean => stand === 'family' || stand === 'teacher';
  const rosters = new Map(walls.map(({ ref, roster }) => [ref.school, roster]));
  // Who gives lessons in others' classes stands before no wall.
  if (viewer.role !== 'guardian' && !rosters.has(viewer.school))
    for (const one of await parts.directory.rosters([viewer.school], { maxAgeMs: 0 }))
      rosters.set(...one);
  const schools: FedSchool[] = [];
  for (const [school, roster] of rosters) {
    const { timeZone, holidays, version, townVersion } = roster.school;
    const year = holidayYearOf(dayAt(now, timeZone));
    const own = walls.filter((wall) => wall.ref.school === school && isFed(wall));
    const classes = own.map(({ ref: { classId }, children, className }) => ({
      classId,
      teacher: null,
      whose: children.length > 0 ? children.map(named).join(', ') : className,
    }));
    const given =
      viewer.role === 'guardian'
        ? []
        : await parts.store.read(school, (tx) => lessonsOfTeacher(tx, year.name, viewer.addressId));
    const elsewhere = given
      .filter((id) => !own.some(({ ref }) => ref.classId === id))
      .flatMap((classId) => {
        const name = roster.classes.get(classId)?.name;
        return name === undefined ? [] : [{ classId, whose: name, teacher: viewer.addressId }];
      });
    schools.push({
      school,
      timeZone,
      holidays,
      year,
      version: `${version}.${townVersion}`,
      classes: [...classes, ...elsewhere],
    });
  }
  return schools;
}

interface FeedContent {
  readonly schools: readonly FedSchool[];
  readonly slips: readonly SlipLine[];
  readonly says: ReadonlySet<FeedSays>;
}

/** The whole calendar (RFC 5545 §3.4, RFC 7986 §5). */
async function written(
  { store, domain }: FeedParts,
  { language }: Viewer,
  { schools, slips, says }: FeedContent,
): Promise<Buffer> {
  const events = slips.flatMap((slip) =>
    paperEvent(slip, called(slip.childName, says), { language, domain }),
  );
  for (const { school, timeZone, holidays, year, classes } of schools) {
    const ids = classes.map(({ classId }) => classId);
    const within = { from: year.first, until: year.last };
    const kept = await store.read(school, (tx) =>
      keptWeeks(tx, { year: year.name, classes: ids, readers: [] }, within),
    );
    const wish = { says, language, domain, year };
    if (says.has('specials')) events.push(...holidayEvents(school, holidays, wish));
    for (const { classId, whose, teacher } of classes) {
      const week: KeptWeek | undefined = kept.get(classId);
      if (week === undefined) continue;
      const fed: FedWeek = { classId, whose, kept: week, holidays, timeZone, teacher };
      events.push(...weekEvents(fed, wish));
    }
  }
  const zones = [...new Map(schools.map((one) => [one.timeZone, one.year]))];
  const { name } = FEED_WORDS[language];
  return icalFile([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Preau//Week//FR',
    `NAME:${icalText(name)}`,
    `X-WR-CALNAME:${icalText(name)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT4H',
    'X-PUBLISHED-TTL:PT4H',
    ...zones.flatMap(([zone, { first, last }]) => icalZone(zone, { from: first, until: last })),
    ...events,
    'END:VCALENDAR',
  ]);
}
