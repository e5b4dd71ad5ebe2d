import { clockAt, dayAt } from '../../../core/ground/clock.ts';
import type { PaperState, PaperWish } from '../../../core/school/papers/contract.ts';
import { formOf } from '../../components/form.ts';
import type { Visit } from '../../frame/visit.ts';
import { LONG_FIELD_CHARS } from '../../http/fields.ts';

const DAY = { as: { type: 'date' } } as const;
const HOUR = { as: { type: 'time' } } as const;
/** Characters of some lines that are read; core says what is too long of them. */
const SOME_LINES = 2_000;

/** The letter, and the slip below it. */
export const PAPER_FORM = formOf({
  to: {},
  subject: { most: 200, isRequired: true },
  text: { reads: LONG_FIELD_CHARS, isText: true, as: { rows: 8 } },
  question: {},
  options: { reads: SOME_LINES, isText: true, as: { rows: 3 } },
  oath: { most: 1_000, reads: SOME_LINES, isText: true, as: { rows: 3 } },
  place: { most: 160 },
  price: { most: 160 },
  // A letter's form calls the day of its leaving `day`.
  'on-day': DAY,
  'last-day': DAY,
  from: HOUR,
  'back-at': HOUR,
  needed: {},
  'until-day': DAY,
  'until-time': HOUR,
  reminds: {},
  'asks-number': {},
});
export type PaperTyped = ReturnType<typeof PAPER_FORM.typedIn>;

const READIES = ['outing', 'pool', 'night', 'photo'] as const;
/** A paper that is ready to be filled in. */
type Ready = (typeof READIES)[number];

export const isReady = (text: unknown): text is Ready => READIES.some((one) => one === text);

/** A slip that is begun. */
export function beginWish({ texts }: Visit, ready: Ready | null): PaperWish {
  const words = texts.papers;
  return {
    text: ready === null ? words.write.textStart : words.readies[ready].text,
    place: '',
    price: '',
    day: '',
    lastDay: '',
    from: '',
    to: '',
    question: 'yes-no',
    options: [],
    needed: ready === 'photo' ? 'each' : 'usual',
    untilDay: '',
    untilTime: '18:00',
    reminds: true,
    asksNumber: ready === 'outing' || ready === 'night',
  };
}

/** The slip of a paper that is asked already, by the school's clock. */
export function wishOf({ text, timeZone, reminds }: PaperState): PaperWish {
  const { frame, needed, until, asksNumber } = text;
  const { occasion, question } = frame;
  return {
    text: frame.text,
    place: frame.place,
    price: frame.price,
    day: occasion?.day ?? '',
    lastDay: occasion?.lastDay ?? '',
    from: occasion?.from ?? '',
    to: occasion?.to ?? '',
    question: question.kind,
    options: question.kind === 'choice' ? question.options : [],
    needed,
    untilDay: dayAt(until, timeZone),
    untilTime: clockAt(until, timeZone).time,
    reminds,
    asksNumber,
  };
}

const NEEDED = ['usual', 'one', 'each'] as const;
const QUESTIONS = ['yes-no', 'sign', 'choice', 'words'] as const;

/** A slip as its form has it. */
export function wishIn(typed: PaperTyped): PaperWish {
  const { place, price, from } = typed;
  return {
    text: typed.oath,
    place,
    price,
    day: typed['on-day'],
    lastDay: typed['last-day'],
    from,
    to: typed['back-at'],
    question: QUESTIONS.find((one) => one === typed.question) ?? 'yes-no',
    options: typed.options.split('\n'),
    needed: NEEDED.find((one) => one === typed.needed) ?? 'usual',
    untilDay: typed['until-day'],
    untilTime: typed['until-time'],
    reminds: typed.reminds !== '',
    asksNumber: typed['asks-number'] !== '',
  };
}

/** The form of a letter and its slip. */
export const typedOf = (
  letter: Pick<PaperTyped, 'to' | 'subject' | 'text'>,
  wish: PaperWish,
): PaperTyped => ({
  ...letter,
  question: wish.question,
  options: wish.options.join('\n'),
  oath: wish.text,
  place: wish.place,
  price: wish.price,
  'on-day': wish.day,
  'last-day': wish.lastDay,
  from: wish.from,
  'back-at': wish.to,
  needed: wish.needed,
  'until-day': wish.untilDay,
  'until-time': wish.untilTime,
  reminds: wish.reminds ? TICKED : '',
  'asks-number': wish.asksNumber ? TICKED : '',
});

/** Of a box. */
export const TICKED = 'yes';
