import { IDLE_MINUTES, SESSION_HOURS } from '../entry/accounts/accounts.ts';
import { ACTIVATION_DAYS } from '../entry/codes/sheets.ts';
import { KNOWN_DAYS } from '../entry/guessing/sign-in-limits.ts';
import { BACKUP_DAYS, BACKUP_GONE_DAYS, BODY_GONE_FROM_DAYS } from '../ground/backup-days.ts';
import { KEPT_MONTHS as REPORT_MONTHS } from '../mail/reports/due.ts';
import { DRAFT_DAYS, UNDO_DAYS } from '../roster/given-file.ts';
import { KEPT_DAYS } from '../school/imports/pending/town-batches.ts';
import { QUESTION_DAYS } from '../school/imports/questions/keep.ts';
import { KEPT_MONTHS } from '../school/leavers/leaver-due.ts';
import { PAPER_YEARS } from '../school/papers/moments.ts';
import { JOURNAL_YEARS } from '../store/chain.ts';
import type { Retention } from './readiness/contract.ts';
import { LINK_HOURS } from './town/setup.ts';

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
  paperYears: PAPER_YEARS,
  journalYears: JOURNAL_YEARS,
  backupDays: BACKUP_DAYS,
  backupGoneDays: BACKUP_GONE_DAYS,
  bodyGoneDays: BODY_GONE_FROM_DAYS,
};
