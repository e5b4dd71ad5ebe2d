import type { AddressId, ClassId } from '../../ground/ids.ts';
import { own } from '../own.ts';
import type { SchoolTx } from '../store.ts';

interface BrowserRow {
  readonly secretHash: Buffer;
  readonly classes: readonly ClassId[];
}

/** A browser that still stands for its classes at `now`, or null. */
export async function browserRow(tx: SchoolTx, id: string, now: Date): Promise<BrowserRow | null> {
  const row = await own(tx)
    .selectFrom('class_browser', { id })
    .select('secret_hash')
    .where('expires_at', '>', now)
    .executeTakeFirst();
  if (!row) return null;
  const classes = await own(tx)
    .selectFrom('class_browser_class', { browser_id: id })
    .select('class_id')
    .orderBy('opened_at')
    .execute();
  return { secretHash: row.secret_hash, classes: classes.map((one) => one.class_id) };
}

interface NewBrowser {
  readonly id: string;
  readonly secretHash: Buffer;
  readonly now: Date;
  readonly expiresAt: Date;
}

/** Makes a browser known, or known anew under another secret. */
export async function saveBrowser(tx: SchoolTx, browser: NewBrowser): Promise<void> {
  await own(tx).deleteFrom('class_browser').where('expires_at', '<=', browser.now).execute();
  await own(tx)
    .insertInto('class_browser', {
      id: browser.id,
      secret_hash: browser.secretHash,
      opened_at: browser.now,
      expires_at: browser.expiresAt,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['school_id', 'id'])
        .doUpdateSet({ secret_hash: browser.secretHash, expires_at: browser.expiresAt }),
    )
    .execute();
}

interface ClassOnBrowser {
  readonly classId: ClassId;
  readonly by: AddressId;
  readonly at: Date;
}

export async function addClass(
  tx: SchoolTx,
  browser: string,
  opened: ClassOnBrowser,
): Promise<void> {
  await own(tx)
    .insertInto('class_browser_class', {
      browser_id: browser,
      class_id: opened.classId,
      opened_by: opened.by,
      opened_at: opened.at,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['school_id', 'browser_id', 'class_id'])
        .doUpdateSet({ opened_by: opened.by, opened_at: opened.at }),
    )
    .execute();
}

/** Shuts a class on every computer; gives how many showed it. */
export async function removeClass(tx: SchoolTx, classId: ClassId): Promise<number> {
  const gone = await own(tx)
    .deleteFrom('class_browser_class', { class_id: classId })
    .executeTakeFirst();
  return Number(gone.numDeletedRows);
}

/** On how many computers a class is open. */
export async function countBrowsers(tx: SchoolTx, classId: ClassId, now: Date): Promise<number> {
  const row = await tx.db
    .selectFrom('class_browser_class as c')
    .innerJoin('class_browser as b', (join) =>
      join.onRef('b.school_id', '=', 'c.school_id').onRef('b.id', '=', 'c.browser_id'),
    )
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('c.school_id', '=', tx.school)
    .where('c.class_id', '=', classId)
    .where('b.expires_at', '>', now)
    .executeTakeFirst();
  return row?.count ?? 0;
}
