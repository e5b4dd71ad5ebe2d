import { sql } from 'kysely';
import {
  TOWN,
  type AccountId,
  type AddressId,
  type Language,
  type Reads,
  type SchoolId,
} from '../../ground/ids.ts';
import { jsonOf } from '../../ground/json.ts';
import type { Comfort, ReadingHabits } from '../../rules/viewer.ts';
import { anyOf } from '../any-of.ts';
import { compiledOnce } from '../compiled-once.ts';
import { ownKept } from '../own.ts';
import type { SchoolTx } from '../store.ts';

/** What a sign-in looks at. */
interface Credentials {
  readonly account: AccountId;
  readonly addressId: AddressId;
  readonly passwordHash: string | null;
  readonly isActive: boolean;
  readonly hasSecondFactor: boolean;
}

export async function credentialsOf(tx: SchoolTx, address: AddressId): Promise<Credentials | null> {
  const row = await tx.kept
    .selectFrom('account as a')
    .leftJoin('second_factor as f', (join) =>
      join.onRef('f.school_id', '=', 'a.school_id').onRef('f.account_id', '=', 'a.id'),
    )
    .select(['a.id', 'a.address_id', 'a.password_hash', 'a.state', 'f.account_id as protected'])
    .where('a.school_id', '=', tx.school)
    .where('a.address_id', '=', address)
    .executeTakeFirst();
  if (!row) return null;
  return {
    account: row.id,
    addressId: row.address_id,
    passwordHash: row.password_hash,
    isActive: row.state === 'active',
    hasSecondFactor: row.protected !== null,
  };
}

/** As whom somebody is written to, and in which language; null where the account is gone. */
export async function noticeReader(
  tx: SchoolTx,
  account: AccountId,
): Promise<{
  readonly displayName: string;
  readonly address: string;
  readonly language: Language;
} | null> {
  const row = await tx.kept
    .selectFrom('account as a')
    .innerJoin('address as d', 'd.id', 'a.address_id')
    .select(['a.display_name', 'a.language', 'd.local', 'd.domain'])
    .where('a.school_id', '=', tx.school)
    .where('a.id', '=', account)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { display_name: displayName, language, local, domain } = row;
  return { displayName, language, address: `${local}@${domain}` };
}

export async function saveLanguage(
  tx: SchoolTx,
  account: AccountId,
  language: Language,
): Promise<void> {
  await ownKept(tx).updateTable('account', { id: account }).set({ language }).execute();
}

/** How somebody reads; what isn't named stays as it is. */
export async function saveHabits(
  tx: SchoolTx,
  account: AccountId,
  habits: Partial<ReadingHabits>,
): Promise<void> {
  await ownKept(tx)
    .updateTable('account', { id: account })
    .set({
      ...(habits.byConversation !== undefined && { by_conversation: habits.byConversation }),
      ...(habits.shortcuts !== undefined && { shortcuts: habits.shortcuts }),
      ...(habits.notices !== undefined && { notices: habits.notices }),
      ...(habits.noticesOf !== undefined && { notices_of: [...habits.noticesOf] }),
      ...(habits.eveningWaits !== undefined && { evening_waits: habits.eveningWaits }),
      ...(habits.ownDay !== undefined && { own_day: habits.ownDay }),
      ...(habits.formats !== undefined && { formats: habits.formats }),
      ...(habits.pupilsGathered !== undefined && { pupils_gathered: habits.pupilsGathered }),
    })
    .execute();
}

/** How pages look to somebody, in place of what was before. */
export async function saveComfort(
  tx: SchoolTx,
  account: AccountId,
  comfort: Comfort,
): Promise<void> {
  await ownKept(tx)
    .updateTable('account', { id: account })
    .set({ comfort: jsonOf(comfort) })
    .execute();
}

/** A pupil's yes to the charter: the first one stands. */
export async function acceptCharter(tx: SchoolTx, account: AccountId, at: Date): Promise<void> {
  await ownKept(tx)
    .updateTable('account', { id: account, role: 'pupil', charter_at: null })
    .set({ charter_at: at })
    .execute();
}

/** When the yes of these pupils' families was noted from paper; null: it no longer holds. */
export async function setPaperAt(
  tx: SchoolTx,
  accounts: readonly AccountId[],
  at: Date | null,
): Promise<void> {
  await ownKept(tx)
    .updateTable('account', { id: anyOf(accounts), role: 'pupil' })
    .set({ paper_at: at })
    .execute();
}

/** Whether a pupil's family allows photos of them. */
export async function setPhotoAllowed(
  tx: SchoolTx,
  account: AccountId,
  { allowed }: { readonly allowed: boolean },
): Promise<void> {
  await ownKept(tx)
    .updateTable('account', { id: account, role: 'pupil' })
    .set({ photo_allowed: allowed })
    .execute();
}

interface NewSession {
  readonly id: string;
  readonly account: AccountId;
  readonly secretHash: Buffer;
  readonly csrf: string;
  readonly now: Date;
  readonly expiresAt: Date;
  /** A code on paper opens it. */
  readonly byCode: boolean;
  readonly browser: { readonly name: string; readonly platform: string };
}

/**
 * The hash of an active account's password, which stays as it is until the transaction ends; null
 * where it has none. Ask before sessions are touched, as who ends a password does.
 */
export async function keptPassword(tx: SchoolTx, account: AccountId): Promise<string | null> {
  const row = await ownKept(tx)
    .selectFrom('account', { id: account, state: 'active' })
    .select('password_hash')
    .forShare()
    .executeTakeFirst();
  return row?.password_hash ?? null;
}

/**
 * The hash of an active child's pictures, which stays as it is until the transaction ends; null
 * where they have none.
 */
export async function keptPictures(tx: SchoolTx, account: AccountId): Promise<Buffer | null> {
  const row = await tx.kept
    .selectFrom('picture_code as c')
    .innerJoin('account as a', (join) =>
      join.onRef('a.school_id', '=', 'c.school_id').onRef('a.id', '=', 'c.account_id'),
    )
    .select('c.code_hash')
    .where('c.school_id', '=', tx.school)
    .where('c.account_id', '=', account)
    .where('a.state', '=', 'active')
    .forShare()
    .executeTakeFirst();
  return row?.code_hash ?? null;
}

/** Opens a session, and forgets the account's own that are over. */
export async function insertSession(tx: SchoolTx, session: NewSession): Promise<void> {
  await ownKept(tx)
    .deleteFrom('session', { account_id: session.account })
    .where('expires_at', '<', session.now)
    .execute();
  await ownKept(tx)
    .insertInto('session', {
      id: session.id,
      account_id: session.account,
      secret_hash: session.secretHash,
      csrf: session.csrf,
      created_at: session.now,
      seen_at: session.now,
      expires_at: session.expiresAt,
      proved_at: session.now,
      by_code: session.byCode,
      browser: session.browser.name,
      platform: session.browser.platform,
    })
    .execute();
}

interface SessionRow {
  readonly account: AccountId;
  readonly addressId: AddressId;
  readonly secretHash: Buffer;
  readonly csrf: string;
  readonly seenAt: Date;
  readonly expiresAt: Date;
  readonly language: Language;
  readonly habits: ReadingHabits;
  readonly comfort: Comfort;
  /** At which versions the rosters of the school and of the town are. */
  readonly rosterVersion: number;
  readonly townVersion: number;
}

/** Asked with every page: what else each page needs to know stands beside it. */
const sessionOf = compiledOnce<
  { readonly school: SchoolId; readonly id: string; readonly now: Date; readonly seenAfter: Date },
  Omit<SessionRow, 'habits'> & Required<ReadingHabits>
>(
  (at) => sql`
    select s.account_id as account,
      a.address_id as "addressId",
      s.secret_hash as "secretHash",
      s.csrf,
      s.seen_at as "seenAt",
      s.expires_at as "expiresAt",
      a.language,
      a.by_conversation as "byConversation",
      a.shortcuts,
      a.notices,
      a.notices_of as "noticesOf",
      a.evening_waits as "eveningWaits",
      a.pupils_gathered as "pupilsGathered",
      a.formats,
      a.own_day as "ownDay",
      a.comfort,
      (select roster_version from school where id = s.school_id) as "rosterVersion",
      (select coalesce(max(roster_version), 0) from school where id = ${sql.lit(TOWN)}) as "townVersion"
    from session s
      join account a on a.school_id = s.school_id and a.id = s.account_id
    where s.school_id = ${at.school}::integer
      and s.id = ${at.id}
      and a.state = 'active'
      and s.expires_at > ${at.now}
      and s.seen_at > ${at.seenAfter}
  `,
);

/**
 * A session that isn't over at `now`, was last seen after `seenAfter`, and is of an account that is
 * still active; null otherwise.
 */
export async function sessionRow(
  { kept, school }: SchoolTx,
  id: string,
  { now, seenAfter }: { readonly now: Date; readonly seenAfter: Date },
): Promise<SessionRow | null> {
  const {
    rows: [row],
  } = await kept.executeQuery(sessionOf({ school, id, now, seenAfter }));
  if (!row) return null;
  const {
    byConversation,
    shortcuts,
    notices,
    noticesOf,
    pupilsGathered,
    eveningWaits,
    formats,
    ownDay,
    ...session
  } = row;
  const habits = {
    byConversation,
    shortcuts,
    notices,
    noticesOf,
    pupilsGathered,
    eveningWaits,
    formats,
    ownDay,
  };
  return { ...session, habits };
}

export async function touchSession(tx: SchoolTx, id: string, now: Date): Promise<void> {
  await ownKept(tx).updateTable('session', { id }).set({ seen_at: now }).execute();
}

/** When its password was given last to a session of this account; null: there is none. */
export async function provedAt(
  tx: SchoolTx,
  account: AccountId,
  id: string,
): Promise<{
  readonly at: Date;
  readonly hasSecondFactor: boolean;
  readonly byCode: boolean;
} | null> {
  const row = await ownKept(tx)
    .selectFrom('session', { id, account_id: account })
    .select(['proved_at', 'by_code'])
    .executeTakeFirst();
  if (row === undefined) return null;
  const factor = await ownKept(tx)
    .selectFrom('second_factor', { account_id: account })
    .select('account_id')
    .executeTakeFirst();
  return { at: row.proved_at, hasSecondFactor: factor !== undefined, byCode: row.by_code };
}

/** It was given again. */
export async function noteProved(tx: SchoolTx, id: string, at: Date): Promise<void> {
  await ownKept(tx).updateTable('session', { id }).set({ proved_at: at, by_code: false }).execute();
}

export async function deleteSession(tx: SchoolTx, id: string): Promise<void> {
  await ownKept(tx).deleteFrom('session', { id }).execute();
}

/** A session goes on under another id and secret: what was known of it opens nothing any more. */
export async function renewSession(
  tx: SchoolTx,
  id: string,
  renewed: Pick<NewSession, 'id' | 'secretHash' | 'csrf'>,
): Promise<void> {
  await ownKept(tx)
    .updateTable('session', { id })
    .set({ id: renewed.id, secret_hash: renewed.secretHash, csrf: renewed.csrf })
    .execute();
}

interface PasswordRenewal {
  readonly account: AccountId;
  readonly old: string;
  readonly passwordHash: string;
}

/** Another password in place of `old`. False: by now it is a third, and nothing was changed. */
export async function replacePassword(tx: SchoolTx, change: PasswordRenewal): Promise<boolean> {
  const { numUpdatedRows } = await ownKept(tx)
    .updateTable('account', { id: change.account, password_hash: change.old, state: 'active' })
    .set({ password_hash: change.passwordHash })
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** The other open sessions of an account, the one seen last first. */
export async function otherSessions(
  tx: SchoolTx,
  own: { readonly account: AccountId; readonly id: string },
  { now, seenAfter }: { readonly now: Date; readonly seenAfter: Date },
): Promise<
  {
    readonly id: string;
    readonly seenAt: Date;
    readonly browser: string;
    readonly platform: string;
  }[]
> {
  return ownKept(tx)
    .selectFrom('session', { account_id: own.account })
    .select(['id', 'seen_at as seenAt', 'browser', 'platform'])
    .where('id', '<>', own.id)
    .where('expires_at', '>', now)
    .where('seen_at', '>', seenAfter)
    .orderBy('seen_at', 'desc')
    .execute();
}

/** Ends another session of an account, or all others. */
export async function deleteOtherSessions(
  tx: SchoolTx,
  own: { readonly account: AccountId; readonly id: string },
  which: 'all' | { readonly id: string },
): Promise<void> {
  await ownKept(tx)
    .deleteFrom('session', { account_id: own.account })
    .where('id', '<>', own.id)
    .$if(which !== 'all', (query) => query.where('id', '=', which === 'all' ? '' : which.id))
    .execute();
}

/** Puts an account's sending at rest until a moment, or lets it send again (null). */
export async function setPausedUntil(
  tx: SchoolTx,
  account: AccountId,
  until: Date | null,
): Promise<void> {
  await ownKept(tx).updateTable('account', { id: account }).set({ paused_until: until }).execute();
}

/** How a child's pages speak to them; null: as the levels of their classes say. */
export async function saveReads(
  tx: SchoolTx,
  account: AccountId,
  reads: Reads | null,
): Promise<void> {
  await ownKept(tx).updateTable('account', { id: account }).set({ reads }).execute();
}
