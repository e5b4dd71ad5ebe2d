import type { AccountId } from '../../ground/ids.ts';
import { jsonOf } from '../../ground/json.ts';
import type { Portrait } from '../../ground/portraits.ts';
import type { OwnHours } from '../../roster/own-hours.ts';
import { ownKept } from '../own.ts';
import type { SchoolTx } from '../store.ts';
import type { OwnAbsence } from './contract.ts';

/** What an adult has said of themselves. */
interface PresenceRow {
  readonly portrait: Portrait | null;
  readonly signature: string;
  /** The same with its formatting; null where it has none. */
  readonly signatureHtml: string | null;
  readonly hours: OwnHours | null;
  readonly absence: OwnAbsence | null;
}

export async function readPresence(tx: SchoolTx, account: AccountId): Promise<PresenceRow> {
  const row = await tx.kept
    .selectFrom('account as a')
    .leftJoin('absence as b', (join) =>
      join.onRef('b.school_id', '=', 'a.school_id').onRef('b.account_id', '=', 'a.id'),
    )
    .select(['a.signature', 'a.signature_html', 'a.hours', 'a.portrait'])
    .select(['b.is_on', 'b.from_date', 'b.until_date', 'b.words', 'b.outside', 'b.outside_words'])
    .where('a.school_id', '=', tx.school)
    .where('a.id', '=', account)
    .executeTakeFirstOrThrow();
  return {
    portrait: row.portrait,
    signature: row.signature,
    signatureHtml: row.signature_html,
    hours: row.hours,
    absence:
      row.is_on === null
        ? null
        : {
            isOn: row.is_on,
            from: row.from_date ?? '',
            until: row.until_date ?? '',
            words: row.words ?? '',
            outside: row.outside ?? 'nobody',
            outsideWords: row.outside_words ?? '',
          },
  };
}

export async function savePortrait(
  tx: SchoolTx,
  account: AccountId,
  portrait: Portrait,
): Promise<void> {
  await ownKept(tx).updateTable('account', { id: account }).set({ portrait }).execute();
}

/** A signature: its plain lines, and the same with their formatting where they have some. */
export interface KeptSignature {
  readonly plain: string;
  readonly html: string | null;
}

export async function signatureOf(tx: SchoolTx, account: AccountId): Promise<KeptSignature> {
  const row = await ownKept(tx)
    .selectFrom('account', { id: account })
    .select(['signature', 'signature_html'])
    .executeTakeFirst();
  return { plain: row?.signature ?? '', html: row?.signature_html ?? null };
}

export async function saveSignature(
  tx: SchoolTx,
  account: AccountId,
  { plain, html }: KeptSignature,
): Promise<void> {
  await ownKept(tx)
    .updateTable('account', { id: account })
    .set({ signature: plain, signature_html: html })
    .execute();
}

export async function saveHours(
  tx: SchoolTx,
  account: AccountId,
  hours: OwnHours | null,
): Promise<void> {
  await ownKept(tx)
    .updateTable('account', { id: account })
    .set({ hours: hours && jsonOf(hours) })
    .execute();
}

export async function saveAbsence(
  tx: SchoolTx,
  account: AccountId,
  absence: OwnAbsence,
): Promise<void> {
  const said = {
    is_on: absence.isOn,
    from_date: absence.from,
    until_date: absence.until,
    words: absence.words,
    outside: absence.outside,
    outside_words: absence.outsideWords,
  };
  await ownKept(tx)
    .insertInto('absence', { account_id: account, ...said })
    .onConflict((conflict) => conflict.columns(['school_id', 'account_id']).doUpdateSet(said))
    .execute();
}

export async function endAbsence(tx: SchoolTx, account: AccountId): Promise<void> {
  await ownKept(tx).updateTable('absence', { account_id: account }).set({ is_on: false }).execute();
}
