import { beforeEach, describe, expect, it } from 'vitest';
import { breakingStore } from '../../../tests/shared/breaking-store.ts';
import type { Uid } from '../../ground/ids.ts';
import type { Deed, MessageRow, MessageSelection } from './contract.ts';
import { openMail } from './mail.ts';
import { karimsMail } from './testing/karims-mail.ts';

const { town, viewer, inbox } = await karimsMail();
beforeEach(async () => {
  for (const use of ['inbox', 'archive', 'trash', 'sent'] as const) {
    const uids = (await town.rows('karim.haddad', use)).map(({ uid }) => uid);
    await town.core.mail.erase(viewer, await town.mailbox(viewer, use), uids);
  }
  for (const [id, answers] of [
    ['a', null],
    ['b', null],
    ['a2', 'a'],
  ] as const)
    await town.receive('liste@example.org', ['karim.haddad'], {
      subject: id,
      header: {
        cc: `liste@example.org\r\nMessage-ID: <${id}@example.org>${answers === null ? '' : `\r\nReferences: <${answers}@example.org>`}`,
      },
    });
});

const inboxRows = (): Promise<readonly MessageRow[]> => town.rows('karim.haddad');
const subjects = async (use: 'inbox' | 'archive' | 'trash'): Promise<string[]> =>
  (await town.rows('karim.haddad', use)).map(({ subject }) => subject);
const these = (
  rows: readonly MessageRow[],
  by: MessageSelection['by'] = 'message',
): MessageSelection => ({
  which: { kind: 'these', messages: rows.map(({ mailbox, uid }) => ({ mailbox, uid })) },
  by,
});
const TO_ARCHIVE: Deed = { kind: 'move', to: 'archive' };

describe('what is done with many messages', () => {
  it('moves them all, a conversation with all its messages, and takes it back, at their old places', async () => {
    const rows = await inboxRows();
    const acted = await town.core.mail.act(
      viewer,
      these(
        rows.filter(({ subject }) => subject === 'a2'),
        'conversation',
      ),
      TO_ARCHIVE,
    );
    expect(acted).toMatchObject({ deed: 'move', rows: 1, by: 'conversation' });
    expect([await subjects('inbox'), await subjects('archive')]).toEqual([['b'], ['a2', 'a']]);
    expect(await town.core.mail.lastAct(viewer, acted?.id ?? '')).toEqual(acted);
    expect(await town.core.mail.undo(viewer, acted?.id ?? '')).toBe(true);
    expect([await subjects('inbox'), await subjects('archive')]).toEqual([['a2', 'b', 'a'], []]);
    expect(await town.core.mail.undo(viewer, acted?.id ?? '')).toBe(false);
  });

  it('takes a mark back only from those that had it not', async () => {
    const rows = await inboxRows();
    const first = rows.at(0) as MessageRow;
    await town.core.mail.mark(viewer, inbox, { uids: [first.uid], marks: { flagged: true } });
    const acted = await town.core.mail.act(viewer, these(rows), { kind: 'flagged' });
    expect((await inboxRows()).every(({ flagged }) => flagged)).toBe(true);
    await town.core.mail.undo(viewer, acted?.id ?? '');
    expect((await inboxRows()).map(({ flagged }) => flagged)).toEqual([true, false, false]);
  });

  it('does it with the whole mailbox, in few round trips however many there are', async () => {
    const counting = breakingStore(town.store, town.admin, 0);
    const mail = openMail({
      ...town.parts,
      store: counting.store,
      mailEvents: town.parts.mailEvents,
      clock: () => town.clock.now,
    });
    const before = counting.roundTrips();
    const acted = await mail.act(
      viewer,
      { which: { kind: 'all', mailbox: inbox }, by: 'conversation' },
      { kind: 'move', to: 'trash' },
    );
    const trips = counting.roundTrips() - before;
    process.stdout.write(`act on all: ${trips} round trips\n`);
    expect(acted).toMatchObject({ rows: 3, by: 'message' });
    expect(trips).toBeLessThanOrEqual(12);
    expect(await subjects('inbox')).toEqual([]);
  });

  it('is told and taken back for ten minutes, and only what was done last', async () => {
    const [one, two] = await inboxRows();
    const first = await town.core.mail.act(viewer, these([one as MessageRow]), TO_ARCHIVE);
    const second = await town.core.mail.act(viewer, these([two as MessageRow]), TO_ARCHIVE);
    expect(await town.core.mail.undo(viewer, first?.id ?? '')).toBe(false);
    town.clock.now = new Date(town.clock.now.getTime() + 11 * 60_000);
    expect(await town.core.mail.lastAct(viewer, second?.id ?? '')).toBeNull();
    expect(await town.core.mail.undo(viewer, second?.id ?? '')).toBe(false);
  });

  it('touches nothing of anybody else’s, nor what isn’t there, and keeps the counts', async () => {
    const other = await town.viewer('claire.lefevre');
    const rows = await inboxRows();
    expect(await town.core.mail.act(other, these(rows), TO_ARCHIVE)).toBeNull();
    expect(
      await town.core.mail.act(
        other,
        { which: { kind: 'all', mailbox: inbox }, by: 'message' },
        { kind: 'erase' },
      ),
    ).toBeNull();
    const acted = await town.core.mail.act(viewer, these(rows), TO_ARCHIVE);
    expect(await town.core.mail.undo(other, acted?.id ?? '')).toBe(false);
    expect(
      await town.core.mail.act(
        viewer,
        { which: { kind: 'these', messages: [{ mailbox: inbox, uid: 99 as Uid }] }, by: 'message' },
        TO_ARCHIVE,
      ),
    ).toBeNull();
    expect(await subjects('archive')).toHaveLength(3);
    expect(await town.faults()).toEqual([]);
  });
});
