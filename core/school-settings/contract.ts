import type { SchoolId } from '../ids.ts';
import type { SchoolWishes } from '../store/schools/school-settings.ts';
import type { Viewer } from '../viewer.ts';

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
