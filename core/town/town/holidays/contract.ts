import type { DayTrouble } from '../../../roster/days.ts';
import type { OpenEndedPeriod } from '../../../roster/holiday-file.ts';
import type { HolidayZone } from '../../../roster/holiday-zones.ts';
import type { Period } from '../../../roster/holidays.ts';
import type { RosterFile } from '../../../roster/reading/contract.ts';
import type { ChangeOutcome, TownActor } from '../contract.ts';

/** A period of the town's zone. */
export interface SchoolHoliday extends Period {
  readonly id: number;
  readonly name: string;
  /** `2026-2027`. */
  readonly year: string;
  /** Typed in: no calendar takes it away. */
  readonly byHand: boolean;
}

export interface HolidayList {
  readonly zone: HolidayZone;
  /** In their order, from the running school year on. */
  readonly periods: readonly SchoolHoliday[];
}

export interface HolidayWish extends Period {
  readonly name: string;
}

export type HolidayTrouble =
  /** Empty or far too long. */
  | 'name'
  /** `past-day`: before this school year. */
  | DayTrouble
  | 'ends-before-it-begins'
  | 'too-long'
  /** There are as many as a zone may have. */
  | 'too-many';

export type CalendarGiven =
  /**
   * How many periods of the town's zone the file has, from the running year on; and of which only
   * the beginning is published.
   */
  | {
      readonly kind: 'given';
      readonly periods: number;
      readonly unended: readonly Pick<OpenEndedPeriod, 'name' | 'from'>[];
    }
  /** Nothing was read; why, in the reader's language. The machine gets both. */
  | { readonly kind: 'refused'; readonly reason: string; readonly sentence: string }
  /** No agent's, or the town has no zone yet. */
  | { readonly kind: 'missing' };

/** The school holidays that the town's agents have given in. */
export interface Holidays {
  /** Null for whoever doesn't act for the town, and before the town has a zone. */
  list(by: TownActor): Promise<HolidayList | null>;
  /**
   * Takes the official calendar: of each zone and year that it has, it takes the place of the one
   * before. All of the file, or nothing.
   */
  give(by: TownActor, file: RosterFile): Promise<CalendarGiven>;
  add(by: TownActor, wish: HolidayWish): Promise<ChangeOutcome<HolidayTrouble>>;
  /** False: not there, or not theirs. */
  remove(by: TownActor, id: number): Promise<boolean>;
}

/**
 * The days without class, as agents have given them in: this record of core, or `Name` of it alone.
 */
export interface WithHolidays<Name extends keyof Holidays = keyof Holidays> {
  readonly holidays: Pick<Holidays, Name>;
}
