import { shownAt, type WallClock } from '../ground/clock.ts';
import { DAY_MS } from '../ground/spans.ts';

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
export function dateInWords(iso: string, clock: WallClock): string | null {
  const { language, timeZone, now } = clock;
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime()) || moment <= now) return null;
  const said = SAID[language];
  const then = shownAt(moment, timeZone);
  const [hour, minute] = [then.getUTCHours(), then.getUTCMinutes()];
  // Days are counted between midnights, so that 23 h to 8 h is one night and not zero.
  const midnights = [then, shownAt(now, timeZone)].map((at) => Math.floor(at.getTime() / DAY_MS));
  const [day = 0, today = 0] = midnights;
  return dayInWords(then, day - today, said) + (hour || minute ? said.at(hour, minute) : '');
}

/** `shown`: on the reader's clock. */
function dayInWords(shown: Date, days: number, said: (typeof SAID)['fr' | 'en']): string {
  const near = said.near[days];
  if (near) return near;
  const written = (parts: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(said.locale, { ...parts, timeZone: 'UTC' }).format(shown);
  if (days < 7) return said.weekday(written({ weekday: 'long' }));
  return said.far(written({ weekday: 'long', day: 'numeric', month: 'long' }).replace(',', ''));
}

function pad(minute: number): string {
  return String(minute).padStart(2, '0');
}
