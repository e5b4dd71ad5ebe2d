import { sql } from 'kysely';
import { jsonOf } from '../../ground/json.ts';
import type { ColumnMapping } from '../../roster/reading/contract.ts';
import { own } from '../own.ts';
import type { SchoolTx } from '../store.ts';

/** The names by which sources call this school. */
export async function sourcesOf(tx: SchoolTx): Promise<string[]> {
  const rows = await own(tx).selectFrom('roster_source').select('hint').execute();
  return rows.map(({ hint }) => hint);
}

export async function rememberSource(tx: SchoolTx, hint: string): Promise<void> {
  await own(tx)
    .insertInto('roster_source', { hint })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Headers that a school's files have had: each program writes its own. */
const MOST_MAPPINGS = 200;

/** The mappings that this school last used, by the hash of the header in hexadecimal. */
export async function mappingsOf(tx: SchoolTx): Promise<Readonly<Record<string, ColumnMapping>>> {
  const rows = await own(tx)
    .selectFrom('roster_mapping')
    .select(['header_hash', 'mapping'])
    .orderBy('used_at', 'desc')
    .limit(MOST_MAPPINGS)
    .execute();
  return Object.fromEntries(rows.map((row) => [row.header_hash.toString('hex'), row.mapping]));
}

export async function rememberMapping(
  tx: SchoolTx,
  headerHash: Buffer,
  mapping: ColumnMapping,
): Promise<void> {
  const text = jsonOf(mapping);
  await own(tx)
    .insertInto('roster_mapping', { header_hash: headerHash, mapping: text })
    .onConflict((conflict) =>
      conflict
        .columns(['school_id', 'header_hash'])
        .doUpdateSet({ mapping: text, used_at: sql<Date>`now()` }),
    )
    .execute();
}
