import { jsonOf } from '../../ground/json.ts';
import { NO_CHOICE, type SiteChoice } from '../../roster/sites.ts';
import type { SchoolTx } from '../store.ts';

/** What a school, or the town (school 0), keeps out of letters. */
export async function readSiteChoice(tx: SchoolTx): Promise<SiteChoice> {
  const row = await tx.db
    .selectFrom('school')
    .select('sites')
    .where('id', '=', tx.school)
    .executeTakeFirst();
  return { ...NO_CHOICE, ...row?.sites };
}

export async function saveSiteChoice(tx: SchoolTx, choice: SiteChoice): Promise<void> {
  await tx.db
    .updateTable('school')
    .set({ sites: jsonOf(choice) })
    .where('id', '=', tx.school)
    .execute();
}
