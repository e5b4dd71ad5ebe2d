import { sql } from 'kysely';
import type { ColumnMapping } from '../../roster/reading/read.ts';
import type { SchoolTx } from '../store.ts';

/** The names by which sources call this school. */
export async function sourcesOf(tx: SchoolTx): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('roster_source')
    .select('hint')
    .where('school_id', '=', tx.school)
    .execute();
  return rows.map(({ hint }) => hint);
}

export async function rememberSource(tx: SchoolTx, hint: string): Promise<void> {
  await tx.db
    .insertInto('roster_source')
    .values({ school_id: tx.school, hint })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The mapping that this school last used for files with this header; null when there is none. */
export async function mappingFor(tx: SchoolTx, headerHash: Buffer): Promise<ColumnMapping | null> {
  const row = await tx.db
    .selectFrom('roster_mapping')
    .select('mapping')
    .where('school_id', '=', tx.school)
    .where('header_hash', '=', headerHash)
    .executeTakeFirst();
  return (row?.mapping ?? null) as ColumnMapping | null;
}

export async function rememberMapping(
  tx: SchoolTx,
  headerHash: Buffer,
  mapping: ColumnMapping,
): Promise<void> {
  const text = JSON.stringify(mapping);
  await tx.db
    .insertInto('roster_mapping')
    .values({ school_id: tx.school, header_hash: headerHash, mapping: text })
    .onConflict((conflict) =>
      conflict
        .columns(['school_id', 'header_hash'])
        .doUpdateSet({ mapping: text, used_at: sql<Date>`now()` }),
    )
    .execute();
}
