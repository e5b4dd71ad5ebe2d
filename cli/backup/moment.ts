import { momentOf } from '../../core/clock.ts';

/**
 * The clock that a minute without an offset is read on: on an empty machine no town says its own.
 */
const ZONE = 'Europe/Paris';
const MOMENT = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::(\d\d))?(Z|[+-]\d\d:\d\d)?$/;

/** A moment as somebody typed it, `2026-11-25T10:42`; null for what is none. */
export function readMoment(typed: string): Date | null {
  const match = MOMENT.exec(typed.trim());
  if (match === null) return null;
  const [, date = '', time = '', seconds = '00', offset] = match;
  const asUtc = new Date(`${date}T${time}:${seconds}${offset ?? 'Z'}`);
  if (Number.isNaN(asUtc.getTime())) return null;
  if (offset !== undefined) return asUtc;
  return new Date(momentOf(date, time, ZONE).getTime() + Number(seconds) * 1_000);
}

/** A moment for a person, as they may type it too. */
export function showMoment(at: Date): string {
  const onClock = new Intl.DateTimeFormat('sv-SE', {
    dateStyle: 'short',
    timeStyle: 'medium',
    timeZone: ZONE,
  }).format(at);
  return `${onClock.replace(' ', 'T')} (${ZONE})`;
}
