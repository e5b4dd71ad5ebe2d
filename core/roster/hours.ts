import type { School } from './snapshot.ts';

/** How far ahead the next opening is looked for: longer than any school holiday with opening hours set. */
const DAYS_AHEAD = 15;
const DAY_MS = 86_400_000;

/** Whether a school lets its pupils send at this moment; always where it has set no hours. */
export function isOpen(school: School, now: Date): boolean {
  if (!school.opening) return true;
  const { weekday, time } = clockAt(now, school.timeZone);
  return school.opening.days.includes(weekday) && school.opening.from <= time && time < school.opening.to;
}

/** When a closed school opens next; `now` where it is open or never opens. */
export function nextOpening(school: School, now: Date): Date {
  const { opening, timeZone } = school;
  if (!opening || isOpen(school, now) || opening.days.length === 0) return now;
  for (let ahead = 0; ahead <= DAYS_AHEAD; ahead += 1) {
    const candidate = momentOf(new Date(now.getTime() + ahead * DAY_MS), opening.from, timeZone);
    if (candidate > now && opening.days.includes(clockAt(candidate, timeZone).weekday)) return candidate;
  }
  return now;
}

/** The moment when a school's clock shows `time` on the day that `day` falls on there. */
export function momentOf(day: Date, time: string, timeZone: string): Date {
  const { date } = clockAt(day, timeZone);
  const asUtc = new Date(`${date}T${time}:00Z`);
  const shown = clockAt(asUtc, timeZone);
  const offsetMs = new Date(`${shown.date}T${shown.time}:00Z`).getTime() - asUtc.getTime();
  return new Date(asUtc.getTime() - offsetMs);
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function clockAt(moment: Date, timeZone: string): { weekday: number; time: string; date: string } {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit',
  }).formatToParts(moment);
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  return {
    weekday: WEEKDAYS.indexOf(of('weekday')) + 1, time: `${of('hour')}:${of('minute')}`, date: `${of('year')}-${of('month')}-${of('day')}`,
  };
}
