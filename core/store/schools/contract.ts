import type { SchoolId } from '../../ground/ids.ts';
import type { OpeningHours } from '../../roster/hours.ts';
import type { SchoolSwitches } from '../../roster/school-switches.ts';

export interface SchoolWishes extends SchoolSwitches {
  /** Null: always open. */
  readonly opening: OpeningHours | null;
}

/** What a school is still missing before its people come in. */
export interface SchoolReadiness {
  readonly id: SchoolId;
  readonly communeId: number | null;
  /** As lists name it. */
  readonly shownName: string;
  /** A domain of its own; null: the town's. */
  readonly domain: string | null;
  readonly pupils: number;
  /** Children and adults of the school; families apart. */
  readonly people: number;
  /** Those of them who have neither a password nor a code that is still good. */
  readonly withoutCode: number;
  readonly heads: number;
  /** Heads who have never chosen a password. */
  readonly headsNeverIn: number;
  /** When a head was last here, as far as a session says. */
  readonly headSeenAt: Date | null;
  /** When its last list was applied; null: never. */
  readonly listedAt: Date | null;
  /** Lines of its lists that wait for an answer. */
  readonly questions: number;
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
