import { describe, expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { brokenLinks } from '../../store/chain.ts';
import { passHour } from '../../store/papers/papers.ts';
import type { PaperRef } from './contract/slips.ts';
import { paperDue } from './paper-due.ts';
import { OUTING } from './testing/asked-paper.ts';
import { openPaperTown } from './testing/paper-town.ts';

const { town, claire, papers, draft, asked, child, slips } = await openPaperTown();

/** What the clock finds to do at a moment, one thing after the other. */
async function due(ref: PaperRef, at: string): Promise<string> {
  town.clock.now = new Date(at);
  const { publicUrl } = town.core.config;
  return paperDue({ ...town.parts, publicUrl }, ref.school, ref.paper);
}
const nextDue = async (ref: PaperRef): Promise<Date | undefined> => {
  const { rows } = await town.admin.query<{ at: Date }>(
    `select at from due where kind = 'paper' and row_id = $1`,
    [ref.paper],
  );
  return rows[0]?.at;
};
const subjects = async (local: string) => (await town.rows(local)).map(({ subject }) => subject);

describe('the hours of a paper', () => {
  it('come one after the other: a reminder, numbers that go, and all of it', async () => {
    const ref = await asked();
    const samira = await town.viewer('samira.benali');
    const [slip] = await slips('samira.benali', ref);
    if (!slip) throw new Error('no slip');
    const given = { version: 1, says: { kind: 'yes' }, note: '', way: 'password' } as const;
    await papers.answer(samira, slip.ref, { ...given, number: '0612345678' });
    expect(await nextDue(ref)).toEqual(new Date('2026-11-24T17:00:00Z'));
    expect(await due(ref, '2026-11-24T16:59:00Z')).toBe('waits');
    const before = (await subjects('samira.benali')).length;
    expect(await due(ref, '2026-11-24T17:00:00Z')).toBe('reminded');
    expect((await subjects('elodie.garnier'))[0]).toBe('À signer pour Noé\u00a0: Sortie au musée');
    expect(await subjects('samira.benali')).toHaveLength(before);
    expect(await due(ref, '2026-11-24T17:00:01Z')).toBe('waits');
    expect(await nextDue(ref)).toEqual(new Date('2026-11-26T23:00:00Z'));
    expect((await child(ref, 'Amine Benali')).numbers).toHaveLength(1);
    expect(await due(ref, '2026-11-26T23:00:00Z')).toBe('numbers-erased');
    expect((await child(ref, 'Amine Benali')).numbers).toHaveLength(0);
    expect(await due(ref, '2028-08-31T21:59:00Z')).toBe('waits');
    expect(await due(ref, '2028-08-31T22:00:00Z')).toBe('erased');
    const { rows } = await town.admin.query('select from paper_answer');
    expect(rows).toHaveLength(0);
    // What the journal said of the signature goes with it, and nobody calls that taken out.
    const signed = await town.admin.query(`select from audit where act = 'paper-sign'`);
    expect(signed.rows).toHaveLength(0);
    expect(await brokenLinks(town.store)).toEqual([]);
    expect(await nextDue(ref)).toBeUndefined();
  });
  it('keep no number once the words ask for none', SOAKED, async () => {
    const ref = await asked();
    const samira = await town.viewer('samira.benali');
    const [slip] = await slips('samira.benali', ref);
    if (!slip) throw new Error('no slip');
    const given = { version: 1, says: { kind: 'yes' }, note: '', way: 'password' } as const;
    await papers.answer(samira, slip.ref, { ...given, number: '0612345678' });
    const numbers = async () => (await town.admin.query('select from paper_number')).rows.length;
    expect(await numbers()).toBe(1);
    const written = await draft(claire, { subject: 'Sortie' });
    const wish = { ...OUTING, from: '09:00', asksNumber: false };
    expect(await papers.change(claire, ref, { ...written, wish })).toMatchObject({ kind: 'asked' });
    expect(await numbers()).toBe(0);
    expect(await due(ref, '2028-08-31T22:00:00Z')).toBe('erased');
  });
  it('leave alone a reminder that is set anew meanwhile', SOAKED, async () => {
    const ref = await asked();
    const [read, anew] = ['2026-11-24T17:00:00Z', '2026-11-25T17:00:00Z'].map((at) => new Date(at));
    await town.admin.query('update paper set remind_at = $1 where id = $2', [anew, ref.paper]);
    const passed = { hour: 'remind_at', at: read ?? new Date() } as const;
    expect(await town.store.write(ref.school, (tx) => passHour(tx, ref.paper, passed))).toBe(false);
    expect(await nextDue(ref)).toEqual(anew);
  });
  it('remind of all that waits in one word a day, and only whose answer is needed', async () => {
    const first = await asked({}, { subject: 'Piscine' });
    await asked({}, { subject: 'Photo' });
    expect(await papers.remind(claire, first, null)).toMatchObject({
      reminded: expect.any(Number),
    });
    expect((await subjects('elodie.garnier'))[0]).toBe('2 papiers à signer');
    expect(await papers.remind(claire, first, null)).toEqual({ reminded: 0 });
    expect(await due(first, '2026-11-24T17:00:00Z')).toBe('reminded');
    const words = (await subjects('elodie.garnier')).filter((one) => one.includes('à signer'));
    expect(words).toHaveLength(1);
  });
  it('take away what was written and never left', async () => {
    const ref = await asked();
    await town.admin.query('update paper set version = 0 where id = $1', [ref.paper]);
    expect(await due(ref, '2026-11-25T09:00:00Z')).toBe('erased');
    expect(await due(ref, '2026-11-25T09:00:00Z')).toBe('erased');
  });
});

describe('a signature', () => {
  it('is found changed by one character, of the words or of the answer', async () => {
    const ref = await asked();
    const samira = await town.viewer('samira.benali');
    const [slip] = await slips('samira.benali', ref);
    if (!slip) throw new Error('no slip');
    const given = { version: 1, says: { kind: 'yes' }, note: '', number: '' } as const;
    await papers.answer(samira, slip.ref, { ...given, way: 'password' });
    const isWhole = async () => (await papers.evidence(claire, ref))?.signatures[0]?.isWhole;
    expect(await isWhole()).toBe(true);
    const {
      rows: [kept],
    } = await town.admin.query<{ letter: string; at: Date }>(
      'select v.letter_hash as letter, a.at from paper_version v join paper_answer a using (paper_id)',
    );
    const restore = async () => {
      await town.admin.query(
        `update paper_version set place = 'musée des Tisserands', from_time = '08:30',
          letter_hash = $1`,
        [kept?.letter],
      );
      await town.admin.query(
        `update paper_answer set says = 'yes', note = '', signer_name = 'Samira Benali', at = $1`,
        [kept?.at],
      );
      await town.admin.query(`update paper_child set name = replace(name, 'Amina', 'Amine')`);
    };
    for (const change of [
      `update paper_version set place = replace(place, 'T', 't')`,
      `update paper_version set from_time = '08:31'`,
      `update paper_version set letter_hash = substr(letter_hash, 2)`,
      `update paper_answer set says = 'no'`,
      `update paper_answer set note = '.'`,
      `update paper_answer set at = at + interval '1 ms'`,
      `update paper_answer set signer_name = signer_name || ' '`,
      `update paper_child set name = replace(name, 'Amine', 'Amina')`,
    ]) {
      await town.admin.query(change);
      expect(await isWhole(), change).toBe(false);
      await restore();
      expect(await isWhole(), change).toBe(true);
    }
  });
});
