import { sql } from 'kysely';
import type { AddressId, SchoolId } from '../../ground/ids.ts';
import { own } from '../own.ts';
import type { SchoolTx, TownTx } from '../store.ts';
import { putBack, readImage, sameRow, type Change } from './roster-image.ts';
import { changesOf, type CarriedPerson, type ImportChanges } from './roster-imports.ts';
import { accountTables, carryAccounts } from './school-move.ts';
import { laterTies, usedClasses } from './used-since.ts';

type UndoneRows =
  /** With the rows that were put back, as the import had changed them. */
  | { readonly kind: 'undone'; readonly changes: ReadonlyMap<SchoolId, readonly Change[]> }
  /** Accounts that the import made and that have mail or files by now. Nothing was changed. */
  | { readonly kind: 'mail-would-be-lost'; readonly addresses: readonly string[] }
  /** Classes that the import made and in which people made something. Nothing was changed. */
  | { readonly kind: 'classes-in-use'; readonly classes: readonly string[] }
  /** So many rows are no longer as the import left them. Nothing was changed. */
  | { readonly kind: 'changed-since'; readonly rows: number };

/**
 * Puts every row back that an import changed, in its school and in those that it moved people from
 * or to. Looks at everything first: either all of it is put back, or nothing is touched. Addresses
 * stay given, to the same people.
 */
export async function undoRows(
  tx: TownTx,
  of: { readonly school: SchoolId; readonly id: number },
): Promise<UndoneRows> {
  const own = await changesOf(await tx.in(of.school), of);
  const parts = new Map<SchoolId, ImportChanges>([[of.school, own]]);
  for (const school of new Set(own.carried.flatMap(({ from, to }) => [from, to])))
    if (!parts.has(school)) parts.set(school, await changesOf(await tx.in(school), of));
  const refused = await whyNot(tx, parts, own.carried);
  if (refused !== null) return refused;
  for (const [school, { rows }] of parts)
    await forgetAccounts(await tx.in(school), madeIds(rows, 'account'));
  for (const [school, { rows }] of parts)
    await forgetClasses(await tx.in(school), madeIds(rows, 'class'));
  await giveBack(tx, parts, own.carried);
  return {
    kind: 'undone',
    changes: new Map([...parts].map(([school, { rows }]) => [school, rows])),
  };
}

/** What undoing would take from people, or can't give back; null: nothing. */
async function whyNot(
  tx: TownTx,
  parts: ReadonlyMap<SchoolId, ImportChanges>,
  carried: readonly CarriedPerson[],
): Promise<Exclude<UndoneRows, { kind: 'undone' }> | null> {
  const lost: string[] = [];
  const used: string[] = [];
  for (const [school, { rows }] of parts) {
    const inSchool = await tx.in(school);
    lost.push(...(await withMail(inSchool, madeIds(rows, 'account'))));
    used.push(...(await usedClasses(inSchool, madeIds(rows, 'class'))));
  }
  if (lost.length > 0) return { kind: 'mail-would-be-lost', addresses: lost.sort() };
  if (used.length > 0) return { kind: 'classes-in-use', classes: used };
  const changed = await changedSince(tx, parts, carried);
  return changed > 0 ? { kind: 'changed-since', rows: changed } : null;
}

/**
 * First what came, then the people who were carried, then what had gone: each step finds the rows
 * that it leans on.
 */
async function giveBack(
  tx: TownTx,
  parts: ReadonlyMap<SchoolId, ImportChanges>,
  carried: readonly CarriedPerson[],
): Promise<void> {
  for (const [school, { rows }] of parts)
    await putBack(
      await tx.in(school),
      rows.filter(({ before }) => before === null),
    );
  for (const people of Map.groupBy(carried, ({ from, to }) => `${from} ${to}`).values()) {
    const [first] = people;
    if (first === undefined) continue;
    // Back to where they came from.
    const { from: to, to: from } = first;
    await carryAccounts(tx, { from, to, addresses: people.map(({ address }) => address) });
    const home = await tx.in(to);
    for (const { address, before } of people) {
      await own(home)
        .updateTable('account', { address_id: address })
        .set({
          given_name: before.givenName,
          family_name: before.familyName,
          display_name: `${before.givenName} ${before.familyName}`,
          state: before.state,
        })
        .execute();
    }
  }
  for (const [school, { rows }] of parts)
    await putBack(
      await tx.in(school),
      rows.filter(({ before }) => before !== null),
    );
  for (const [school, { rows }] of parts) await leadNowhere(await tx.in(school), rows);
}

/**
 * Counts the rows that aren't as the import left them, those that came to lean on what it made, and
 * the people who are no longer where it brought them.
 */
async function changedSince(
  tx: TownTx,
  parts: ReadonlyMap<SchoolId, ImportChanges>,
  carried: readonly CarriedPerson[],
): Promise<number> {
  const all = [...parts.values()].flatMap(({ rows }) => rows);
  const addresses = madeRows(all, 'account').map((row) => row.address_id);
  const made = { classes: new Set(madeIds(all, 'class')), addresses: new Set(addresses) };
  let changed = 0;
  for (const school of new Set([...parts.keys(), ...(await presentIn(tx, addresses))])) {
    const now = await readImage(await tx.in(school));
    const rows = parts.get(school)?.rows ?? [];
    changed += laterTies(now, rows, made);
    changed += rows.filter(
      ({ table, key, after }) => !sameRow(now[table].get(key) ?? null, after),
    ).length;
  }
  for (const person of carried) changed += (await isAt(tx, person)) ? 0 : 1;
  return changed;
}

/** The schools in which these people are beside their own. */
async function presentIn(tx: TownTx, addresses: readonly AddressId[]): Promise<SchoolId[]> {
  if (addresses.length === 0) return [];
  const { rows } = await sql<{ school: SchoolId }>`
    select distinct unnest(present_in) as school
    from address
    where id = any(${[...addresses]}::bigint[])
  `.execute(tx.db);
  return rows.map(({ school }) => school);
}

/** The rows of a table that the import made. */
function madeRows(rows: readonly Change[], table: 'account' | 'class') {
  return rows.flatMap((row) =>
    (row.table === 'account' || row.table === 'class') &&
    row.table === table &&
    row.before === null &&
    row.after !== null
      ? [row.after]
      : [],
  );
}

const madeIds = (rows: readonly Change[], table: 'account' | 'class'): number[] =>
  madeRows(rows, table).map(({ id }) => id);

/** Addresses of accounts that hold a message or a file, or wrote one. */
async function withMail(tx: SchoolTx, accounts: readonly number[]): Promise<string[]> {
  if (accounts.length === 0) return [];
  const { rows } = await sql<{ address: string }>`
    select d.local || '@' || d.domain as address
    from account a join address d on d.id = a.address_id
    where a.school_id = ${tx.school}
      and a.id = any(${[...accounts]}::bigint[])
      and (
        exists (
          select
          from mailbox b join entry e on e.school_id = b.school_id and e.mailbox_id = b.id
          where b.school_id = a.school_id and b.account_id = a.id
        )
        or exists (select from outbox o where o.school_id = a.school_id and o.account_id = a.id)
        or exists (
          select
          from message m
          where m.school_id = a.school_id and m.sender_address_id = a.address_id
        )
        or exists (
          select
          from hold h
          where h.school_id = a.school_id
            and h.recipient_address_id = a.address_id
            and h.state = 'waiting'
        )
        or exists (
          select
          from notebook_page n
          where n.school_id = a.school_id and n.account_id = a.id
        )
        or exists (
          select
          from cupboard p join cupboard_item i on i.school_id = p.school_id and i.cupboard_id = p.id
          where p.school_id = a.school_id and p.account_id = a.id
        )
      )
  `.execute(tx.db);
  return rows.map(({ address }) => address);
}

async function isAt(tx: TownTx, { address, to }: CarriedPerson): Promise<boolean> {
  const row = await tx.db
    .selectFrom('address')
    .select('school_id')
    .where('id', '=', address)
    .executeTakeFirst();
  return row?.school_id === to;
}

/** Takes away what hangs on accounts that are about to go: empty mailboxes, sign-ins, codes. */
async function forgetAccounts(tx: SchoolTx, accounts: readonly number[]): Promise<void> {
  if (accounts.length === 0) return;
  for (const { table, column } of await accountTables(tx)) {
    if (table === 'leaver') continue;
    await sql`
      delete from ${sql.table(table)}
      where school_id = ${tx.school} and ${sql.ref(column)} = any(${[...accounts]}::bigint[])
    `.execute(tx.db);
  }
}

/**
 * Takes away what hangs on classes that are about to go: they are shut on every computer, and a
 * sheet that was printed for one is nobody's.
 */
async function forgetClasses(tx: SchoolTx, classes: readonly number[]): Promise<void> {
  if (classes.length === 0) return;
  await sql`
    delete from class_browser_class
    where school_id = ${tx.school} and class_id = any(${[...classes]}::bigint[])
  `.execute(tx.db);
  await sql`
    update code_sheet
    set class_id = null
    where school_id = ${tx.school} and class_id = any(${[...classes]}::bigint[])
  `.execute(tx.db);
}

/** Addresses of accounts and classes that are gone are kept for them and lead nowhere. */
async function leadNowhere(tx: SchoolTx, rows: readonly Change[]): Promise<void> {
  const gone = [...madeRows(rows, 'account'), ...madeRows(rows, 'class')];
  const ids = gone.map((row) => row.address_id);
  await sql`
    update address
    set target_id = null
    where id = any(${ids}::bigint[]) and school_id = ${tx.school}
  `.execute(tx.db);
  const classes = madeIds(rows, 'class');
  await sql`
    update address
    set target_id = null
    where school_id = ${tx.school}
      and kind = 'class-families'
      and target_id = any(${classes}::bigint[])
  `.execute(tx.db);
}
