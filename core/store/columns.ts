import type { ColumnType } from 'kysely';

/**
 * By what a file's person is known again: national number, name and birth date, name and mail
 * address, name and mobile phone, name alone (adults), a source's own id. Name and postal address
 * only tell namesakes apart.
 */
export type IdentityKind = 'ine' | 'born' | 'mail' | 'phone' | 'name' | 'sourced' | 'home';
export type BatchState = 'reading' | 'open' | 'applying' | 'over';
export type ImportState = 'applied' | 'undone' | 'rehearsed' | 'replaced';
/**
 * Onto what codes went: a sheet, a file for a mail merge, or the page of a teacher who made one
 * anew.
 */
export type SheetFormat = 'pdf' | 'csv' | 'screen' | 'import';
/** What the sweeper looks for. */
export type DueKind =
  | 'outbox'
  | 'hold'
  | 'draft'
  | 'rollover'
  | 'leaver'
  | 'pictures'
  | 'roster-draft'
  | 'closing'
  | 'moderation'
  | 'roster-questions'
  | 'absence'
  | 'report'
  | 'copy';
export type MembershipRole = 'pupil' | 'teacher' | 'aide';
export type MailboxUse = 'inbox' | 'drafts' | 'sent' | 'trash' | 'junk' | 'archive';
/**
 * How a message came: a person wrote it (`web`, `submission`), a stranger sent it (`mx`), the
 * service did (`system`), it was sent in somebody's name while they are away (`automatic`), or its
 * owner brought it along (`added`, `brought`).
 */
export type Origin = 'web' | 'submission' | 'mx' | 'system' | 'automatic' | 'added' | 'brought';
export type Json<T> = ColumnType<T, string, string>;
