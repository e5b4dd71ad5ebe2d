/** The moment when a clock in this zone shows `time` on `date`. */
export function momentOf(date: string, time: string, timeZone: string): Date {
  const asUtc = new Date(`${date}T${time}:00Z`);
  const shown = clockAt(asUtc, timeZone);
  const offsetMs = new Date(`${shown.date}T${shown.time}:00Z`).getTime() - asUtc.getTime();
  return new Date(asUtc.getTime() - offsetMs);
}

/** Making one costs more than using it a thousand times; there are as many as time zones. */
const formats = new Map<string, Intl.DateTimeFormat>();
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** What a clock in this zone shows: days are 1 (Monday) to 7, `HH:MM`, `YYYY-MM-DD`. */
export function clockAt(
  moment: Date,
  timeZone: string,
): { readonly weekday: number; readonly time: string; readonly date: string } {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
  formats.set(timeZone, format);
  const parts = format.formatToParts(moment);
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  return {
    weekday: WEEKDAYS.indexOf(of('weekday')) + 1,
    time: `${of('hour')}:${of('minute')}`,
    date: `${of('year')}-${of('month')}-${of('day')}`,
  };
}
