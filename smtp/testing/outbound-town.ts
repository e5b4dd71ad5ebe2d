import type { AccountId, MessageId, SchoolId } from '../../core/core.ts';
import type { Timing } from '../../core/jobs/queue.ts';
import type { Schedule } from '../../core/jobs/schedule.ts';
import { insertOutbox } from '../../core/store/outbox.ts';
import type { SchoolTx, Store } from '../../core/store/store.ts';

/** Days become a second. */
export const QUICK: Schedule = { firstDelayMs: 40, longestDelayMs: 200, giveUpAfterMs: 60_000, leastAttempts: 3, leaseMs: 800, sendMs: 5_000, sweepMs: 60 };

export const QUICK_QUEUE: Timing = { lockMs: 1_500, stalledCheckMs: 500 };

export const ONE = 1 as SchoolId;
export const OTHER = 2 as SchoolId;
const SENDER = 'claire@ecoles.preau.test';

/** Two schools, each with one account. Returns the accounts. */
export async function makeTown(store: Store): Promise<ReadonlyMap<SchoolId, AccountId>> {
  const accounts = new Map<SchoolId, AccountId>();
  await store.town(async (tx) => {
    for (const school of [ONE, OTHER]) {
      await tx.db.insertInto('school').values({ id: school, commune_id: null, slug: `s${school}`, name: `s${school}`, domain: null, opening: null }).execute();
      const { db } = await tx.in(school);
      const row = await db.insertInto('account').values({
        school_id: school, address_id: school, role: 'teacher', given_name: 'Claire', family_name: 'L', display_name: 'Claire L', face: 'CL',
        password_hash: null, paused_until: null, quota_bytes: 1_000_000, full_since: null,
      }).returning('id').executeTakeFirstOrThrow();
      accounts.set(school, row.id as AccountId);
    }
  });
  return accounts;
}

/** Stores one message to these recipients outside, as `core/delivery` does. Returns the outbox rows. */
export async function write(store: Store, school: SchoolId, account: AccountId, recipients: readonly string[]): Promise<readonly number[]> {
  return store.write(school, async (tx) => {
    const message = await storeMessage(tx, 'web', Buffer.from('Subject: visite\r\n\r\nBonjour\r\n.\r\n'));
    return insertOutbox(tx, { message, account, sender: SENDER, recipients });
  });
}

/** Stands for `core/delivery/notice.ts`: a message of the service's own, and the bounce's end in the same commit. */
export async function storeNotice(store: Store, school: SchoolId, _account: AccountId, raw: Buffer, also: (tx: SchoolTx) => Promise<void>): Promise<void> {
  await store.write(school, async (tx) => {
    await storeMessage(tx, 'system', raw);
    await also(tx);
  });
}

async function storeMessage(tx: SchoolTx, origin: 'web' | 'system', raw: Buffer): Promise<MessageId> {
  const row = await tx.db.insertInto('message').values({
    school_id: tx.school, sender_address_id: null, sender_role: origin === 'web' ? 'teacher' : 'system', origin, header_id: null, in_reply_to: null, refs: [],
    subject: 'x', preview: '', envelope: '{}', structure: '{}', attachments: '[]', search: '', automatic: false, size_bytes: raw.length,
    sha256: Buffer.alloc(32), raw,
  }).returning('id').executeTakeFirstOrThrow();
  return row.id as MessageId;
}

/** How many bounces a school has got. */
export async function notices(store: Store, school: SchoolId): Promise<number> {
  const rows = await store.read(school, (tx) => tx.db.selectFrom('message').select('id').where('school_id', '=', school).where('origin', '=', 'system').execute());
  return rows.length;
}

/** Where the rows stand: their states in order, and how many are due still. */
export async function standing(store: Store, school: SchoolId, ids: readonly number[]): Promise<{ readonly states: readonly string[]; readonly due: number }> {
  return store.read(school, async ({ db }) => {
    const rows = await db.selectFrom('outbox').select('state').where('school_id', '=', school).where('id', 'in', [...ids]).orderBy('id').execute();
    const due = await db.selectFrom('due').select('row_id').where('school_id', '=', school).where('row_id', 'in', [...ids]).execute();
    return { states: rows.map(({ state }) => state), due: due.length };
  });
}
