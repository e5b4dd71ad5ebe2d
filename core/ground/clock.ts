import type { Language } from './ids.ts';

/**
 * The one clock: what a wall clock of a zone shows at a moment, and back. It is always given its
 * zone, an IANA name, and never asks the machine for the time.
 */

/**
 * The clock on somebody's wall: by which zone it goes, in which language it is read, and what it is
 * now. A school's or the town's: there is none without a zone (core/decisions/0083-one-clock.md).
 */
export interface WallClock {
  readonly timeZone: string;
  readonly language: Language;
  readonly now: Date;
}

/** A day and a time of day on a wall clock. */
interface Shown {
  /** 1 (Monday) to 7. */
  readonly weekday: number;
  /** `HH:MM`. */
  readonly time: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
}

/** What a clock in this zone shows. */
export function clockAt(moment: Date, timeZone: string): Shown {
  const shown = shownAt(moment, timeZone);
  return {
    weekday: shown.getUTCDay() || 7,
    time: `${twoDigits(shown.getUTCHours())}:${twoDigits(shown.getUTCMinutes())}`,
    date: dayAt(moment, timeZone),
  };
}

const twoDigits = (count: number): string => (count < 10 ? `0${count}` : String(count));

/** The day it is in this zone, `YYYY-MM-DD`. */
export function dayAt(moment: Date, timeZone: string): string {
  return slotOf(moment, timeZone).date;
}

/**
 * The moment when a clock in this zone shows `time` (`HH:MM`) on `date`. A time that is twice, when
 * summer time ends, is the first of the two.
 */
export function momentOf(date: string, time: string, timeZone: string): Date {
  const wanted = Date.parse(`${date}T${time}:00Z`);
  const aheadMs = (at: number): number => slotOf(new Date(at), timeZone).aheadMs;
  const first = wanted - aheadMs(wanted);
  return new Date(wanted - aheadMs(first));
}

/**
 * What a clock in this zone shows, as the UTC parts of a date: for whoever reckons or writes with
 * them.
 */
export function shownAt(moment: Date, timeZone: string): Date {
  return new Date(moment.getTime() + slotOf(moment, timeZone).aheadMs);
}

const SLOT_MS = 900_000;
/** Slots that are kept of a zone: those of a few years of mail. Beyond it all begins anew. */
const MOST_KEPT = 20_000;
/**
 * Between them Intl tells years by four digits; clocks before and after go as at the nearest. A
 * letter's day may be any from 0001 to 9999 (RFC 9051 §9 `date-year`).
 */
const [FIRST_TOLD, LAST_TOLD] = [Date.UTC(1000, 0, 2), Date.UTC(9999, 11, 30)];
/** There are as many as zones. */
const zones = new Map<string, Zone>();

interface Zone {
  readonly format: Intl.DateTimeFormat;
  readonly slots: Map<number, Slot>;
}

/** A quarter of an hour: clocks are changed at full ones, and days begin at one. */
interface Slot {
  /** By how much the zone's clock is ahead of UTC. */
  readonly aheadMs: number;
  readonly date: string;
}

/**
 * Intl is asked once for each slot: a list has forty dates, and to ask for each took a tenth of a
 * page; a class mail asks for the day a thousand times within a minute.
 */
function slotOf(moment: Date, timeZone: string): Slot {
  const zone = zones.get(timeZone) ?? openZone(timeZone);
  const number = Math.floor(moment.getTime() / SLOT_MS);
  const known = zone.slots.get(number);
  if (known !== undefined) return known;
  const at = number * SLOT_MS;
  const aheadMs = aheadAt(zone.format, Math.min(Math.max(at, FIRST_TOLD), LAST_TOLD));
  const [date = ''] = new Date(at + aheadMs).toISOString().split('T');
  const slot = { aheadMs, date };
  if (zone.slots.size >= MOST_KEPT) zone.slots.clear();
  zone.slots.set(number, slot);
  return slot;
}

function aheadAt(format: Intl.DateTimeFormat, at: number): number {
  const [day = '', time = ''] = format.format(at).split(', ');
  return Date.parse(`${day.split('/').reverse().join('-')}T${time}Z`) - at;
}

function openZone(timeZone: string): Zone {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  const zone = { format, slots: new Map<number, Slot>() };
  zones.set(timeZone, zone);
  return zone;
}
