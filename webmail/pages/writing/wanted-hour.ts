import type { WallClock } from '../../../core/ground/clock.ts';
import { DAY_MS } from '../../../core/ground/spans.ts';
import { typedInstant } from '../../frame/when.ts';
import { field, type Form } from '../../http/forms.ts';

/** What the button of a writing page says about when its letter leaves. */
export type LeaveTime =
  | { readonly kind: 'stays' }
  /** Null: now. */
  | { readonly kind: 'sends'; readonly at: Date | null }
  | { readonly kind: 'unclear' };

/** A letter waits for its hour no longer. */
const LONGEST_MS = 366 * DAY_MS;
/** « later 2026-11-25T08:00 » of a button, or « later » beside a day and an hour. */
const isLater = (act: string): boolean => act.split(' ')[0] === 'later';

/** « Envoyer », and « Maintenant » whatever waits in the evening. */
const SENDS: ReadonlySet<string> = new Set(['send', 'now']);

/** Whether a button hands the letter in, now or later. */
export const isSending = (act: string): boolean => SENDS.has(act) || isLater(act);

/**
 * The moment that a button names, on the clock of who pressed it: with its value, or with the
 * fields beside it. `none`: the button says something else; null: no day and hour that there are.
 */
export function namedMoment(form: Form, act: string, clock: WallClock): Date | null | 'none' {
  if (!isLater(act)) return 'none';
  const [day = '', time = ''] = act.slice('later '.length).split('T');
  return typedInstant(
    clock,
    act === 'later' ? { day: field(form, 'day'), time: field(form, 'hour') } : { day, time },
  );
}

/** The day by which an answer is wanted, as a form says it; empty: by none. */
export const awaitedDay = (form: Form): string => field(form, 'await').slice(0, 10);

/** Whether that is a day to come, within a year. */
export function isAwaitable(day: string, clock: WallClock): boolean {
  const at = typedInstant(clock, { day, time: '00:00' });
  const waitMs = at === null ? 0 : at.getTime() - clock.now.getTime();
  return waitMs > 0 && waitMs <= LONGEST_MS;
}

/** When a letter leaves by what was pressed, on its writer's clock. */
export function whenOf(form: Form, act: string, clock: WallClock): LeaveTime {
  if (SENDS.has(act)) return { kind: 'sends', at: null };
  const at = namedMoment(form, act, clock);
  if (at === 'none') return { kind: 'stays' };
  const waitMs = at === null ? -1 : at.getTime() - clock.now.getTime();
  return at === null || waitMs <= 0 || waitMs > LONGEST_MS
    ? { kind: 'unclear' }
    : { kind: 'sends', at };
}
