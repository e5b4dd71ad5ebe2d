import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import type { MailboxId } from '../../ground/ids.ts';
import { bring, must } from '../../mail/mailboxes/testing/letters.ts';
import type { Viewer } from '../../rules/viewer.ts';
import type { SchoolWriteTx } from '../store.ts';
import type { UidSet } from './contract.ts';
import { changeOwnFlags, type NewFlags } from './flags.ts';

const FIRST: UidSet = [{ from: 1, to: 1 }];
let town: TestTown;
let viewer: Viewer;
let mailbox: MailboxId;

beforeAll(async () => {
  town = await openTestTown();
  viewer = await town.viewer('claire.lefevre');
}, 60_000);
let made = 0;
beforeEach(async () => {
  made += 1;
  mailbox = must(await town.core.mailboxes.create(viewer, `Drapeaux ${made}`, null)).id;
  await bring(town, viewer, mailbox, {});
});
afterAll(() => town.close());

const change = (flags: NewFlags, asSeenBy: (tx: SchoolWriteTx) => SchoolWriteTx = (tx) => tx) =>
  town.parts.store.write(viewer.school, (tx) =>
    changeOwnFlags(
      asSeenBy(tx),
      { mailbox, owner: viewer.account },
      { uids: FIRST, flags, unchangedSince: null },
    ),
  );

/**
 * The transaction that locked or wrote the mailbox's row last, its MODSEQ, and the message's flag.
 */
async function rows(): Promise<unknown> {
  const {
    rows: [row],
  } = await town.admin.query(
    'select b.xmin, b.xmax, b.modseq::integer, e.flagged from mailbox b join entry e on e.school_id = b.school_id and e.mailbox_id = b.id where b.id = $1',
    [mailbox],
  );
  return row;
}

it('locks nothing where nothing changes, so that nothing waits for the disk', async () => {
  const changed = await change({ flagged: true });
  expect(changed).toMatchObject({
    changed: [1],
    now: { flags: [expect.stringContaining('\\Flagged')] },
  });
  const before = await rows();
  const same = await change({ flagged: true });
  expect(same).toMatchObject({
    changed: [],
    modseq: changed?.modseq,
    now: { flags: [expect.stringContaining('\\Flagged')] },
  });
  expect(await rows()).toEqual(before);
});

it('changes nothing where nothing is locked, though by now something would change', async () => {
  await change({ flagged: true });
  const before = await rows();
  const unlocked = (tx: SchoolWriteTx): SchoolWriteTx => ({
    ...tx,
    line: { last: (query) => tx.line.last(query), ahead: () => {}, askAhead: tx.line.askAhead },
  });
  expect(await change({ flagged: false }, unlocked)).toBeNull();
  expect(await rows()).toEqual(before);
  expect(await change({ flagged: false })).toMatchObject({ changed: [1] });
});

it('counts one after another what is changed at once', async () => {
  const all = await Promise.all(
    Array.from({ length: 20 }, (_, index) => change({ flagged: index % 2 === 0 })),
  );
  const changes = all.filter((one) => one !== null && one.changed.length > 0);
  const numbers = changes.map((one) => one?.modseq);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(await rows()).toMatchObject({ modseq: Math.max(...numbers.map(Number)) });
});
