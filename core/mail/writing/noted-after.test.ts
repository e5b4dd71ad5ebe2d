/** What is noted of a letter once it has left: the letter doesn't depend on it. */
import { afterAll, expect, it, vi } from 'vitest';
import { openTestTown } from '../../../tests/shared/town.ts';
import { openLog } from '../../ground/log.ts';
import { openDelivery } from '../delivery/accept.ts';
import { recentActivityOf } from '../delivery/judging/recent-activity.ts';
import { openMail } from '../reading/mail.ts';
import { openWritings } from './writings.ts';

const KARIM = 'karim.haddad';
const MARC = 'marc.olivier';
const town = await openTestTown();
afterAll(() => town.close());
const karim = await town.viewer(KARIM);

it('a letter has left, and is waited for, though the one that it answers can’t be marked', async () => {
  await town.send(MARC, [KARIM], { subject: 'Qui vient ?' });
  const [row] = await town.rows(KARIM);
  const log = openLog({ level: 'silent' });
  const warn = vi.fn();
  log.warn = warn;
  const parts = { ...town.parts, log };
  const mark = vi.fn().mockRejectedValue(new Error('no database'));
  const writings = openWritings({
    ...parts,
    delivery: openDelivery(parts),
    mail: { ...openMail(parts), mark },
    recentActivity: (viewer, about) => recentActivityOf(town.store, viewer, about),
    undoMs: 0,
  });
  const answer = row && (await writings.answer(karim, row, 'writer'));
  if (!answer) throw new Error('nothing to answer');
  const writing = { ...answer.writing, text: 'Moi.', awaitUntil: '2026-11-27' };
  const { ref } = await writings.save(karim, writing, { previous: null, add: [], drop: [] });

  expect(await writings.send(karim, ref)).toMatchObject({ kind: 'accepted' });
  expect(mark).toHaveBeenCalledTimes(1);
  expect(warn.mock.calls.map(([, line]: unknown[]) => line)).toEqual([
    'nothing was noted of a letter that left',
  ]);
  expect((await town.rows(MARC)).map(({ subject }) => subject)).toEqual(['Re: Qui vient ?']);
  expect(await town.rows(KARIM, 'drafts')).toEqual([]);
  const { rows } = await town.admin.query(`select from due where kind = 'answer'`);
  expect(rows).toHaveLength(1);
});
