import { describe, expect, it } from 'vitest';
import { areHours, isWithin, nextWithin, type OwnHours } from './own-hours.ts';

const DAY = { from: '08:00', to: '18:00' };
const WEEK: OwnHours = [DAY, DAY, { from: '08:00', to: '12:30' }, DAY, DAY, null, null];
const NONE: OwnHours = [null, null, null, null, null, null, null];
const PARIS = 'Europe/Paris';

describe('the hours in which somebody answers', () => {
  it.each<{ when: string; at: string; told: boolean; next: string }>([
    { when: 'Tuesday at 9', at: '2026-11-24T08:00Z', told: true, next: '2026-11-24T08:00Z' },
    {
      when: 'just before they begin',
      at: '2026-11-24T06:59Z',
      told: false,
      next: '2026-11-24T07:00Z',
    },
    { when: 'as they begin', at: '2026-11-24T07:00Z', told: true, next: '2026-11-24T07:00Z' },
    { when: 'as they end', at: '2026-11-24T17:00Z', told: false, next: '2026-11-25T07:00Z' },
    {
      when: 'a Wednesday afternoon',
      at: '2026-11-25T12:00Z',
      told: false,
      next: '2026-11-26T07:00Z',
    },
    { when: 'Friday evening', at: '2026-11-27T20:00Z', told: false, next: '2026-11-30T07:00Z' },
    // Clocks go forward in the night to Sunday, 29 March 2026.
    { when: 'before summer time', at: '2026-03-28T12:00Z', told: false, next: '2026-03-30T06:00Z' },
  ])('$when', ({ at, told, next }) => {
    const now = new Date(at);
    expect(isWithin(WEEK, now, PARIS)).toBe(told);
    expect(nextWithin(WEEK, now, PARIS)).toEqual(new Date(next));
  });

  it('are the school’s clock’s, wherever the server stands', () => {
    const now = new Date('2026-11-24T18:00Z');
    expect(isWithin(WEEK, now, PARIS)).toBe(false);
    expect(isWithin(WEEK, now, 'America/Cayenne')).toBe(true);
  });

  it('set by nobody, they are always; a week of rest is never', () => {
    const night = new Date('2026-11-24T02:00Z');
    expect(isWithin(null, night, PARIS)).toBe(true);
    expect(nextWithin(null, night, PARIS)).toEqual(night);
    expect(isWithin(NONE, night, PARIS)).toBe(false);
    expect(nextWithin(NONE, night, PARIS)).toBeNull();
  });

  it('last until midnight where they are said to', () => {
    const late: OwnHours = [null, { from: '20:00', to: '24:00' }, null, null, null, null, null];
    expect(areHours(late)).toBe(true);
    expect(isWithin(late, new Date('2026-11-24T22:59Z'), PARIS)).toBe(true);
    expect(isWithin(late, new Date('2026-11-24T23:00Z'), PARIS)).toBe(false);
  });

  it.each([
    { what: 'six days', days: WEEK.slice(1) },
    { what: 'an end before its beginning', days: WEEK.with(0, { from: '18:00', to: '08:00' }) },
    { what: 'no hours at all', days: WEEK.with(0, { from: '08:00', to: '08:00' }) },
    { what: 'an hour of no clock', days: WEEK.with(0, { from: '08:00', to: '25:00' }) },
    { what: 'a beginning at midnight’s end', days: WEEK.with(0, { from: '24:00', to: '24:00' }) },
    { what: 'words', days: WEEK.with(0, { from: '8', to: 'soir' }) },
  ])('$what are none', ({ days }) => expect(areHours(days)).toBe(false));
});
