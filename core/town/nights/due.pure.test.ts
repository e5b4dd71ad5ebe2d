import { describe, expect, it } from 'vitest';
import type { NightJob } from '../../ground/night-job.ts';
import { mayBegin, nextAfter, type Calendar } from './due.ts';

type Every = NightJob['every'];

/** One school keeps its own hours, Saturday morning too; the other has set none. */
const CALENDAR: Calendar = {
  timeZone: 'Europe/Paris',
  holidays: [{ from: '2026-12-19', until: '2027-01-03' }],
  schools: [
    { opening: { days: [1, 2, 4, 5, 6], from: '08:00', to: '19:30' }, timeZone: 'Europe/Paris' },
    { opening: null, timeZone: 'Europe/Paris' },
  ],
};
const AFAR: Calendar = { timeZone: 'Indian/Reunion', holidays: [], schools: [] };

/** Whether what is urgent at first, as backups are, may be begun. */
function isDue(
  every: Every,
  { lastAt: doneAt, now, calendar }: { lastAt: Date | null; now: Date; calendar: Calendar },
): boolean {
  const standing = { knownAt: now, doneAt, nextAt: null };
  return mayBegin({ every, isUrgent: true }, standing, { now, calendar }) !== 'not-now';
}

interface Case {
  readonly when: string;
  readonly every?: Every;
  readonly lastAt: string | null;
  readonly now: string;
  readonly calendar?: Calendar;
  readonly due: boolean;
}

// 2026-11-23 is a Monday.
const MONDAY_NIGHT = '2026-11-23T20:40+01:00';

describe('what is done every night', () => {
  it.each<Case>([
    { when: 'never done', lastAt: null, now: '2026-11-24T10:00+01:00', due: true },
    { when: 'done this night', lastAt: MONDAY_NIGHT, now: '2026-11-23T23:00+01:00', due: false },
    { when: 'the day after', lastAt: MONDAY_NIGHT, now: '2026-11-24T19:45+01:00', due: false },
    { when: 'before the evening', lastAt: MONDAY_NIGHT, now: '2026-11-24T20:29+01:00', due: false },
    { when: 'in the evening', lastAt: MONDAY_NIGHT, now: '2026-11-24T20:30+01:00', due: true },
    { when: 'past midnight', lastAt: MONDAY_NIGHT, now: '2026-11-25T03:00+01:00', due: true },
    {
      when: 'a night was missed, lessons',
      lastAt: MONDAY_NIGHT,
      now: '2026-11-25T10:00+01:00',
      due: false,
    },
    {
      when: 'a night was missed, one school still open',
      lastAt: '2026-11-22T20:40+01:00',
      now: '2026-11-24T19:15+01:00',
      due: false,
    },
    {
      when: 'a night was missed, all schools closed',
      lastAt: '2026-11-22T20:40+01:00',
      now: '2026-11-24T19:30+01:00',
      due: true,
    },
    {
      when: 'a night was missed, before school',
      lastAt: MONDAY_NIGHT,
      now: '2026-11-25T06:30+01:00',
      due: true,
    },
    {
      when: 'Friday’s was missed, Saturday morning’s school',
      lastAt: '2026-11-26T20:40+01:00',
      now: '2026-11-28T09:00+01:00',
      due: false,
    },
    {
      when: 'Friday’s was missed, Sunday morning',
      lastAt: '2026-11-26T20:40+01:00',
      now: '2026-11-29T09:00+01:00',
      due: true,
    },
    {
      when: 'on by day only, in the lessons of the third day',
      lastAt: MONDAY_NIGHT,
      now: '2026-11-26T10:00+01:00',
      due: false,
    },
    {
      when: 'on by day only, in the lessons of the fourth',
      lastAt: MONDAY_NIGHT,
      now: '2026-11-27T10:00+01:00',
      due: true,
    },
    {
      when: 'the clock went back in the night',
      lastAt: '2026-10-24T20:40+02:00',
      now: '2026-10-25T20:29+01:00',
      due: false,
    },
    {
      when: 'the evening of another zone',
      lastAt: MONDAY_NIGHT,
      now: '2026-11-24T16:30Z',
      calendar: AFAR,
      due: true,
    },
  ])('$when: $due', ({ every = 'night', lastAt, now, calendar = CALENDAR, due }) => {
    const last = lastAt === null ? null : new Date(lastAt);
    expect(isDue(every, { lastAt: last, now: new Date(now), calendar })).toBe(due);
  });
});

describe('what is done every week', () => {
  it.each<Case>([
    { when: 'never done', lastAt: null, now: '2026-11-24T10:00+01:00', due: true },
    { when: 'six days later', lastAt: MONDAY_NIGHT, now: '2026-11-29T23:00+01:00', due: false },
    { when: 'a week later', lastAt: MONDAY_NIGHT, now: '2026-11-30T20:30+01:00', due: true },
    { when: 'missed, lessons', lastAt: MONDAY_NIGHT, now: '2026-12-01T10:00+01:00', due: false },
    {
      when: 'missed, before school',
      lastAt: MONDAY_NIGHT,
      now: '2026-12-01T06:00+01:00',
      due: true,
    },
    {
      when: 'missed for two days more',
      lastAt: MONDAY_NIGHT,
      now: '2026-12-03T10:00+01:00',
      due: true,
    },
  ])('$when: $due', ({ lastAt, now, due }) => {
    const last = lastAt === null ? null : new Date(lastAt);
    expect(isDue('week', { lastAt: last, now: new Date(now), calendar: CALENDAR })).toBe(due);
  });
});

describe('what is not urgent', () => {
  const at = (now: string, standing: Partial<Parameters<typeof mayBegin>[1]> = {}) =>
    mayBegin(
      { every: 'night' },
      { knownAt: new Date('2026-11-24T09:00+01:00'), doneAt: null, nextAt: null, ...standing },
      { now: new Date(now), calendar: CALENDAR },
    );

  it('waits for schools to close though it was never done, for a week at most', () => {
    expect(at('2026-11-24T10:00+01:00')).toBe('not-now');
    expect(at('2026-11-24T19:31+01:00')).toBe('while-closed');
    expect(at('2026-11-26T10:00+01:00')).toBe('not-now');
    expect(at('2026-12-01T10:00+01:00')).toBe('in-any-hour');
  });

  it('is made up for by day in holidays, on a public one too', () => {
    const missed = (days: string) => ({ doneAt: new Date(`${days}T22:00+01:00`) });
    expect(at('2026-12-21T10:00+01:00', missed('2026-12-19'))).toBe('while-closed');
    expect(at('2026-11-11T10:00+01:00', missed('2026-11-09'))).toBe('while-closed');
    expect(at('2026-11-12T10:00+01:00', missed('2026-11-10'))).toBe('not-now');
  });

  it('comes half an hour after it failed, not sooner', () => {
    const nextAt = new Date('2026-11-24T21:30+01:00');
    expect(at('2026-11-24T21:29+01:00', { nextAt })).toBe('not-now');
    expect(at('2026-11-24T21:30+01:00', { nextAt })).toBe('while-closed');
  });
});

it('the evening after, when the clock changes, is at the same hour of the wall', () => {
  const next = (doneAt: string, every: Every = 'night') =>
    nextAfter({ every }, new Date(doneAt), 'Europe/Paris').toISOString();
  expect(next('2026-10-24T20:40+02:00')).toBe('2026-10-25T19:30:00.000Z');
  expect(next('2027-03-27T20:40+01:00')).toBe('2027-03-28T18:30:00.000Z');
  expect(next('2026-10-24T20:00+02:00')).toBe('2026-10-24T18:30:00.000Z');
  expect(next('2026-10-20T20:40+02:00', 'week')).toBe('2026-10-27T19:30:00.000Z');
  expect(next('2026-10-20T20:00+02:00', 'week')).toBe('2026-10-26T19:30:00.000Z');
});
