/** The zone in which the town's schools open and close. */
const ZONE = 'Europe/Paris';
const DAY_MS = 86_400_000;

/**
 * How a language says a moment. `day` is 0 for today, 1 for tomorrow, up to 6, and null for what is
 * further away.
 */
const SAID = {
  fr: {
    locale: 'fr-FR',
    near: ['aujourd’hui', 'demain'],
    weekday: (name: string) => name,
    far: (date: string) => `le ${date.replace(/\b1 /, '1er ')}`,
    at: (hour: number, minute: number) =>
      ` à ${hour}\u00a0h${minute ? `\u00a0${pad(minute)}` : ''}`,
  },
  en: {
    locale: 'en-GB',
    near: ['today', 'tomorrow'],
    weekday: (name: string) => `on ${name}`,
    far: (date: string) => `on ${date}`,
    at: (hour: number, minute: number) => ` at ${hour}${minute ? `:${pad(minute)}` : ''}`,
  },
} as const;

/**
 * A moment to come as a person says it, seen from `now`: « demain à 8 h », « vendredi », « le lundi
 * 23 novembre à 8 h 30 »; midnight means the day and has no hour. Null where `iso` is no moment, or
 * is over: nothing is promised for yesterday.
 */
export function dateInWords(
  iso: string,
  { language, now }: { readonly language: 'fr' | 'en'; readonly now: Date },
): string | null {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime()) || moment <= now) return null;
  const said = SAID[language];
  const then = clockOf(moment);
  const days = Math.round((then.midnightUtcMs - clockOf(now).midnightUtcMs) / DAY_MS);
  return (
    dayInWords(moment, days, said) +
    (then.hour || then.minute ? said.at(then.hour, then.minute) : '')
  );
}

function dayInWords(moment: Date, days: number, said: (typeof SAID)['fr' | 'en']): string {
  const near = said.near[days];
  if (near) return near;
  const written = (parts: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(said.locale, { ...parts, timeZone: ZONE }).format(moment);
  if (days < 7) return said.weekday(written({ weekday: 'long' }));
  return said.far(written({ weekday: 'long', day: 'numeric', month: 'long' }).replace(',', ''));
}

/**
 * What the wall clock of the schools shows. Days are counted between midnights, so that 23 h to 8 h
 * is one night and not zero.
 */
function clockOf(moment: Date): {
  readonly midnightUtcMs: number;
  readonly hour: number;
  readonly minute: number;
} {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: ZONE,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  });
  const parts = new Map(
    format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  return {
    midnightUtcMs: Date.UTC(part('year'), part('month') - 1, part('day')),
    hour: part('hour'),
    minute: part('minute'),
  };
}

function pad(minute: number): string {
  return String(minute).padStart(2, '0');
}
