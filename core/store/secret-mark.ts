import { existsSync } from 'node:fs';
import type pg from 'pg';
import { Fault } from '../ground/fault.ts';
import { loadSecret, markOf } from '../ground/secret.ts';
import { connect } from './migrate.ts';
import type { TownTx } from './store.ts';

/**
 * Makes sure that the service's secret is the one that this database was filled with, and makes it
 * where neither knows one yet. Throws a `Fault` 'configuration' where the file is gone, holds
 * something else, or is another town's: nothing is put in its place, since codes, second factors
 * and passwords of devices would fit no more.
 */
export async function requireSecret(databaseUrl: string, path: string): Promise<void> {
  const client = await connect(databaseUrl, 'PREAU_DATABASE_URL');
  try {
    const known = await knownMark(client);
    if (known !== null && !existsSync(path)) throw refused(path, 'gone');
    const mark = markOf(loadSecret(path));
    if (known === null)
      await client.query('insert into secret_mark (mark) values ($1) on conflict do nothing', [
        mark,
      ]);
    if (!(await knownMark(client))?.equals(mark)) throw refused(path, 'other');
  } finally {
    await client.end();
  }
}

/** The mark of the secret that a database was filled with; null: none is written down yet. */
export async function secretMark(tx: TownTx): Promise<Buffer | null> {
  const row = await tx.db.selectFrom('secret_mark').select('mark').executeTakeFirst();
  return row?.mark ?? null;
}

async function knownMark(client: pg.Client): Promise<Buffer | null> {
  const { rows } = await client.query<{ mark: Buffer }>('select mark from secret_mark');
  return rows[0]?.mark ?? null;
}

const WHY = {
  gone: ['n’est plus là', 'is gone'],
  other: ['n’est pas la clé de cette base de données', 'isn’t the key of this database'],
} as const;

function refused(path: string, why: keyof typeof WHY): Fault {
  const [fr, en] = WHY[why];
  return new Fault(
    'configuration',
    `PREAU_SECRET_FILE : ${path} ${fr} ; remettez-la par preau restore files, ou voyez preau secret renew. / ${path} ${en}; put it back by preau restore files, or see preau secret renew.`,
    { transient: false },
  );
}
