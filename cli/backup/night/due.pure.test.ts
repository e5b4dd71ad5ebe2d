import { describe, expect, it } from 'vitest';
import { isDue, type Calendar, type Every } from './due.ts';

/** One school keeps its own hours, Saturday morning too; the other has set none. */
const CALENDAR: Calendar = {
  timeZone: 'Europe/Paris',
  schools: [
    { opening: { days: [1, 2, 4, 5, 6], from: '08:00', to: '19:30' }, timeZone: 'Europe/Paris' },
    { opening: null, timeZone: 'Europe/Paris' },
  ],
};
const AFAR: Calendar = { timeZone: 'Indian/Reunion', schools: [] };

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
