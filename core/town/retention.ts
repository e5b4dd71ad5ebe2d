import { IDLE_MINUTES, SESSION_HOURS } from '../entry/accounts/accounts.ts';
import { ACTIVATION_DAYS } from '../entry/codes/sheets.ts';
import { KNOWN_DAYS } from '../entry/guessing/sign-in-limits.ts';
import { BACKUP_DAYS, BACKUP_GONE_DAYS } from '../ground/backup-days.ts';
import { KEPT_MONTHS as REPORT_MONTHS } from '../mail/reports/due.ts';
import { DRAFT_DAYS } from '../school/imports/pending/drafts.ts';
import { KEPT_DAYS } from '../school/imports/pending/town-batches.ts';
import { QUESTION_DAYS } from '../school/imports/questions/keep.ts';
import { UNDO_DAYS } from '../school/imports/undo-import.ts';
import { KEPT_MONTHS } from '../school/leavers/leaver-due.ts';
import { LINK_HOURS } from './town/setup.ts';

/** How long things are kept before they go by themselves, as the legal pages say it. */
export interface Retention {
  /** Mail and account of somebody who has left (arrêté of 30 November 2006, article 6). */
  readonly leaverMonths: number;
  /** What a child reported, once it is closed; the letter with it. */
  readonly reportMonths: number;
  /** A session of the pages, and one in which nothing happens. */
  readonly sessionHours: number;
  readonly idleMinutes: number;
  /** A code on paper that opens an account once. */
  readonly activationDays: number;
  /** The first agent's link. */
  readonly setupLinkHours: number;
  /** A roster file that nobody applied; a town's, with what became of each school. */
  readonly rosterDraftDays: number;
  readonly rosterBatchDays: number;
  /** A line of a roster that is in doubt, and that nobody answers about. */
  readonly rosterQuestionDays: number;
  /** What an import changed, so that it can be undone. */
  readonly undoDays: number;
  /** The sealed memory of a place from which somebody signed in. */
  readonly knownPlaceDays: number;
  /** Backups lead back so far, where they are made. */
  readonly backupDays: number;
  /** After so many days none of them has any more what was erased. */
  readonly backupGoneDays: number;
}

/** The very constants that the code goes by. */
export const RETENTION: Retention = {
  leaverMonths: KEPT_MONTHS,
  reportMonths: REPORT_MONTHS,
  sessionHours: SESSION_HOURS,
  idleMinutes: IDLE_MINUTES,
  activationDays: ACTIVATION_DAYS,
  setupLinkHours: LINK_HOURS,
  rosterDraftDays: DRAFT_DAYS,
  rosterBatchDays: KEPT_DAYS,
  rosterQuestionDays: QUESTION_DAYS,
  undoDays: UNDO_DAYS,
  knownPlaceDays: KNOWN_DAYS,
  backupDays: BACKUP_DAYS,
  backupGoneDays: BACKUP_GONE_DAYS,
};
