/** What a sender is told of a letter that leaves, by several at one moment (`tell-status.ts`). */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AccountId } from '../core/ground/ids.ts';
import { openNotices } from '../core/mail/delivery/telling/notice.ts';
import { openMailEvents, type MailEvents } from '../core/store/mail-events.ts';
import { outboxRow } from '../core/store/mail/outbox.ts';
import { openStore, type Store } from '../core/store/store.ts';
import { tellDelay, tellFailure, type StatusParts } from '../core/town/jobs/tell-status.ts';
import { freshDatabase, type FreshDatabase } from '../tests/shared/fresh-database.ts';
import { bounces, makeTown, ONE, ONLY_SENDING, QUICK, write } from './testing/outbox-town.ts';

const DOMAIN = 'ecoles.preau.test';
const LETTER = Buffer.from('Subject: Visite\r\n\r\nBonjour');

let database: FreshDatabase;
let store: Store;
let mailEvents: MailEvents;
let account: AccountId;
beforeAll(async () => {
  database = await freshDatabase();
  store = openStore(database.databaseUrl, { onError: () => undefined });
  mailEvents = openMailEvents(database.databaseUrl, { onError: () => undefined });
  account = (await makeTown(store)).get(ONE) ?? (0 as AccountId);
});
afterAll(async () => {
  await mailEvents.close();
  await store.close();
  await database.drop();
});

function openTelling(): StatusParts {
  const clock = (): Date => new Date();
  const notices = openNotices({ store, mailEvents, domain: DOMAIN, clock });
  return {
    ...ONLY_SENDING,
    store,
    schedule: { ...QUICK, tellDelayAfterMs: 0 },
    now: clock,
    domain: DOMAIN,
    deliverNotice: notices.deliver,
  };
}

it.each([
  { what: 'that it is late', state: 'due', tell: tellDelay },
  { what: 'that it came to nothing', state: 'failed', tell: tellFailure },
] as const)('$what is told once, though four find it so', async ({ state, tell }) => {
  const [id = 0] = await write(store, ONE, account, ['lucie@musee.test']);
  await store.write(ONE, (tx) =>
    tx.db.updateTable('outbox').set({ state }).where('id', '=', id).execute(),
  );
  const row = await store.read(ONE, (tx) => outboxRow(tx, id));
  if (row === null) throw new Error('no row');
  const before = await bounces(store, ONE);
  const telling = openTelling();
  const letter = { name: { school: ONE, row: id }, row, original: LETTER };
  const four = [1, 2, 3, 4].map(() => tell(telling, letter));
  await Promise.all(four);
  expect(await bounces(store, ONE)).toBe(before + 1);
});
