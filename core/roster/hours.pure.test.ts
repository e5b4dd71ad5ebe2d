import { describe, expect, it } from 'vitest';
import { isOpen, nextOpening, nextPost, schoolDayAfter } from './hours.ts';

/** Jules-Ferry's: no school on Wednesday. */
const SCHOOL = {
  opening: { days: [1, 2, 4, 5], from: '08:00', to: '18:00' },
  timeZone: 'Europe/Paris',
  holidays: [],
};

describe('whether a school is open', () => {
  it.each([
    { when: 'on a Tuesday at nine', at: '2026-11-24T09:00+01:00', open: true },
    { when: 'as the door opens', at: '2026-11-24T08:00+01:00', open: true },
    { when: 'a minute before', at: '2026-11-24T07:59+01:00', open: false },
    { when: 'in the last minute', at: '2026-11-24T17:59+01:00', open: true },
    { when: 'as the door closes', at: '2026-11-24T18:00+01:00', open: false },
    { when: 'on a Wednesday', at: '2026-11-25T10:00+01:00', open: false },
    { when: 'on a Sunday', at: '2026-11-29T10:00+01:00', open: false },
    {
      when: 'on a summer’s Monday at eight by its clock',
      at: '2026-06-15T08:00+02:00',
      open: true,
    },
    {
      when: 'on a summer’s Monday at seven by its clock',
      at: '2026-06-15T07:59+02:00',
      open: false,
    },
    { when: 'at midnight', at: '2026-11-24T00:00+01:00', open: false },
  ])('$when: $open', ({ at, open }) => expect(isOpen(SCHOOL, new Date(at))).toBe(open));
  it('is always so without hours, and without days', () => {
    expect(isOpen({ ...SCHOOL, opening: null }, new Date('2026-11-29T03:00Z'))).toBe(true);
    expect(
      isOpen(
        { ...SCHOOL, opening: { days: [], from: '08:00', to: '18:00' } },
        new Date('2026-11-29T03:00Z'),
      ),
    ).toBe(true);
  });
});

describe('when a school opens next', () => {
  it.each([
    { when: 'in the evening', at: '2026-11-23T19:00+01:00', next: '2026-11-24T08:00+01:00' },
    { when: 'before it opens', at: '2026-11-24T06:00+01:00', next: '2026-11-24T08:00+01:00' },
    {
      when: 'on the eve of a Wednesday',
      at: '2026-11-24T18:00+01:00',
      next: '2026-11-26T08:00+01:00',
    },
    { when: 'on a Friday evening', at: '2026-11-27T18:30+01:00', next: '2026-11-30T08:00+01:00' },
    {
      when: 'before the night when summer begins',
      at: '2026-03-27T23:30+01:00',
      next: '2026-03-30T08:00+02:00',
    },
    {
      when: 'before the night when summer ends',
      at: '2026-10-23T23:30+02:00',
      next: '2026-10-26T08:00+01:00',
    },
    {
      when: 'late on the day when summer ends',
      at: '2026-10-25T23:59+01:00',
      next: '2026-10-26T08:00+01:00',
    },
    { when: 'on New Year’s Eve', at: '2026-12-31T20:00+01:00', next: '2027-01-01T08:00+01:00' },
    { when: 'while it is open: now', at: '2026-11-24T10:00+01:00', next: '2026-11-24T10:00+01:00' },
  ])('$when', ({ at, next }) => expect(nextOpening(SCHOOL, new Date(at))).toEqual(new Date(next)));
  it('is the Sunday of 23 hours too, where Sunday is its day', () => {
    const sunday = { opening: { days: [7], from: '09:00', to: '12:00' }, timeZone: 'Europe/Paris' };
    expect(nextOpening(sunday, new Date('2026-03-28T23:30+01:00'))).toEqual(
      new Date('2026-03-29T09:00+02:00'),
    );
    expect(nextOpening(sunday, new Date('2026-10-24T23:30+02:00'))).toEqual(
      new Date('2026-10-25T09:00+01:00'),
    );
  });
  it('goes by the school’s own clock', () => {
    const faraway = { ...SCHOOL, timeZone: 'Indian/Reunion' };
    expect(nextOpening(faraway, new Date('2026-11-24T00:00Z'))).toEqual(
      new Date('2026-11-24T04:00Z'),
    );
  });
  it('is open at that moment, through two years', () => {
    for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2028, 0, 1); at += 61 * 900_000) {
      const now = new Date(at);
      const next = nextOpening(SCHOOL, now);
      expect(next >= now && isOpen(SCHOOL, next), now.toISOString()).toBe(true);
    }
  });
});

describe('a school day later', () => {
  const NO_HOURS = { opening: null, timeZone: 'Europe/Paris', holidays: [] };
  it.each([
    { when: 'Monday at ten', from: '2026-11-23T10:00+01:00', to: '2026-11-24T10:00+01:00' },
    {
      when: 'Tuesday at ten, no school on Wednesday',
      from: '2026-11-24T10:00+01:00',
      to: '2026-11-26T10:00+01:00',
    },
    {
      when: 'Tuesday evening: from Thursday’s opening',
      from: '2026-11-24T20:00+01:00',
      to: '2026-11-27T08:00+01:00',
    },
    {
      when: 'Friday at three, over the weekend',
      from: '2026-11-27T15:00+01:00',
      to: '2026-11-30T15:00+01:00',
    },
    { when: 'a Sunday', from: '2026-11-29T12:00+01:00', to: '2026-12-01T08:00+01:00' },
    {
      when: 'a Friday before the clock changes',
      from: '2026-10-23T10:00+02:00',
      to: '2026-10-26T10:00+01:00',
    },
  ])('from $when', ({ from, to }) =>
    expect(schoolDayAfter(SCHOOL, new Date(from))).toEqual(new Date(to)),
  );
  it('where no hours are set: by the days that most schools have', () => {
    expect(schoolDayAfter(NO_HOURS, new Date('2026-11-24T10:00+01:00'))).toEqual(
      new Date('2026-11-26T10:00+01:00'),
    );
    expect(schoolDayAfter(NO_HOURS, new Date('2026-11-28T10:00+01:00'))).toEqual(
      new Date('2026-12-01T08:30+01:00'),
    );
  });

  const HOLIDAYS = {
    ...SCHOOL,
    holidays: [
      { from: '2026-10-17', until: '2026-11-01' },
      { from: '2026-12-19', until: '2027-01-03' },
    ],
  };
  it.each([
    {
      when: 'the last Friday at three, over the holidays',
      from: '2026-10-16T15:00+02:00',
      to: '2026-11-02T15:00+01:00',
    },
    {
      when: 'the last Friday evening: from the opening after them',
      from: '2026-10-16T20:00+02:00',
      to: '2026-11-03T08:00+01:00',
    },
    {
      when: 'a Tuesday within them',
      from: '2026-10-20T10:00+02:00',
      to: '2026-11-03T08:00+01:00',
    },
    {
      when: 'the day of return',
      from: '2026-11-02T09:00+01:00',
      to: '2026-11-03T09:00+01:00',
    },
    {
      when: 'New Year’s Eve',
      from: '2026-12-31T10:00+01:00',
      to: '2027-01-05T08:00+01:00',
    },
    {
      when: 'a Friday before Easter Monday',
      from: '2027-03-26T10:00+01:00',
      to: '2027-03-30T10:00+02:00',
    },
    {
      when: 'Easter Monday itself',
      from: '2027-03-29T10:00+02:00',
      to: '2027-04-01T08:00+02:00',
    },
  ])('from $when', ({ from, to }) =>
    expect(schoolDayAfter(HOLIDAYS, new Date(from))).toEqual(new Date(to)),
  );
  it('goes by the weeks where no holidays are known, but for public ones', () => {
    expect(schoolDayAfter(SCHOOL, new Date('2026-10-16T15:00+02:00'))).toEqual(
      new Date('2026-10-19T15:00+02:00'),
    );
    expect(schoolDayAfter(NO_HOURS, new Date('2027-05-14T10:00+02:00'))).toEqual(
      new Date('2027-05-18T10:00+02:00'),
    );
  });
  it('is the next day where holidays have no end', () => {
    const endless = { ...SCHOOL, holidays: [{ from: '2026-01-01', until: '2027-12-31' }] };
    expect(schoolDayAfter(endless, new Date('2026-11-24T10:00+01:00'))).toEqual(
      new Date('2026-11-26T08:00+01:00'),
    );
  });
});

describe('when a letter is brought that travels', () => {
  const holidays = [{ from: '2026-12-19', until: '2027-01-03' }];
  it.each([
    { when: 'a Monday', leaves: '2026-11-23T10:00+01:00', comes: '2026-11-24T08:00+01:00' },
    {
      when: 'a Tuesday, no school on Wednesday',
      leaves: '2026-11-24T23:59+01:00',
      comes: '2026-11-26T08:00+01:00',
    },
    {
      when: 'the very morning before eight',
      leaves: '2026-11-24T06:00+01:00',
      comes: '2026-11-26T08:00+01:00',
    },
    { when: 'a Saturday', leaves: '2026-11-28T10:00+01:00', comes: '2026-11-30T08:00+01:00' },
    {
      when: 'the last Friday, over the holidays',
      leaves: '2026-12-18T15:00+01:00',
      comes: '2027-01-04T08:00+01:00',
    },
    {
      when: 'a Friday before the clock changes',
      leaves: '2026-10-23T10:00+02:00',
      comes: '2026-10-26T08:00+01:00',
    },
    {
      when: 'the eve of Armistice Day',
      leaves: '2027-11-09T10:00+01:00',
      comes: '2027-11-12T08:00+01:00',
    },
  ])('from $when', ({ leaves, comes }) =>
    expect(nextPost({ ...SCHOOL, holidays }, new Date(leaves))).toEqual(new Date(comes)),
  );
  it('by the clock of the school that gets it, and the days that most have where none are set', () => {
    const noumea = { ...SCHOOL, opening: null, timeZone: 'Pacific/Noumea' };
    expect(nextPost(noumea, new Date('2026-11-23T18:00+01:00'))).toEqual(
      new Date('2026-11-26T08:00+11:00'),
    );
  });
});
