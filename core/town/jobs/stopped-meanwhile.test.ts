import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import { openLog } from '../../ground/log.ts';
import { freshRow } from '../../store/mail/outbox.ts';
import { stopOutside } from '../../store/mail/outside-stops.ts';
import { openMarking } from './marking.ts';
import { SCHEDULE } from './schedule.ts';
import { letGo, sendBegun, type SendParts } from './send.ts';
import { openSentJournal } from './sent-journal.ts';

let town: TestTown;
beforeAll(async () => {
  town = await openTestTown();
});
afterAll(() => town.close());

const partsOf = ({ store, clock, core, parts }: TestTown): SendParts => ({
  store,
  log: openLog({ level: 'silent' }),
  now: () => clock.now,
  random: () => 0.5,
  schedule: SCHEDULE,
  domain: core.config.domain,
  count: () => {},
  tell: () => {},
  journal: openSentJournal(mkdtempSync(join(tmpdir(), 'preau-sent-'))),
  marking: openMarking(store),
  sign: async (_who, raw) => raw,
  refused: async () => {},
  copyReturned: async () => {},
  deliverNotice: parts.notices.deliver,
});

/** Letters of an account to outside, as they are stored where a worker takes them at once. */
async function begunRows(local: string, until: Date) {
  const viewer = await town.viewer(local);
  await town.send(local, ['a@exemple.fr', 'b@exemple.fr']);
  const { rows } = await town.admin.query<{
    id: number;
    message: never;
    sender: string;
    recipient: string;
    createdAt: Date;
  }>(
    `update outbox set attempts = 1 where account_id = $1
      returning id::int, message_id::int as message, sender, recipient, created_at as "createdAt"`,
    [viewer.account],
  );
  return rows.map((row) => ({
    school: viewer.school,
    row: freshRow({ ...row, account: viewer.account, dsn: undefined }),
    raw: Buffer.from('Subject: x\r\n\r\nx\r\n'),
    until,
  }));
}

it('what waited to be sent stays where its writer is stopped meanwhile, and comes due no more', async () => {
  const sending = partsOf(town);
  const sent: string[] = [];
  const relay = {
    notBefore: () => null,
    deliver: async ({ recipient }: { readonly recipient: string }) => {
      sent.push(recipient);
      return { kind: 'taken', reply: '250 2.0.0 ok' } as const;
    },
    close: async () => {},
  };
  const storedAt = town.clock.now.getTime() - 5_000;
  const until = new Date(storedAt + SCHEDULE.leaseMs);
  const [one, other] = await begunRows('claire.lefevre', until);
  if (one === undefined || other === undefined) throw new Error('nothing was stored');
  const { account, school } = await town.viewer('claire.lefevre');
  await town.store.write(school, (tx) => stopOutside(tx, account, 'rate'));
  await sendBegun({ sending, relay }, one, new AbortController().signal);
  await letGo(sending, other);
  expect(sent).toEqual([]);
  const { rows } = await town.admin.query(`select from due where kind = 'outbox'`);
  expect(rows).toEqual([]);
});
