import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import type { LetterId } from '../../ground/ids.ts';
import type { Writing } from '../../mail/writing/contract.ts';
import { sendWaitingDraft } from '../../mail/writing/waiting-drafts.ts';
import type { PaperDraft } from './contract.ts';
import { OUTING } from './testing/asked-paper.ts';
import { openPaperTown } from './testing/paper-town.ts';

const { town, claire, papers, asked, listed } = await openPaperTown({
  env: { PREAU_UNDO_SECONDS: '10' },
});

const letter = (subject: string): Writing => ({
  to: [town.address('familles.ce1-a.tilleuls')],
  cc: [],
  subject,
  text: 'Bonjour, nous sortons.',
  answers: 'sender',
  answerTo: null,
});
/** A window in which a paper is written. */
function hand() {
  return { letter: randomUUID() as LetterId, window: randomUUID(), turn: 0, previous: null };
}
/** A draft with its slip. */
async function drafted(subject: string, slip: Partial<PaperDraft['wish']> = {}) {
  const kept = await papers.keep(claire, letter(subject), {
    hand: hand(),
    add: [],
    drop: [],
    slip: { wish: { ...OUTING, ...slip }, changes: null },
  });
  if (kept.kind === 'sent') throw new Error('sent before');
  return { draft: kept.ref, letter: kept.letter };
}
/** What the worker does with what is due after so many seconds. */
async function afterSeconds(seconds: number): Promise<void> {
  const { rows } = await town.admin.query<{ school_id: number; row_id: string }>(
    `select school_id, row_id from due where kind = 'draft' and at <= $1`,
    [new Date(town.clock.now.getTime() + seconds * 1_000)],
  );
  const parts = { ...town.parts, writings: { send: papers.leave } };
  for (const row of rows) await sendWaitingDraft(parts, row.school_id as never, Number(row.row_id));
}

it('a half-written paper is kept as it is, whatever is wrong with it, and a letter’s page keeps its slip', async () => {
  const wish = { ...OUTING, text: '', untilDay: 'hier', options: ['à pied', 'é'] };
  const written = await drafted('Au musée', wish);
  const [newest] = await papers.drafts(claire);
  expect(newest).toMatchObject({ letter: written.letter, subject: 'Au musée' });
  expect(await papers.drafts(await town.viewer('karim.haddad'))).toEqual([]);
  const found = await town.core.writings.draftOfLetter(claire, written.letter);
  if (found === null) throw new Error('no draft');
  expect(papers.draftedIn(found)).toEqual({ wish, changes: null });
  const kept = await town.core.writings.keep(claire, letter('Au musée des Tisserands'), {
    hand: { ...hand(), letter: written.letter, previous: written.draft },
    add: [],
    drop: [],
  });
  if (kept.kind === 'sent') throw new Error('sent');
  const again = await town.core.writings.draft(claire, kept.ref);
  expect(again?.subject).toBe('Au musée des Tisserands');
  expect(again && papers.draftedIn(again)).toEqual({ wish, changes: null });
  expect(papers.draftedIn({ slip: 'n’importe quoi' })).toBeNull();
  expect(papers.draftedIn({ slip: '{"wish":{}}' })).toBeNull();
});

it('leaves ten seconds after its button, is called back until then, and asks once it has left', async () => {
  const before = (await listed(claire)).length;
  const written = await drafted('Au théâtre');
  const press = () => papers.handIn(claire, written, null);
  const at = new Date(town.clock.now.getTime() + 10_000);
  expect(await press()).toEqual({ kind: 'leaves', letter: written.letter, at });
  expect(await press()).toMatchObject({ kind: 'leaves' });
  const leavesAt = async () =>
    (await papers.drafts(claire)).find((one) => one.letter === written.letter)?.leavesAt;
  expect(await leavesAt()).toEqual(at);
  expect(await town.core.writings.callBack(claire, written.letter)).toBe(true);
  expect(await leavesAt()).toBeNull();
  await afterSeconds(60);
  expect(await listed(claire)).toHaveLength(before);
  expect(await press()).toMatchObject({ kind: 'leaves' });
  await afterSeconds(9);
  expect(await listed(claire)).toHaveLength(before);
  await afterSeconds(10);
  const [paper] = await listed(claire);
  expect(paper).toMatchObject({ subject: 'Au théâtre', phase: 'open', tally: { answered: 0 } });
  expect((await town.rows('samira.benali'))[0]?.subject).toBe('Au théâtre');
  expect(await town.core.writings.draftOfLetter(claire, written.letter)).toBeNull();
  expect(await press()).toMatchObject({ kind: 'asked', ref: paper?.ref });
});

it('leaves by the next look where the process ended between its words and its letter', async () => {
  const left = await asked({}, { subject: 'Restée là' });
  const written = await drafted('Au cirque');
  expect(await papers.handIn(claire, written, null)).toMatchObject({ kind: 'leaves' });
  town.clock.now = new Date(town.clock.now.getTime() + 10_000);
  await town.admin.query('update paper_version set letter = $1, made_at = $2', [
    written.letter,
    town.clock.now,
  ]);
  await town.admin.query('update paper set version = 0, asked_at = null');
  await afterSeconds(0);
  expect(await listed(claire)).toEqual([]);
  expect(await papers.state(claire, left)).toBeNull();
  expect(await town.core.writings.draftOfLetter(claire, written.letter)).not.toBeNull();
  town.clock.now = new Date(town.clock.now.getTime() + 60_000);
  await afterSeconds(0);
  expect(await listed(claire)).toMatchObject([{ subject: 'Au cirque', phase: 'open' }]);
  expect((await town.rows('samira.benali'))[0]?.subject).toBe('Au cirque');
});

it('leaves at an hour, and says now what will be too late by then', async () => {
  const written = await drafted('Au cinéma');
  const morning = new Date('2026-11-25T07:00:00Z');
  const evening = new Date('2026-11-25T17:00:00Z');
  expect(await papers.handIn(claire, written, evening)).toEqual({
    kind: 'faulty',
    faults: ['until-past'],
  });
  expect(await papers.handIn(claire, written, morning)).toMatchObject({ at: morning });
  town.clock.now = morning;
  await afterSeconds(0);
  expect((await listed(claire))[0]).toMatchObject({ subject: 'Au cinéma', phase: 'open' });
});

it('changes a paper in the same way', SOAKED, async () => {
  const ref = await asked();
  const kept = await papers.keep(claire, letter('Sortie au musée'), {
    hand: hand(),
    add: [],
    drop: [],
    slip: { wish: { ...OUTING, from: '09:00' }, changes: ref },
  });
  if (kept.kind === 'sent') throw new Error('sent before');
  const handed = await papers.handIn(claire, { draft: kept.ref, letter: kept.letter }, null);
  expect(handed).toMatchObject({ kind: 'leaves' });
  expect(await papers.state(claire, ref)).toMatchObject({ text: { version: 1 } });
  await afterSeconds(10);
  expect(await papers.state(claire, ref)).toMatchObject({
    text: { version: 2, frame: { occasion: { from: '09:00' } } },
  });
});

it('changes no paper that was withdrawn meanwhile, and says so', async () => {
  const ref = await asked();
  const kept = await papers.keep(claire, letter('Sortie au musée'), {
    hand: hand(),
    add: [],
    drop: [],
    slip: { wish: { ...OUTING, from: '09:00' }, changes: ref },
  });
  if (kept.kind === 'sent') throw new Error('sent before');
  await papers.withdraw(claire, ref);
  const handed = await papers.handIn(claire, { draft: kept.ref, letter: kept.letter }, null);
  expect(handed).toEqual({ kind: 'changed' });
});

it('says at once what is wrong, and tells its writer what was wrong only by then', async () => {
  const late = await drafted('Hier', { untilDay: '2026-11-20' });
  expect(await papers.handIn(claire, late, null)).toEqual({
    kind: 'faulty',
    faults: ['until-past'],
  });
  const written = await drafted('Piscine');
  expect(await papers.handIn(claire, written, null)).toMatchObject({ kind: 'leaves' });
  town.clock.now = new Date('2026-11-27T08:00:00Z');
  await afterSeconds(0);
  expect((await town.rows('claire.lefevre'))[0]?.subject).toBe(
    'Votre papier n’est pas parti\u00a0: Piscine',
  );
  const draft = await town.core.writings.draftOfLetter(claire, written.letter);
  expect(draft?.leavesAt).toBeNull();
  expect(draft && papers.draftedIn(draft)?.wish.untilDay).toBe(OUTING.untilDay);
});
