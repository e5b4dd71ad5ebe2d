import type { DayHours, OwnHours } from '../../core/roster/own-hours.ts';
import type { Visit } from './visit.ts';

type Words = Pick<Visit, 'texts' | 'viewer'>;
type Hours = NonNullable<DayHours>;

/** So many days one after the other are named by their ends: « du lundi au mercredi ». */
const RUN = 3;

/**
 * « Répond du lundi au vendredi, de 8 h à 18 h », “Answers Monday to Friday, 8:00 to 18:00”: days
 * with the same hours together. Null where no day has any.
 */
export function hoursSentence(visit: Words, hours: OwnHours): string | null {
  const spans = new Map<string, { readonly at: Hours; readonly days: number[] }>();
  for (const [day, at] of hours.entries()) {
    if (at === null) continue;
    const key = `${at.from} ${at.to}`;
    const span = spans.get(key) ?? { at, days: [] };
    span.days.push(day);
    spans.set(key, span);
  }
  if (spans.size === 0) return null;
  const words = visit.texts.presence.hours;
  const parts = [...spans.values()].map(
    ({ at, days }) =>
      `${daysInWords(visit, days)}, ${words.span(clock(visit, at.from), clock(visit, at.to))}`,
  );
  return `${words.answers} ${parts.join(words.also)}`;
}

function daysInWords({ texts, viewer }: Words, days: readonly number[]): string {
  const words = texts.presence.hours;
  const names = days.map((day) => {
    const name = words.days[day] ?? '';
    return viewer.language === 'fr' ? name.toLowerCase() : name;
  });
  const [first = '', last = ''] = [names[0], names.at(-1)];
  const isRun = days.length >= RUN && (days.at(-1) ?? 0) - (days[0] ?? 0) === days.length - 1;
  return isRun ? words.run(first, last) : texts.list(names);
}

/** « 8 h », « 12 h 30 », “8:00”. */
export function clock({ texts }: Pick<Words, 'texts'>, time: string): string {
  const [hours = '', minutes = ''] = time.split(':');
  return texts.presence.hours.hour(Number(hours), minutes);
}
