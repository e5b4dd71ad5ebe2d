import type { AccountId, AddressId, MessageId, SchoolId } from '../../core/ground/ids.ts';
import type { DsnRequest } from '../../core/store/mail/contract.ts';
import { openMailboxes } from '../../core/store/mail/mailboxes.ts';
import { insertOutbox } from '../../core/store/mail/outbox-owed.ts';
import { own } from '../../core/store/own.ts';
import type { SchoolTx, Store } from '../../core/store/store.ts';
import { NO_LETTER } from '../../core/store/testing/bare-message.ts';
import type { QueueTiming } from '../../core/town/jobs/queue.ts';
import type { Schedule } from '../../core/town/jobs/schedule.ts';
import type { Work } from '../../core/town/jobs/worker.ts';

/** Days become a second. */
export const QUICK: Schedule = {
  firstDelayMs: 40,
  longestDelayMs: 200,
  tellDelayAfterMs: 600_000,
  giveUpAfterMs: 600_000,
  leastAttempts: 3,
  leaseMs: 800,
  sendMs: 5_000,
  sweepMs: 60,
};

export const QUICK_QUEUE: QueueTiming = { lockMs: 1_500, stalledCheckMs: 500 };

const nothing = async (): Promise<void> => {};

/** What a worker does besides sending, where nothing of it comes due. */
export const ONLY_SENDING = {
  sign: async (_which, raw) => raw,
  refused: async () => {},
  copyReturned: async () => {},
  tendKeys: async () => {},
  moveBodies: null,
  tellOfTrouble: async () => {},
  tellDaily: async () => {},
  looks: {
    hold: nothing,
    moderation: nothing,
    draft: nothing,
    rollover: nothing,
    leaver: nothing,
    pictures: nothing,
    'roster-draft': nothing,
    closing: nothing,
    'roster-questions': nothing,
    absence: nothing,
    report: nothing,
    copy: nothing,
    notice: async () => {},
    'daily-word': async () => {},
    'put-off': async () => {},
    answer: async () => {},
    paper: nothing,
  },
} satisfies Partial<Work>;

export const ONE = 1 as SchoolId;
export const OTHER = 2 as SchoolId;
const SENDER = 'claire@ecoles.preau.test';

/** Two schools, each with one account. Returns the accounts. */
export async function makeTown(store: Store): Promise<ReadonlyMap<SchoolId, AccountId>> {
  const accounts = new Map<SchoolId, AccountId>();
  await store.town(async (tx) => {
    for (const school of [ONE, OTHER]) {
      await tx.db
        .insertInto('school')
        .values({
          id: school,
          commune_id: null,
          slug: `s${school}`,
          name: `s${school}`,
          domain: null,
          opening: null,
        })
        .execute();
      const inSchool = await tx.in(school);
      const { db } = inSchool;
      const row = await db
        .insertInto('account')
        .values({
          school_id: school,
          address_id: Number(school) as AddressId,
          role: 'teacher',
          given_name: 'Claire',
          family_name: 'L',
          display_name: 'Claire L',
          face: 'CL',
          password_hash: null,
          paused_until: null,
          quota_bytes: 1_000_000,
          full_since: null,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await openMailboxes(inSchool, [row.id]);
      accounts.set(school, row.id);
    }
  });
  return accounts;
}

/**
 * Stores one message to these recipients outside, as `core/mail/delivery` does. Returns the outbox
 * rows.
 */
export async function write(
  store: Store,
  school: SchoolId,
  account: AccountId,
  recipients: readonly string[],
  {
    sender = SENDER,
    notify = null,
  }: { readonly sender?: string | null; readonly notify?: DsnRequest['notify'] } = {},
): Promise<readonly number[]> {
  return store.write(school, async (tx) => {
    const message = await storeMessage(tx, Buffer.from('Subject: visite\r\n\r\nBonjour\r\n.\r\n'));
    const dsn = { notify, orcpt: null, ret: null, envid: null };
    const dsnRequests = new Map(recipients.map((recipient) => [recipient, dsn]));
    return insertOutbox(tx, { message, account, sender, recipients, dsnRequests });
  });
}

async function storeMessage(tx: SchoolTx, raw: Buffer): Promise<MessageId> {
  const row = await own(tx)
    .insertInto('message', {
      sender_address_id: null,
      sender_role: 'teacher',
      origin: 'web',
      ...NO_LETTER,
      subject: 'x',
      size_bytes: raw.length,
      sha256: Buffer.alloc(32),
      raw,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** How many bounces lie in the INBOXes of a school. */
export async function bounces(store: Store, school: SchoolId): Promise<number> {
  const rows = await store.read(school, ({ db }) =>
    db
      .selectFrom('entry')
      .innerJoin('message', 'message.id', 'entry.message_id')
      .innerJoin('mailbox', 'mailbox.id', 'entry.mailbox_id')
      .select('uid')
      .where('message.origin', '=', 'system')
      .where('message.sender_role', '=', 'system')
      .where('message.automatic', '=', true)
      .where('mailbox.use', '=', 'inbox')
      .execute(),
  );
  return rows.length;
}

/** Where the rows stand: their states in order, and how many are due still. */
export async function standing(
  store: Store,
  school: SchoolId,
  ids: readonly number[],
): Promise<{ readonly states: readonly string[]; readonly due: number }> {
  return store.read(school, async ({ db }) => {
    const rows = await db
      .selectFrom('outbox')
      .select('state')
      .where('school_id', '=', school)
      .where('id', 'in', [...ids])
      .orderBy('id')
      .execute();
    const due = await db
      .selectFrom('due')
      .select('row_id')
      .where('school_id', '=', school)
      .where('row_id', 'in', [...ids])
      .execute();
    return { states: rows.map(({ state }) => state), due: due.length };
  });
}
