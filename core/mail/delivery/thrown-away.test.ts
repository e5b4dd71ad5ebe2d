import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import type { SpecialUse } from '../../store/mail/contract.ts';
import { bring } from '../mailboxes/testing/letters.ts';
import type { MessageRow } from '../reading/contract.ts';
import { openHoldTown, said } from './testing/hold-town.ts';

const { town, waitingFor, release, arrived, setModeration } = await openHoldTown();
const { mail, mailboxes } = town.core;

const rowOf = async (local: string, subject: string, use: SpecialUse) =>
  (await town.rows(local, use)).find((row) => row.subject === subject) ?? null;
const waitingSubjects = async (local: string) =>
  (await waitingFor(local)).map(({ subject }) => subject);
const trashed = ({ mailbox, uid }: MessageRow, local: string) =>
  town
    .viewer(local)
    .then((viewer) =>
      mail.act(
        viewer,
        { which: { kind: 'these', messages: [{ mailbox, uid }] }, by: 'message' },
        { kind: 'move', to: 'trash' },
      ),
    );

/** A letter that waits, as its writer has it in Sent. */
async function waits(subject: string, to = 'clemence.fabre'): Promise<MessageRow> {
  expect(said(await town.send('nahel.roche', [to], { subject, via: 'web' }))).toMatch(/^held/);
  const row = await rowOf('nahel.roche', subject, 'sent');
  if (row === null) throw new Error('not in Sent');
  return row;
}

describe('a letter that waits, thrown away by its writer,', () => {
  it('is taken back: nobody decides about it any more, and it says so in the trash', async () => {
    const row = await waits('Jeté');
    expect(await trashed(row, 'nahel.roche')).toMatchObject({ withdrawn: 1 });
    expect(await waitingSubjects('beatrice.vasseur')).not.toContain('Jeté');
    expect(await rowOf('nahel.roche', 'Jeté', 'trash')).toMatchObject({ state: 'withdrawn' });
    expect(await rowOf('clemence.fabre', 'Jeté', 'inbox')).toBeNull();
    expect(await town.faults()).toEqual([]);
  });

  it('waits again when that is undone, and not when it is only put back', async () => {
    const row = await waits('Repenti');
    const viewer = await town.viewer('nahel.roche');
    const acted = await trashed(row, 'nahel.roche');
    expect(await mail.lastAct(viewer, acted?.id ?? '')).toMatchObject({ withdrawn: 1 });
    expect(await mail.undo(viewer, acted?.id ?? '')).toBe(true);
    expect(await rowOf('nahel.roche', 'Repenti', 'sent')).toMatchObject({ state: 'waiting' });
    expect(await waitingSubjects('beatrice.vasseur')).toEqual(['Repenti']);
    const again = await rowOf('nahel.roche', 'Repenti', 'sent');
    if (again) await trashed(again, 'nahel.roche');
    const inTrash = await rowOf('nahel.roche', 'Repenti', 'trash');
    if (!inTrash) throw new Error('not in the trash');
    await mail.act(
      viewer,
      { which: { kind: 'these', messages: [inTrash] }, by: 'message' },
      { kind: 'move', to: 'back' },
    );
    expect(await rowOf('nahel.roche', 'Repenti', 'sent')).toMatchObject({ state: 'withdrawn' });
    expect(await waitingSubjects('beatrice.vasseur')).toEqual([]);
  });

  it('stays taken back where its writer had taken it back before', async () => {
    const row = await waits('Repris');
    const viewer = await town.viewer('nahel.roche');
    await town.core.sent.withdraw(viewer, row.mailbox, row.uid);
    const acted = await trashed(row, 'nahel.roche');
    expect(acted).toMatchObject({ withdrawn: 0 });
    await mail.undo(viewer, acted?.id ?? '');
    expect(await rowOf('nahel.roche', 'Repris', 'sent')).toMatchObject({ state: 'withdrawn' });
  });

  it('waits on in an archive, and while a copy lies anywhere but in the trash', async () => {
    const row = await waits('Rangé');
    const viewer = await town.viewer('nahel.roche');
    await mail.move(viewer, row.mailbox, { uids: [row.uid], to: 'archive' });
    expect(await waitingSubjects('beatrice.vasseur')).toEqual(['Rangé']);
    const [archive, trash] = await Promise.all(
      (['archive', 'trash'] as const).map((use) => town.mailbox(viewer, use)),
    );
    const kept = await rowOf('nahel.roche', 'Rangé', 'archive');
    if (!kept || archive === undefined || trash === undefined) throw new Error('not archived');
    const set = [{ from: kept.uid, to: kept.uid }];
    await mailboxes.copy(viewer, archive, { uids: set, to: trash });
    await mail.act(
      viewer,
      { which: { kind: 'all', mailbox: trash }, by: 'message' },
      { kind: 'erase' },
    );
    expect(await waitingSubjects('beatrice.vasseur')).toEqual(['Rangé']);
    await mailboxes.move(viewer, archive, { uids: set, to: trash });
    expect(await waitingSubjects('beatrice.vasseur')).toEqual([]);
  });

  it('by a mail program too: the copy that it had put into Sent is expunged', async () => {
    expect(said(await town.send('nahel.roche', ['clemence.fabre'], { subject: 'Programme' }))).toBe(
      'held first-contact',
    );
    const viewer = await town.viewer('nahel.roche');
    const sent = await town.mailbox(viewer, 'sent');
    const {
      rows: [stored],
    } = await town.admin.query<{ raw: Buffer }>(
      `select raw from message where subject = 'Programme'`,
    );
    await bring(town, viewer, sent, { raw: stored?.raw ?? Buffer.alloc(0) });
    const copy = await rowOf('nahel.roche', 'Programme', 'sent');
    if (!copy) throw new Error('not appended');
    const uids = [{ from: copy.uid, to: copy.uid }];
    await mailboxes.store(viewer, sent, {
      uids,
      change: 'add',
      flags: ['\\Deleted'],
      unchangedSince: null,
    });
    expect(await waitingSubjects('beatrice.vasseur')).toEqual(['Programme']);
    await mailboxes.expunge(viewer, sent, uids);
    expect(await waitingSubjects('beatrice.vasseur')).toEqual([]);
    expect(await town.faults()).toEqual([]);
  });

  it(
    'in the other school that holds it as well, and waits there again when it is undone',
    SOAKED,
    async () => {
      expect(
        said(await town.send('ondine.le-bihan', ['lina.moreau'], { subject: 'Loin', via: 'web' })),
      ).toBe('held link-moderated');
      const row = await rowOf('ondine.le-bihan', 'Loin', 'sent');
      const acted = row && (await trashed(row, 'ondine.le-bihan'));
      expect(await waitingSubjects('claire.lefevre')).toEqual([]);
      expect(await rowOf('ondine.le-bihan', 'Loin', 'trash')).toMatchObject({ state: 'withdrawn' });
      await mail.undo(await town.viewer('ondine.le-bihan'), acted?.id ?? '');
      expect(await rowOf('ondine.le-bihan', 'Loin', 'sent')).toMatchObject({ state: 'waiting' });
      expect(said(await release('claire.lefevre'))).toBe('1 sent');
      expect(await rowOf('lina.moreau', 'Loin', 'inbox')).not.toBeNull();
    },
  );

  it('as its teacher lets it go: it goes to everybody or to nobody, and says which', async () => {
    await setModeration('CM1-CM2', 2, 'all');
    const outcomes = new Set<string>();
    for (const laterMs of [0, 20, 60, 120]) {
      const subject = `Course ${laterMs}`;
      const row = await waits(subject, 'cm1-cm2.pasteur');
      const [held] = await waitingFor('beatrice.vasseur');
      if (!held) throw new Error('not waiting');
      const teacher = await town.viewer('beatrice.vasseur');
      const [letGo] = await Promise.all([
        town.letGo(teacher, held.school, held.id),
        sleep(laterMs).then(() => trashed(row, 'nahel.roche')),
      ]);
      const state = (await rowOf('nahel.roche', subject, 'trash'))?.state;
      outcomes.add(state ?? '');
      const sent = letGo?.sent ?? 0;
      expect(await arrived(subject)).toBe(sent);
      expect(state).toBe(sent === 0 ? 'withdrawn' : 'normal');
      expect(await waitingFor('beatrice.vasseur')).toEqual([]);
      await town.admin.query('delete from sending');
    }
    process.stdout.write(`thrown away while it is let go: ${[...outcomes].join(', ')}\n`);
    expect(await town.faults()).toEqual([]);
  });
});
