import type { SchoolId } from '../../ground/ids.ts';
import type { OpeningHours } from '../../roster/hours.ts';
import type { SchoolSwitches } from '../../roster/school-switches.ts';

export interface SchoolWishes extends SchoolSwitches {
  /** Null: always open. */
  readonly opening: OpeningHours | null;
}

export interface SchoolRow {
  readonly id: SchoolId;
  readonly slug: string;
  readonly name: string;
  /** The national code; null where it isn't known. */
  readonly uai: string | null;
  /** Its own domain; null where it has the town's. */
  readonly domain: string | null;
  readonly timeZone: string;
}
