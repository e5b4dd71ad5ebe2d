import { sql } from 'kysely';
import type { AccountId, MailboxId, Uid } from '../../ground/ids.ts';
import { anyOf } from '../any-of.ts';
import { makeDue } from '../due.ts';
import { own, ownKept } from '../own.ts';
import type { SchoolTx } from '../store.ts';
import { moveSet } from './carrying.ts';
import { lockMailboxes, mailboxOf, setOf } from './entries.ts';
import { changeFlags } from './flags.ts';
import { lockNames, ownNames } from './mailbox-names.ts';
import { rangesOf } from './uid-set.ts';

/** When a letter comes back, and the mailbox that it goes to then; null: the inbox. */
interface Return {
  readonly uid: Uid;
  readonly at: Date;
  readonly backTo: MailboxId | null;
}

/** The mailbox of an account where letters wait for their hour. */
export interface Folder {
  readonly account: AccountId;
  readonly mailbox: MailboxId;
}

/** Its name for mail programs; where somebody has a folder of that name, this one has a number. */
const NAME = 'Plus tard';

/** Where an account's letters lie until they come back; made when the first one is put off. */
export async function mailboxForLater(tx: SchoolTx, account: AccountId): Promise<MailboxId> {
  const found = await mailboxOf(tx, account, 'later');
  if (found !== null) return found;
  await lockNames(tx, account);
  const names = await ownNames(tx, account);
  const made = names.find(({ use }) => use === 'later');
  if (made) return made.id;
  const taken = new Set(names.map(({ name }) => name));
  let name = NAME;
  for (let number = 2; taken.has(name); number += 1) name = `${NAME} ${number}`;
  // Its UIDVALIDITY is its number, as of any mailbox that is made later (`insertMailboxes`).
  const { rows } = await sql<{ id: MailboxId }>`
    with numbered as (select nextval(pg_get_serial_sequence('mailbox', 'id')) as id)
    insert into mailbox (school_id, id, account_id, name, use, uid_validity)
    overriding system value
    select ${tx.school}, id, ${account}, ${name}, 'later', id from numbered
    returning id
  `.execute(tx.db);
  return rows[0]?.id ?? Promise.reject(new Error('no mailbox was made'));
}

/** How many letters of an account wait for their hour. */
export async function countPutOff(tx: SchoolTx, account: AccountId): Promise<number> {
  const row = await ownKept(tx)
    .selectFrom('put_off_letter', { account_id: account })
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirst();
  return row?.count ?? 0;
}

/** Says when letters of the folder come back, or says it anew. */
export async function setReturns(
  tx: SchoolTx,
  { account, mailbox }: Folder,
  returns: readonly Return[],
): Promise<void> {
  if (returns.length === 0) return;
  const rows = await ownKept(tx)
    .insertInto(
      'put_off_letter',
      returns.map(({ uid, at, backTo }) => ({
        account_id: account,
        mailbox_id: mailbox,
        uid,
        back_to: backTo,
        returns_at: at,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['school_id', 'mailbox_id', 'uid'])
        .doUpdateSet((eb) => ({ returns_at: eb.ref('excluded.returns_at') })),
    )
    .returning(['id', 'returns_at'])
    .execute();
  await makeDue(
    tx,
    'put-off',
    rows.map(({ id, returns_at: at }) => ({ id, at })),
  );
}

/** When letters of the folder come back; those that have no hour are left out. */
export async function returnsOf(
  tx: SchoolTx,
  { account, mailbox }: Folder,
  uids: readonly Uid[],
): Promise<readonly Return[]> {
  const rows = await ownKept(tx)
    .selectFrom('put_off_letter', { account_id: account, mailbox_id: mailbox, uid: anyOf(uids) })
    .select(['uid', 'returns_at', 'back_to'])
    .orderBy('uid')
    .execute();
  return rows.map((row) => ({ uid: row.uid, at: row.returns_at, backTo: row.back_to }));
}

/** The folder that a row of `put_off_letter` lies in, and whose it is; null: it has left it. */
export async function folderOf(tx: SchoolTx, row: number): Promise<Folder | null> {
  const found = await ownKept(tx)
    .selectFrom('put_off_letter', { id: row })
    .select(['account_id', 'mailbox_id'])
    .executeTakeFirst();
  return found ? { account: found.account_id, mailbox: found.mailbox_id } : null;
}

/** Some letters of a folder come back, or those whose hour has come. */
type Which = { readonly uids: readonly Uid[] } | { readonly dueAt: Date };

/** Where letters have gone, and their UIDs there. */
export interface CameBack {
  readonly to: MailboxId;
  readonly uids: readonly Uid[];
  /** When they were to come back, by their new UIDs. */
  readonly hours: readonly Return[];
}

/**
 * Brings letters back to where they came from, unread and before all others: a new UID, and the
 * moment of their return as INTERNALDATE, by which lists and mail programs are ordered. All in the
 * caller's transaction: whoever is killed has moved nothing, and who comes second finds nothing.
 */
export async function bringBack(
  tx: SchoolTx,
  { account, mailbox }: Folder,
  which: Which,
): Promise<readonly CameBack[]> {
  const places = await ownNames(tx, account);
  const inbox = places.find(({ use }) => use === 'inbox')?.id;
  if (inbox === undefined) return [];
  const home = (backTo: MailboxId | null): MailboxId =>
    places.some(({ id }) => id === backTo && id !== mailbox) ? (backTo ?? inbox) : inbox;
  const before = await leaving(tx, { account, mailbox }, which);
  // Locked in the order of their ids, as whoever moves letters does; then looked at once more.
  await lockMailboxes(tx, [mailbox, ...before.map(({ backTo }) => home(backTo))]);
  const locked = new Set(before.map(({ uid }) => uid));
  const found = (await leaving(tx, { account, mailbox }, which)).filter(({ uid }) =>
    locked.has(uid),
  );
  const came: CameBack[] = [];
  for (const [to, those] of Map.groupBy(found, ({ backTo }) => home(backTo)))
    came.push(await back(tx, { from: mailbox, to, those }));
  return came;
}

/** A letter on its way out of the folder; some have no hour, put there by no act that gives one. */
type Leaving = Omit<Return, 'at'> & { readonly at: Date | null };

/** Finds the letters of the folder that go back now. */
async function leaving(tx: SchoolTx, folder: Folder, which: Which): Promise<readonly Leaving[]> {
  if ('uids' in which) {
    const known = new Map((await returnsOf(tx, folder, which.uids)).map((one) => [one.uid, one]));
    return which.uids.map((uid) => known.get(uid) ?? { uid, at: null, backTo: null });
  }
  const rows = await ownKept(tx)
    .selectFrom('put_off_letter', { mailbox_id: folder.mailbox })
    .select(['uid', 'returns_at', 'back_to'])
    .where('returns_at', '<=', which.dueAt)
    .orderBy('uid')
    .limit(MOST_AT_ONCE)
    .execute();
  return rows.map((row) => ({ uid: row.uid, at: row.returns_at, backTo: row.back_to }));
}

/** What comes back in one transaction; the rest is due still, and comes with the next look. */
const MOST_AT_ONCE = 500;

interface LettersBack {
  readonly from: MailboxId;
  readonly to: MailboxId;
  readonly those: readonly Leaving[];
}

async function back(tx: SchoolTx, { from, to, those }: LettersBack): Promise<CameBack> {
  const known = new Map<number, Leaving>(those.map((one) => [one.uid, one]));
  const carried = await moveSet(tx, { from, uids: setOf(those.map(({ uid }) => uid)), to });
  const uids = carried.to;
  if (uids.length === 0) return { to, uids, hours: [] };
  await changeFlags(tx, to, { uids: rangesOf(uids), flags: { seen: false }, unchangedSince: null });
  await own(tx)
    .updateTable('entry', { mailbox_id: to })
    .where('uid', '=', sql<Uid>`any(${uids}::bigint[])`)
    .set((eb) => ({
      first_at: eb.fn.coalesce('first_at', 'internal_date'),
      internal_date: sql<Date>`now()`,
      returned: 'later',
    }))
    .execute();
  const hours = carried.from.flatMap((old, at) => {
    const [one, uid] = [known.get(old), uids[at]];
    return one?.at && uid !== undefined ? [{ ...one, at: one.at, uid }] : [];
  });
  return { to, uids, hours };
}
