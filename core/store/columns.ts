import type { Database } from './tables.ts';

export type BatchState = Database['roster_batch']['state'];
export type ImportState = Database['roster_import']['state'];
/**
 * Onto what codes went: a sheet, a file for a mail merge, or the page of a teacher who made one
 * anew.
 */
export type SheetFormat = Database['code_sheet']['format'];
/** What the sweeper looks for. */
export type DueKind = Database['due']['kind'];
/**
 * How a message came: a person wrote it (`web`, `submission`), a stranger sent it (`mx`), the
 * service did (`system`), it was sent in somebody's name while they are away (`automatic`), or its
 * owner brought it along (`added`, `brought`).
 */
export type Origin = Database['message']['origin'];
