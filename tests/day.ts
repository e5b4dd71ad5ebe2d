import { chmodSync, globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keysOf } from '../core/ground/keys.ts';
import { AskedWrong } from './asked.ts';

/**
 * Days on which a school's mail goes by the calendar, and tests once did: the end of a year, a leap
 * day, the nights when summer time begins and ends, the first day of school, days without any. UTC.
 */
const DAYS = {
  'new-year': '2026-12-31T23:30:00Z',
  'summer-time-begins': '2027-03-28T00:30:00Z',
  'summer-time-ends': '2027-10-31T00:30:00Z',
  'leap-day': '2028-02-29T11:00:00Z',
  'school-begins': '2027-09-01T06:30:00Z',
  saturday: '2027-02-06T05:00:00Z',
  holidays: '2027-07-20T12:00:00Z',
  friday: '2027-06-18T21:45:00Z',
  monday: '2026-12-07T10:00:00Z',
} as const;

const DAY = '--day=';

type Day = keyof typeof DAYS;

/** libfaketime, as Debian's package `faketime` installs it. */
const LIBRARY = '/usr/lib/*/faketime/libfaketimeMT.so.1';

const isDay = (name: string): name is Day => Object.hasOwn(DAYS, name);

/**
 * Which day `--day=NAME` asks for: `any` is one of them by chance, none is today. Throws a sentence
 * for a name that isn't there, and for whatever else is said.
 */
export function dayAsked(args: readonly string[]): Day | null {
  const names = keysOf(DAYS);
  const days = `${names.join(', ')}, any`;
  const other = args.find((arg, at) => at > 0 || !arg.startsWith(DAY));
  if (other !== undefined)
    throw new AskedWrong(`${other}: only ${DAY}NAME can be said here, of one of ${days}`);
  const asked = args[0]?.slice(DAY.length);
  if (asked === undefined) return null;
  const name = asked === 'any' ? names[Math.floor(Math.random() * names.length)] : asked;
  if (name !== undefined && isDay(name)) return name;
  throw new AskedWrong(`${DAY}${asked}: no such day; there are ${days}`);
}

/** Whether the library is there that makes another day of today. */
export const canChooseDay = (): boolean => globSync(LIBRARY).length > 0;

/**
 * The variables with which a program, and what it starts, lives on this day: all of them by the
 * same distance from the machine's clock, so that they agree. What only measures (the monotonic
 * clock) is left alone.
 */
export function variablesOf(day: Day): Readonly<Record<string, string>> {
  const offsetSeconds = Math.round((Date.parse(DAYS[day]) - Date.now()) / 1_000);
  return {
    LD_PRELOAD: globSync(LIBRARY)[0] ?? '',
    FAKETIME: `${offsetSeconds >= 0 ? '+' : ''}${offsetSeconds}s`,
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  };
}

/** « Thursday 2026-12-31, 23:30 UTC ». */
export function dayInWords(day: Day): string {
  const at = new Date(DAYS[day]);
  const weekday = at.toLocaleDateString('en-GB', { weekday: 'long', timeZone: 'UTC' });
  return `${weekday} ${DAYS[day].slice(0, 10)}, ${DAYS[day].slice(11, 16)} UTC`;
}

/** A clock of programs that is turned on while they run. */
interface TurnedClock {
  /** With which a program, and what it starts, goes by it. */
  readonly variables: Readonly<Record<string, string>>;
  /** From here on it is this moment, within seconds; never one that has been. */
  turnTo(at: Date): void;
  close(): void;
}

/** libfaketime looks every few seconds into a file, which says how far from the machine's it is. */
export function openTurnedClock(): TurnedClock {
  const folder = mkdtempSync(join(tmpdir(), 'preau-clock-'));
  // PostgreSQL and clamd read it too, as another user
  chmodSync(folder, 0o755);
  const file = join(folder, 'distance');
  return {
    variables: {
      LD_PRELOAD: globSync(LIBRARY)[0] ?? '',
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_CACHE_DURATION: '2',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    },
    turnTo(at) {
      const offsetSeconds = Math.round((at.getTime() - Date.now()) / 1_000);
      writeFileSync(file, `${offsetSeconds >= 0 ? '+' : ''}${offsetSeconds}s\n`, { mode: 0o644 });
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
