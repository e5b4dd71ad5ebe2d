import type { Night } from '../../ground/night-job.ts';
import type { Viewer } from '../../rules/viewer.ts';

/** What came of looking again at the letters of the last days. */
export interface RescanReport {
  readonly letters: number;
  /** How many had something that is known by now, and lie in no mailbox any more. */
  readonly taken: number;
  /** On how many the scanner gave no answer, asked twice: nobody knows whether they are harmful. */
  readonly silent: number;
}

/** A letter from outside that was refused for what is in it. */
export interface RefusedMail {
  /** Name and address as its header gave them: nobody proved them. */
  readonly sender: string;
  readonly subject: string;
  /** Whom it was meant for, by name. */
  readonly to: string;
  /** The school's name where it is another than the viewer's; null for their own. */
  readonly otherSchool: string | null;
  /** Why, by its name in `rules/reasons.ts`. */
  readonly why: string;
  /** The scanner's name for what it found; empty for none. */
  readonly detail: string;
  readonly at: Date;
}

/** Letters that turn out to be harmful once they are there. */
export interface Quarantine {
  /**
   * What was refused within 30 days: of the viewer's own mail, as head of their school's, as agent
   * of the schools that they have opened. The latest 100.
   */
  refused(viewer: Viewer): Promise<readonly RefusedMail[]>;
  /**
   * Has the scanner look again at the files that came from outside within the last seven days, and
   * takes out of everybody's mailboxes what it knows now: a notice stands in its place, the head of
   * the school hears of it, and the journal has it. Nothing to do where clamd has no newer
   * signatures than last time.
   */
  rescan(night: Night): Promise<RescanReport>;
  /** Forgets what was refused, and gives back to its writer what has waited, for 30 days. */
  tidy(night: Night): Promise<void>;
}

/**
 * Letters that turn out to be harmful once they are there: this record of core, or `Name` of it
 * alone.
 */
export interface WithQuarantine<Name extends keyof Quarantine = keyof Quarantine> {
  readonly quarantine: Pick<Quarantine, Name>;
}
