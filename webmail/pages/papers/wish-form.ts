import { clockAt, dayAt } from '../../../core/ground/clock.ts';
import type { PaperState, PaperWish } from '../../../core/school/papers/contract.ts';
import type { Visit } from '../../frame/visit.ts';
import { field, type Form } from '../../http/forms.ts';

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
export function wishOf({ text, timeZone, remindAt }: PaperState): PaperWish {
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
    reminds: remindAt !== null,
    asksNumber,
  };
}

const NEEDED = ['usual', 'one', 'each'] as const;
const QUESTIONS = ['yes-no', 'sign', 'choice', 'words'] as const;

/** A slip as its form has it. */
export function wishIn(form: Form): PaperWish {
  const question = QUESTIONS.find((one) => one === field(form, 'question')) ?? 'yes-no';
  return {
    text: field(form, 'oath', 2_000).replace(/\r\n?/g, '\n'),
    place: field(form, 'place'),
    price: field(form, 'price'),
    day: field(form, 'on-day'),
    lastDay: field(form, 'last-day'),
    from: field(form, 'from'),
    to: field(form, 'back-at'),
    question,
    options: field(form, 'options', 2_000).split(/\r?\n/),
    needed: NEEDED.find((one) => one === field(form, 'needed')) ?? 'usual',
    untilDay: field(form, 'until-day'),
    untilTime: field(form, 'until-time'),
    reminds: field(form, 'reminds') !== '',
    asksNumber: field(form, 'asks-number') !== '',
  };
}
