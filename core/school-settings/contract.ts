/** How one school wants its mail: what its head decides, and what is told to nobody else. */
import type { SchoolId, Viewer } from '../viewer.ts';

/** When pupils may send: days are 1 (Monday) to 7, hours `HH:MM` in the school's time zone. */
export interface OpeningHours {
  readonly days: readonly number[];
  readonly from: string;
  readonly to: string;
}

export interface SchoolWishes {
  /** Null: always open. */
  readonly opening: OpeningHours | null;
  /** Adults of the school write to no address outside the town. */
  readonly outsideForbidden: boolean;
  /** Pupils may write to every teacher of the school, not only to their own. */
  readonly pupilsReachAllTeachers: boolean;
  /** Pupils may read and write with a mail program. */
  readonly pupilPrograms: boolean;
}

export interface SchoolSettings extends SchoolWishes {
  readonly school: SchoolId;
  readonly schoolName: string;
  /** The mail of all pupils of this school is stopped; `moderation.stopPupilMail` does it. */
  readonly pupilMailStopped: boolean;
  /** The town has stopped it everywhere. */
  readonly townStopped: boolean;
}

export type SettingsSaved = 'saved' | 'bad-hours' | 'missing';

export interface Settings {
  /**
   * Null: not there, or not theirs: for the school's head, and for an agent who has opened the
   * school.
   */
  of(viewer: Viewer, school: SchoolId): Promise<SchoolSettings | null>;
  /** Whether the town has stopped the mail of all pupils; null for who isn't its agent. */
  townStopped(viewer: Viewer): Promise<boolean | null>;
  /**
   * Takes effect with the next message. `bad-hours`: no day, or an end that isn't after the
   * beginning.
   */
  save(viewer: Viewer, school: SchoolId, wishes: SchoolWishes): Promise<SettingsSaved>;
}
