import type { AccountTables } from './tables/accounts.ts';
import type { ClassTables } from './tables/classes.ts';
import type { ImportTables } from './tables/imports.ts';
import type { MailTables } from './tables/mail.ts';
import type { ReportTables } from './tables/reports.ts';
import type { TownTables } from './tables/town.ts';

/**
 * The tables as Kysely sees them (migrations/ makes them, migrations/schema.sql shows them). Names
 * are the database's; nothing outside core/store knows them. Big integers come as numbers: ids stay
 * far below 2^53.
 */
export interface Database
  extends TownTables, ClassTables, ImportTables, AccountTables, MailTables, ReportTables {}
