import { momentOf, shownAt } from '../../core/ground/clock.ts';
import { MINUTE_MS } from '../../core/ground/spans.ts';
import { isDay } from '../../core/roster/days.ts';

const MOMENT = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::(\d\d))?(Z|[+-]\d\d:\d\d)?$/;

/**
 * A moment as somebody typed it, `2026-11-25T10:42`, on a clock of this zone where it has no offset
 * of its own; null for what is none.
 */
export function readMoment(typed: string, timeZone: string): Date | null {
  const [, date = '', time = '', seconds = '00', offset] = MOMENT.exec(typed.trim()) ?? [];
  if (!isDay(date)) return null;
  const asUtc = new Date(`${date}T${time}:${seconds}${offset ?? 'Z'}`);
  if (Number.isNaN(asUtc.getTime())) return null;
  if (offset !== undefined) return asUtc;
  return new Date(momentOf(date, time, timeZone).getTime() + Number(seconds) * 1_000);
}

/** A moment for a person, with its offset: typed on any machine it is the same. */
export function showMoment(at: Date, timeZone: string): string {
  const shown = shownAt(at, timeZone);
  const ahead = Math.round((shown.getTime() - at.getTime()) / MINUTE_MS);
  const [hours, minutes] = [Math.trunc(Math.abs(ahead) / 60), Math.abs(ahead) % 60].map((part) =>
    String(part).padStart(2, '0'),
  );
  return `${shown.toISOString().slice(0, 19)}${ahead < 0 ? '-' : '+'}${hours}:${minutes}`;
}
