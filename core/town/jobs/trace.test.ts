/** One letter is found in the log by one id, from where it came in to the server that took it. */
import { hash } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestTown, rawLetter, type TestTown } from '../../../tests/shared/town.ts';
import type { HoldId, SchoolId } from '../../ground/ids.ts';
import { openLog } from '../../ground/log.ts';
import { openDelivery } from '../../mail/delivery/accept.ts';
import type { Handover } from '../../mail/delivery/contract.ts';
import { releaseHold } from '../../mail/delivery/holding/release.ts';
import { dueRows } from '../../store/due.ts';
import { openMarking } from './marking.ts';
import { SCHEDULE } from './schedule.ts';
import { sendRow, type SendParts } from './send.ts';
import { openSentJournal } from './sent-journal.ts';

let town: TestTown;
beforeAll(async () => {
  town = await openTestTown();
});
afterAll(() => town.close());

const ID = '<un.mot.42@ecoles.preau.test>';
const TRACE = hash('sha256', ID).slice(0, 16);

type Line = Readonly<Record<string, unknown>>;
const lines: Line[] = [];
const log = openLog({ to: { write: (line: string) => void lines.push(JSON.parse(line) as Line) } });

/** Hands a letter over as a front does. */
async function hand(via: Handover['via'], recipients: readonly string[]): Promise<void> {
  const viewer = await town.viewer('claire.lefevre');
  const from = town.address('claire.lefevre');
  const raw = Buffer.concat([Buffer.from(`Message-ID: ${ID}\r\n`), rawLetter(from, recipients)]);
  const handed = await openDelivery({ ...town.parts, log }).accept(
    {
      sender: { kind: 'account', viewer },
      recipients,
      via,
      peer: null,
      session: `of-${via}`,
      trace: '',
    },
    Readable.from([raw]),
  );
  expect(handed.kind).toBe('accepted');
}

/** What is due to outside leaves, to a server that takes it. */
async function sendDue(): Promise<void> {
  town.clock.now = new Date(Date.now() + 60_000); // rows are due by the database's clock
  const sending: SendParts = {
    store: town.store,
    log,
    now: () => town.clock.now,
    random: () => 0.5,
    schedule: SCHEDULE,
    domain: town.core.config.domain,
    count: () => {},
    tell: () => {},
    journal: openSentJournal(mkdtempSync(join(tmpdir(), 'preau-sent-'))),
    marking: openMarking(town.store),
    sign: async (_which, raw) => raw,
    refused: async () => {},
    copyReturned: async () => {},
    deliverNotice: town.parts.notices.deliver,
  };
  const relay = {
    notBefore: () => null,
    deliver: async () => ({ kind: 'taken', reply: '250 2.0.0 ok' }) as const,
    close: async () => {},
  };
  const asked = { now: town.clock.now, kinds: ['outbox'], limit: 10 } as const;
  for (const { school, row } of await town.store.readTown((tx) => dueRows(tx, asked)))
    await sendRow(
      { sending, relay },
      { kind: 'outbox', school, row, attempt: 0 },
      new AbortController().signal,
    );
}

it.each(['submission', 'web'] as const)(
  'a letter by %s: the line in which it came and that in which it left have one trace',
  async (via) => {
    lines.length = 0;
    await hand(via, [town.address('karim.haddad'), 'musee@exemple.fr']);
    await sendDue();
    const found = lines.filter(({ trace }) => trace === TRACE);
    expect(found.map(({ msg }) => msg)).toEqual(['message', 'mail to outside']);
    expect(found[0]).toMatchObject({ session: `of-${via}`, via, outcome: 'accepted', rule: [] });
    expect(found[1]).toMatchObject({ message: found[0]?.['messageId'], outcome: 'sent' });
  },
);

it('what the rules refuse has the trace too, and names nobody', async () => {
  lines.length = 0;
  const viewer = await town.viewer('lina.moreau');
  const raw = rawLetter(town.address('lina.moreau'), ['inconnu@exemple.fr']);
  await openDelivery({ ...town.parts, log }).accept(
    {
      sender: { kind: 'account', viewer },
      recipients: ['inconnu@exemple.fr'],
      via: 'submission',
      peer: null,
      session: 's',
      trace: '',
    },
    Readable.from([Buffer.from(`Message-ID: ${ID}\r\n`), raw]),
  );
  expect(lines).toMatchObject([{ trace: TRACE, outcome: 'denied', rule: ['pupil-to-outside'] }]);
  expect(JSON.stringify(lines)).not.toMatch(/exemple|lina/);
});

it('what is held has it again once it is let go', async () => {
  lines.length = 0;
  const moderated = (mode: string) =>
    town.admin.query(`update class set moderation = '${mode}';
      update school set roster_version = roster_version + 1`);
  await moderated('all');
  const viewer = await town.viewer('lina.moreau');
  const recipients = [town.address('claire.lefevre')];
  const raw = rawLetter(town.address('lina.moreau'), recipients);
  const parts = { ...town.parts, log };
  const handed = await openDelivery(parts).accept(
    {
      sender: { kind: 'account', viewer },
      recipients,
      via: 'submission',
      peer: null,
      session: 's',
      trace: '',
    },
    Readable.from([Buffer.from(`Message-ID: ${ID}\r\n`), raw]),
  );
  expect(handed.kind).toBe('held');
  const { rows } = await town.admin.query<{ id: string; school: SchoolId }>(
    "select id, school_id as school from hold where state = 'waiting' order by id desc limit 1",
  );
  const [hold] = rows;
  if (hold === undefined) throw new Error('nothing waits');
  const ask = () =>
    releaseHold(parts, {
      school: hold.school,
      id: Number(hold.id) as HoldId,
      releaser: { by: null },
    });
  await ask();
  await moderated('open');
  await ask();
  expect(lines).toMatchObject([
    { msg: 'message', trace: TRACE, outcome: 'held' },
    { msg: 'held letter', trace: TRACE, hold: Number(hold.id), by: 'clock', sent: 1 },
  ]);
});
