import { sql } from 'kysely';
import type { AddressId, SchoolId } from '../../ground/ids.ts';
import { holdPlaces } from '../bodies/moving.ts';
import { IS_OF_NOBODY } from '../mail/of-nobody.ts';
import type { SchoolTx, TownTx } from '../store.ts';
import { settleQuotas } from '../town/quotas.ts';

/** Accounts on their way from one school to another. */
interface Carriage {
  readonly from: SchoolId;
  readonly to: SchoolId;
  readonly addresses: readonly AddressId[];
}

/** What lies in somebody's own cupboard. */
const IN_THEIRS =
  "cupboard_id in (select id from cupboard where account_id = any($) and school_id = current_setting('preau.school')::integer)";
const OF_THEIRS = `item_id in (select id from cupboard_item where ${IN_THEIRS})`;
/** Bytes that stand in somebody's notebook, or lie in their cupboard. */
const THEIR_BYTES = `sha256 in (
    select sha256 from notebook_page where account_id = any($)
    union select sha256 from cupboard_item where sha256 is not null and ${IN_THEIRS}
    union select sha256 from cupboard_version where ${OF_THEIRS})`;

/**
 * What an account's mail lies in, parents first, and which rows of it are somebody's. `$` is the
 * list of account ids, `@` that of addresses.
 */
const OWN: readonly (readonly [table: string, rows: string])[] = [
  ['account', 'id = any($)'],
  [
    'message',
    `id in (
    select e.message_id from entry e join mailbox b on b.school_id = e.school_id and b.id = e.mailbox_id where b.account_id = any($)
    union select message_id from outbox where account_id = any($))`,
  ],
  [
    'held_elsewhere',
    `message_id in (select e.message_id from entry e join mailbox b on b.school_id = e.school_id and b.id = e.mailbox_id where b.account_id = any($) and b.use = 'sent')`,
  ],
  ['mailbox', 'account_id = any($)'],
  ['entry', 'mailbox_id in (select id from mailbox where account_id = any($))'],
  ['expunged', 'mailbox_id in (select id from mailbox where account_id = any($))'],
  // Annotations of one's own mailboxes, and of oneself; what others noted for themselves about
  // them, and one's own notes about theirs, end.
  [
    'annotation',
    `coalesce(account_id = any($), true) and (mailbox_id in (select id from mailbox where account_id = any($)) or (mailbox_id is null and account_id = any($)))`,
  ],
  ['outbox', 'account_id = any($)'],
  ['waiting_draft', 'account_id = any($)'],
  // Only of messages that go along; the others' end with the account.
  [
    'acknowledgement',
    `account_id = any($) and message_id in (select e.message_id from entry e join mailbox b on b.school_id = e.school_id and b.id = e.mailbox_id where b.account_id = any($))`,
  ],
  // What has left goes along; a copy that waits does with its letter.
  [
    'letter_copy',
    `account_id = any($) and (message_id is null or message_id in (select e.message_id from entry e join mailbox b on b.school_id = e.school_id and b.id = e.mailbox_id where b.account_id = any($)))`,
  ],
  ['sending', 'account_id = any($)'],
  ['contact', 'from_address_id = any(@)'],
  // What was given back to a child, as bytes: the pages themselves are found by their key.
  ['stored_body', THEIR_BYTES],
  ['stored_body_piece', THEIR_BYTES],
  // Where bytes lie that the database has no more: the same object is of both schools meanwhile.
  [
    'away_body',
    `(message_id in (
    select e.message_id from entry e join mailbox b on b.school_id = e.school_id and b.id = e.mailbox_id where b.account_id = any($)
    union select message_id from outbox where account_id = any($)) or ${THEIR_BYTES})`,
  ],
  ['cupboard', 'account_id = any($)'],
  ['cupboard_item', IN_THEIRS],
  ['cupboard_version', OF_THEIRS],
  // What was reported stays with the school that looks after it; who is kept apart goes along.
  ['kept_apart', '(one_address_id = any(@) or other_address_id = any(@))'],
];
/**
 * These end with the post, and don't move: sign-ins, codes that one school printed, rights on
 * mailboxes of that school, files that are just on their way.
 */
const ENDING = new Set([
  'session',
  'last_act',
  'mailbox_right',
  'leaver',
  'activation_code',
  'picture_code',
  'app_password',
  'coming_file',
]);

/**
 * Moves accounts to another school with all their mail: the same ids, UIDs and UIDVALIDITY, so that
 * a mail program sees nothing (RFC 9051 §2.3.1.1). Messages that others of the old school have too
 * stay there as well. Sign-ins end. Whatever table comes to hold something of an account is found
 * by its foreign key and moves along.
 *
 * Row-level security shows one school at a time: rows go by way of temporary tables, never through
 * this process.
 */
export async function carryAccounts(tx: TownTx, { from, to, addresses }: Carriage): Promise<void> {
  if (addresses.length === 0) return;
  const old = await tx.in(from);
  await holdPlaces(old, 'carrier');
  const accounts = await lockAccounts(old, addresses);
  if (accounts.length === 0) return;
  const others = await otherTables(old);
  const tables = [...OWN, ...others.filter(([table]) => !ENDING.has(table))];
  for (const [table] of others.filter((one) => ENDING.has(one[0])))
    await sql`
      delete from ${sql.table(table)}
      where school_id = ${from} and account_id = any(${accounts}::bigint[])
    `.execute(old.db);
  for (const [table, rows] of tables)
    await sql`
      create temporary table ${sql.table(`moving_${table}`)} on
      commit
      drop as
      select *
      from ${sql.table(table)}
      where school_id = ${from} and ${chosen(rows, accounts, addresses)}
    `.execute(old.db);
  const next = await tx.in(to);
  for (const [table] of tables) await arrive(next, table);
  await settleQuotas(next);
  await sql`
    update due
    set school_id = ${to}
    where school_id = ${from}
      and (
        (kind = 'outbox' and row_id in (select id from moving_outbox))
        or (kind = 'draft' and row_id in (select id from moving_waiting_draft))
        or (kind = 'put-off' and row_id in (select id from moving_put_off_letter))
        or (kind = 'answer' and row_id in (select id from moving_awaited_answer))
        or (kind = 'absence' and row_id in (select id from moving_absence_reply))
        or (kind = 'copy' and row_id in (select id from moving_letter_copy))
      )
  `.execute(next.db);
  const back = await tx.in(from);
  for (const [table] of tables.toReversed()) await depart(back, table);
  for (const [table] of tables)
    await sql`drop table ${sql.table(`moving_${table}`)}`.execute(back.db);
  await sql`
    update address
    set school_id = ${to}, present_in = array_remove(present_in, ${to})
    where id = any(${[...addresses]}::bigint[]) and school_id = ${from}
  `.execute(tx.db);
}

/**
 * Deliveries to these mailboxes wait until the move is done, and then look for them anew; so does
 * whoever sends what is in the outbox.
 */
async function lockAccounts(tx: SchoolTx, addresses: readonly AddressId[]): Promise<number[]> {
  const { rows } = await sql<{
    id: number;
  }>`
    select id
    from account
    where school_id = ${tx.school} and address_id = any(${[...addresses]}::bigint[])
    order by id
    for update
  `.execute(tx.db);
  const accounts = rows.map(({ id }) => id);
  for (const table of ['mailbox', 'outbox'])
    await sql`
      select id
      from ${sql.table(table)}
      where school_id = ${tx.school} and account_id = any(${accounts}::bigint[])
      order by id
      for update
    `.execute(tx.db);
  return accounts;
}

async function otherTables(tx: SchoolTx): Promise<(readonly [string, string])[]> {
  const known = new Set(OWN.map(([table]) => table));
  const found = await accountTables(tx);
  return found
    .filter(({ table }) => !known.has(table))
    .map(({ table, column }) => [table, `${column} = any($)`] as const);
}

export const accountTables = (tx: SchoolTx) => tablesNaming(tx, 'account');

/** Every table that names an account, or a class, by a foreign key, and the column that does. */
export async function tablesNaming(
  tx: SchoolTx,
  named: 'account' | 'class',
): Promise<{ readonly table: string; readonly column: string }[]> {
  const { rows } = await sql<{ table: string; column: string }>`
    select c.relname as table, a.attname as column
    from pg_constraint k
      join pg_class c on c.oid = k.conrelid
      join pg_attribute a on a.attrelid = k.conrelid
      and a.attnum = k.conkey[2]
    where k.contype = 'f' and k.confrelid = ${named}::regclass
    order by c.relname, a.attname
  `.execute(tx.db);
  return rows;
}

function chosen(rows: string, accounts: readonly number[], addresses: readonly AddressId[]) {
  const parts = rows.split(/(\$|@)/).map((part) => {
    if (part === '$') return sql`${[...accounts]}::bigint[]`;
    return part === '@' ? sql`${[...addresses]}::bigint[]` : sql.raw(part);
  });
  return sql.join(parts, sql.raw(' '));
}

/**
 * A message that is there already, from an earlier move, is the same one: ids are given once in a
 * town.
 */
async function arrive(tx: SchoolTx, table: string): Promise<void> {
  const { rows } = await sql<{ column: string }>`
    select attname as column
    from pg_attribute
    where attrelid = ${table}::regclass
      and attnum > 0
      and not attisdropped
      and attname <> 'school_id'
      and attgenerated = ''
    order by attnum
  `.execute(tx.db);
  const columns = sql.raw(rows.map(({ column }) => `"${column}"`).join(', '));
  await sql`
    insert into ${sql.table(table)} (school_id, ${columns})
    overriding system value
    select ${tx.school}, ${columns}
    from ${sql.table(`moving_${table}`)}
    on conflict do nothing
  `.execute(tx.db);
}

async function depart(tx: SchoolTx, table: string): Promise<void> {
  // Others may have the same file: bytes that nothing names any more go by night, and where bytes
  // lie goes with what is theirs.
  if (table.startsWith('stored_body') || table === 'away_body') return;
  if (table === 'message') {
    await sql`
      delete from message m using moving_message gone
      where m.school_id = ${tx.school}
        and m.id = gone.id
        and ${IS_OF_NOBODY}
    `.execute(tx.db);
    return;
  }
  const { rows } = await sql<{ column: string }>`
    select a.attname as column
    from pg_constraint k
      join pg_attribute a on a.attrelid = k.conrelid
      and a.attnum = any(k.conkey)
    where k.contype = 'p' and k.conrelid = ${table}::regclass and a.attname <> 'school_id'
  `.execute(tx.db);
  const same = sql.raw(rows.map(({ column }) => `t."${column}" = gone."${column}"`).join(' and '));
  await sql`
    delete from ${sql.table(table)} t using ${sql.table(`moving_${table}`)} gone
    where t.school_id = ${tx.school} and ${same}
  `.execute(tx.db);
}

/**
 * Ends what people have in a school that they leave for another: classes and posts up to the day
 * before; family ties go along as they are, whatever is said of them.
 */
export async function endTies(
  tx: TownTx,
  { from, to, addresses }: Carriage,
  day: string,
): Promise<void> {
  if (addresses.length === 0) return;
  const ids = sql`${[...addresses]}::bigint[]`;
  const old = await tx.in(from);
  for (const [table, column] of [
    ['membership', 'address_id'],
    ['post', 'address_id'],
    ['accompaniment', 'pupil_address_id'],
  ] as const)
    await sql`
      update ${sql.table(table)}
      set until_date = ${day}::date - 1
      where school_id = ${from}
        and ${sql.ref(column)} = any(${ids})
        and (until_date is null or until_date >= ${day}::date)
    `.execute(old.db);
  const { rows: ties } = await sql<{ guardian: AddressId; tie: unknown }>`
    delete from guardianship
    where school_id = ${from} and child_address_id = any(${ids})
    returning guardian_address_id as guardian, to_jsonb(guardianship) as tie
  `.execute(old.db);
  const next = await tx.in(to);
  await sql`
    insert into guardianship
    select tie.*
    from jsonb_populate_recordset(null::guardianship,
        ${JSON.stringify(ties.map(({ tie }) => tie))}::jsonb) came,
      jsonb_populate_record(came, jsonb_build_object('school_id', ${to}::integer)) tie
    on conflict (school_id, child_address_id, guardian_address_id) do update
    set blocked = guardianship.blocked or excluded.blocked,
      silent = guardianship.silent or excluded.silent
  `.execute(next.db);
  await addPresence(
    tx,
    ties.map(({ guardian }) => guardian),
    to,
  );
}

/** Notes that people whose home is elsewhere are in this school too. */
export async function addPresence(
  tx: TownTx,
  addresses: readonly AddressId[],
  school: SchoolId,
): Promise<void> {
  if (addresses.length === 0) return;
  await sql`
    update address
    set present_in = present_in || ${school}::integer
    where id = any(${[...addresses]}::bigint[])
      and school_id <> ${school}
      and not (${school} = any(present_in))
  `.execute(tx.db);
}
