import type { SchoolId } from '../../ground/ids.ts';
import type { OpeningHours } from '../../roster/hours.ts';

export interface SchoolWishes {
  /** Null: always open. */
  readonly opening: OpeningHours | null;
  /** Adults of the school write to no address outside the town. */
  readonly outsideForbidden: boolean;
  /** Pupils may write to every teacher of the school, not only to their own. */
  readonly pupilsReachAllTeachers: boolean;
  /** Pupils may read and write with a mail program. */
  readonly pupilPrograms: boolean;
  /** Pupils accept the charter before they write. */
  readonly hasCharter: boolean;
  /** Families say yes before their children write. */
  readonly asksFamilies: boolean;
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
