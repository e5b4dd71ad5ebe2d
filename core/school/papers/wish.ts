import { dayAt, momentOf } from '../../ground/clock.ts';
import { dayTrouble, isDay } from '../../roster/days.ts';
import type { PaperWish, WishFault } from './contract.ts';
import type { Frame, Needed, Occasion, Question } from './contract/slips.ts';

/** A wish that can be: what is signed, and until when. */
export interface PaperTerms {
  readonly frame: Frame;
  readonly needed: Needed;
  readonly until: Date;
  readonly reminds: boolean;
  readonly asksNumber: boolean;
}

/** Longer words nobody signs. */
const MOST_TEXT = 1_000;
/** A school year and its summer. */
const AHEAD_DAYS = 400;
const MOST_OPTIONS = 8;
const LONGEST_OPTION = 120;
const LONGEST_LINE = 160;
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

/** Reads a wish by the school's clock: its terms, or all that is wrong with it. */
export function termsOf(
  wish: PaperWish,
  at: { readonly now: Date; readonly timeZone: string },
): { readonly terms: PaperTerms } | { readonly faults: readonly WishFault[] } {
  const text = wish.text.trim();
  const options = wish.options.map((one) => one.trim()).filter((one) => one !== '');
  const until = untilOf(wish, at);
  const ofOccasion = occasionFaults(wish, at);
  const faults: WishFault[] = [
    ...(text === '' ? (['no-text'] as const) : []),
    ...(text.length > MOST_TEXT ? (['text-too-long'] as const) : []),
    ...optionFaults(wish.question, options),
    ...ofOccasion,
    ...untilFaults(ofOccasion.length > 0 ? { ...wish, day: '' } : wish, until, at),
  ];
  if (faults.length > 0 || until === null) return { faults };
  const frame = {
    text,
    place: wish.place.trim().slice(0, LONGEST_LINE),
    price: wish.price.trim().slice(0, LONGEST_LINE),
    occasion: occasionOf(wish),
    question: questionOf(wish.question, options),
  };
  const { reminds, asksNumber } = wish;
  const needed = wish.needed === 'usual' ? usuallyNeeded(wish) : wish.needed;
  return { terms: { frame, needed, until, reminds, asksNumber } };
}

/** Another end for words that are asked already. */
export function untilFor(
  { occasion }: Pick<Frame, 'occasion'>,
  wish: Pick<PaperWish, 'untilDay' | 'untilTime'>,
  at: { readonly now: Date; readonly timeZone: string },
): { readonly until: Date } | { readonly fault: WishFault } {
  const until = untilOf(wish, at);
  const { day = '', lastDay = null } = occasion ?? {};
  const [fault] = untilFaults({ ...wish, day, lastDay: lastDay ?? '' }, until, at);
  if (fault !== undefined) return { fault };
  return until === null ? { fault: 'until-unclear' } : { until };
}

/** Each guardian where a night is spent away, one elsewhere. */
const usuallyNeeded = ({ day, lastDay }: Pick<PaperWish, 'day' | 'lastDay'>): Needed =>
  lastDay !== '' && lastDay > day ? 'each' : 'one';

export const questionOf = (kind: Question['kind'], options: readonly string[]): Question =>
  kind === 'choice' ? { kind, options } : { kind };

function occasionOf({ day, lastDay, from, to }: PaperWish): Occasion | null {
  if (day === '') return null;
  return {
    day,
    lastDay: lastDay === '' || lastDay === day ? null : lastDay,
    from: from === '' ? null : from,
    to: to === '' ? null : to,
  };
}

function optionFaults(kind: Question['kind'], options: readonly string[]): WishFault[] {
  if (kind !== 'choice') return [];
  if (new Set(options).size < 2) return ['few-options'];
  const isTooMuch =
    options.length > MOST_OPTIONS ||
    new Set(options).size < options.length ||
    options.some((one) => one.length > LONGEST_OPTION);
  return isTooMuch ? ['many-options'] : [];
}

function occasionFaults(
  { day, lastDay, from, to }: PaperWish,
  { now, timeZone }: { readonly now: Date; readonly timeZone: string },
): WishFault[] {
  if (day === '') return lastDay + from + to === '' ? [] : ['day-unclear'];
  const today = dayAt(now, timeZone);
  const trouble = dayTrouble(day, { today, ahead: AHEAD_DAYS });
  if (trouble !== null) return [DAY_FAULTS[trouble]];
  if (lastDay !== '') {
    const last = dayTrouble(lastDay, { today, ahead: AHEAD_DAYS });
    if (last === 'past-day' || (last === null && lastDay < day)) return ['ends-before-it-begins'];
    if (last !== null) return [DAY_FAULTS[last]];
  }
  const isUnclear = [from, to].some((one) => one !== '' && !TIME.test(one));
  const isOneDay = lastDay === '' || lastDay === day;
  const isBackwards = isOneDay && from !== '' && to !== '' && to <= from;
  return isUnclear || isBackwards ? ['hours-unclear'] : [];
}

const DAY_FAULTS = {
  'not-a-day': 'day-unclear',
  'past-day': 'day-past',
  'too-far': 'day-too-far',
} as const;

/** Null where no clock shows it. */
function untilOf(
  { untilDay, untilTime }: Pick<PaperWish, 'untilDay' | 'untilTime'>,
  { timeZone }: { readonly timeZone: string },
): Date | null {
  return TIME.test(untilTime) && isDay(untilDay) ? momentOf(untilDay, untilTime, timeZone) : null;
}

function untilFaults(
  { untilDay, day, lastDay }: Pick<PaperWish, 'untilDay' | 'day' | 'lastDay'>,
  until: Date | null,
  { now, timeZone }: { readonly now: Date; readonly timeZone: string },
): WishFault[] {
  if (until === null) return ['until-unclear'];
  if (until <= now) return ['until-past'];
  const today = dayAt(now, timeZone);
  if (dayTrouble(untilDay, { today, ahead: AHEAD_DAYS }) !== null) return ['until-too-far'];
  // What is asked through a year, the swimming of every Friday, may be answered once it has begun.
  const isAfter = day !== '' && lastDay === '' && untilDay > day;
  return isAfter ? ['until-after-day'] : [];
}
