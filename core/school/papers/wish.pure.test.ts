import { describe, expect, it } from 'vitest';
import type { PaperWish } from './contract.ts';
import { numbersGoneAt, paperGoneAt, reminderAt } from './moments.ts';
import { OUTING } from './testing/asked-paper.ts';
import { termsOf } from './wish.ts';

const PARIS = 'Europe/Paris';
const NOW = new Date('2026-11-24T09:00:00Z');
const WISH: PaperWish = { ...OUTING, text: 'J’autorise {prénom} à aller au musée.', price: '' };

const read = (wish: Partial<PaperWish>, timeZone = PARIS) =>
  termsOf({ ...WISH, ...wish }, { now: NOW, timeZone });

describe('a paper as it is filled in', () => {
  it('ends by the school’s clock, wherever that is', () => {
    expect(read({})).toMatchObject({ terms: { until: new Date('2026-11-25T17:00:00Z') } });
    expect(read({}, 'Pacific/Noumea')).toMatchObject({
      terms: { until: new Date('2026-11-25T07:00:00Z') },
    });
    expect(
      read({ day: '', from: '', to: '', question: 'choice', options: ['car', '', 'vélo '] }),
    ).toMatchObject({
      terms: { frame: { occasion: null, question: { kind: 'choice', options: ['car', 'vélo'] } } },
    });
  });
  it.each<[string, Partial<PaperWish>]>([
    ['no-text', { text: ' \n' }],
    ['text-too-long', { text: 'a'.repeat(1_001) }],
    ['few-options', { question: 'choice', options: ['car', 'car'] }],
    ['many-options', { question: 'choice', options: ['car', 'vélo', 'car'] }],
    ['many-options', { question: 'choice', options: [...'abcdefghi'] }],
    ['until-unclear', { untilDay: '31/11/2026' }],
    ['until-unclear', { untilDay: '2026-11-31' }],
    ['until-unclear', { untilTime: '25:00' }],
    ['until-past', { untilDay: '2026-11-24', untilTime: '10:00' }],
    ['until-too-far', { untilDay: '2029-11-24', day: '', from: '', to: '' }],
    ['until-after-day', { untilDay: '2026-11-27' }],
    ['day-unclear', { day: '2026-02-30' }],
    ['day-unclear', { day: '' }],
    ['day-past', { day: '2026-11-23' }],
    ['day-too-far', { day: '2029-11-23' }],
    ['ends-before-it-begins', { lastDay: '2026-11-25' }],
    ['hours-unclear', { from: '8h30' }],
    ['hours-unclear', { from: '16:30', to: '08:30' }],
  ])('says %s of %j', (fault, wish) => expect(read(wish)).toEqual({ faults: [fault] }));
  it('says all that is wrong at once', () =>
    expect(read({ text: '', untilDay: '' })).toEqual({ faults: ['no-text', 'until-unclear'] }));
  it('asks each guardian for a night away', () => {
    const needed = (wish: Partial<PaperWish>) => {
      const found = read({ needed: 'usual', ...wish });
      return 'terms' in found ? found.terms.needed : found;
    };
    expect(needed({})).toBe('one');
    expect(needed({ lastDay: WISH.day })).toBe('one');
    expect(needed({ lastDay: '2026-11-27' })).toBe('each');
    expect(needed({ lastDay: '2026-11-27', needed: 'one' })).toBe('one');
  });
});

describe('the hours of a paper', () => {
  const SCHOOL = {
    opening: null,
    timeZone: PARIS,
    holidays: [{ from: '2026-12-19', until: '2027-01-03' }],
  };
  it.each<[string, string, string]>([
    ['the evening before', '2026-11-27T18:00+01:00', '2026-11-26T18:00+01:00'],
    ['the last school day before a Monday', '2026-11-30T18:00+01:00', '2026-11-27T18:00+01:00'],
    ['before the holidays', '2027-01-04T08:00+01:00', '2026-12-18T18:00+01:00'],
    ['not a Wednesday without school', '2026-11-26T12:00+01:00', '2026-11-24T18:00+01:00'],
  ])('reminds %s', (_when, until, then) =>
    expect(reminderAt(SCHOOL, new Date(until))).toEqual(new Date(then)),
  );
  const until = new Date('2026-11-25T17:00:00Z');
  it('erases numbers as the day after begins', () => {
    const day = { day: '2026-11-26', lastDay: null, from: null, to: null };
    const at = { until, timeZone: PARIS };
    expect(numbersGoneAt(day, at)).toEqual(new Date('2026-11-26T23:00:00Z'));
    expect(numbersGoneAt({ ...day, lastDay: '2026-11-28' }, at)).toEqual(
      new Date('2026-11-28T23:00:00Z'),
    );
    expect(numbersGoneAt(null, at)).toEqual(new Date('2026-11-25T23:00:00Z'));
  });
  it('erases a paper a year after its school year', () => {
    const at = { until, timeZone: PARIS };
    expect(paperGoneAt(null, at)).toEqual(new Date('2028-08-31T22:00:00Z'));
    const summer = { day: '2027-09-04', lastDay: null, from: null, to: null };
    expect(paperGoneAt(summer, at)).toEqual(new Date('2029-08-31T22:00:00Z'));
  });
});
