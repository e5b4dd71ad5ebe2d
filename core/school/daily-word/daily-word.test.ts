import { describe, expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import type { AccountId } from '../../ground/ids.ts';
import { wish } from '../boards/testing/wish.ts';
import { openPaperTown } from '../papers/testing/paper-town.ts';
import { dailyWordDue } from './daily-word.ts';

const { town, claire, papers, asked, slips, tie } = await openPaperTown();
const { boards, dailyWord } = town.core;
const samira = await town.viewer('samira.benali');

const nextDue = async (): Promise<Date | undefined> => {
  const { rows } = await town.admin.query<{ at: Date }>(
    `select at from due where kind = 'daily-word'`,
  );
  return rows[0]?.at;
};
/** What the clock finds to do for Samira at a moment. */
async function due(at: string, account: AccountId = samira.account): Promise<string> {
  town.clock.now = new Date(at);
  const { publicUrl } = town.core.config;
  return dailyWordDue({ ...town.parts, boards, publicUrl }, samira.school, account);
}
async function words(local = 'samira.benali') {
  const rows = await town.rows(local);
  return rows.filter(({ subject }) => /annonce|papier|À signer/.test(subject));
}
async function text(local = 'samira.benali'): Promise<string> {
  const who = await town.viewer(local);
  const [row] = await words(local);
  return (row && (await town.core.mail.read(who, row.mailbox, row.uid))?.text) ?? '';
}
async function pinUp(title: string): Promise<void> {
  const line = (await boards.list(claire)).find(({ name }) => name === 'CE1 A');
  const posted = line && (await boards.post(claire, line.ref, wish({ title })));
  expect(posted?.kind).toBe('posted');
}
/** A town in which nobody has been told of anything. */
async function afresh(): Promise<void> {
  await town.admin.query(`delete from due where kind = 'daily-word'`);
  await town.admin.query('update account set daily_word = false, daily_word_at = null');
  await town.admin.query('delete from entry e using board b where e.mailbox_id = b.mailbox_id');
  await town.admin.query('delete from notice');
  for (const { mailbox, uid } of await words()) await town.core.mail.erase(samira, mailbox, [uid]);
}

describe('a word a day', () => {
  it('comes in the evening of a school day to who wants it, papers first, then notices', async () => {
    await afresh();
    expect(await dailyWord.wanted(samira)).toBe(false);
    await dailyWord.want(samira, true);
    expect(await dailyWord.wanted(samira)).toBe(true);
    const at = await nextDue();
    expect(at?.toISOString()).toMatch(/^2026-11-24T17:[0-2]\d/);
    await asked({}, { subject: 'Sortie au musée' });
    await pinUp('On cherche des bouchons');
    expect(await due('2026-11-24T16:59:00Z')).toBe('not-now');
    expect(await due('2026-11-24T17:20:00Z')).toBe('told');
    const [word] = await words();
    expect(word?.subject).toBe('1 papier à signer, 1 annonce au panneau');
    expect(await text()).toMatch(
      /À signer.*Sortie au musée, pour Amine, avant.*Au panneau.*On cherche des bouchons \(CE1 A\)/s,
    );
    expect(await text()).toContain('/settings#notices');
    // What the word named is no more reminded of today.
    const [slip] = await slips('samira.benali', (await papers.slips(samira))[0]?.ref ?? never());
    expect(await papers.remind(claire, slip?.ref ?? never(), slip?.ref.child ?? never())).toEqual({
      reminded: 1, // her husband, who wants no word
    });
    expect(await words()).toHaveLength(1);
    expect((await nextDue())?.toISOString()).toMatch(/^2026-11-26T17/); // Wednesday is none
  });

  it('doesn’t come for what it said before, nor for what one has seen or answered', async () => {
    await afresh();
    await dailyWord.want(samira, true);
    await asked();
    expect(await due('2026-11-24T17:20:00Z')).toBe('told');
    expect(await due('2026-11-24T17:21:00Z')).toBe('nothing-new');
    expect(await due('2026-11-26T17:20:00Z')).toBe('nothing-new');
    town.clock.now = new Date('2026-11-26T18:00:00Z');
    await pinUp('La fresque est finie');
    const line = (await boards.list(samira)).find(({ name }) => name === 'CE1 A');
    const view = line && (await boards.board(samira, line.ref));
    await boards.see(samira, view?.notices.map(({ ref }) => ref) ?? []);
    expect(await due('2026-11-27T17:20:00Z')).toBe('nothing-new');
    expect(await words()).toHaveLength(1);
  });

  it('and a reminder of the same second are one word', SOAKED, async () => {
    await afresh();
    await dailyWord.want(samira, true);
    const ref = await asked();
    const [slip] = await papers.slips(samira);
    await Promise.all([
      due('2026-11-24T17:20:00Z'),
      papers.remind(claire, ref, slip?.ref.child ?? never()),
    ]);
    expect(await words()).toHaveLength(1);
  });

  it('stays away on the day of a reminder, in the holidays, late at night and once nobody wants it', async () => {
    await afresh();
    await dailyWord.want(samira, true);
    const ref = await asked();
    await papers.remind(claire, ref, null);
    expect(await due('2026-11-24T17:20:00Z')).toBe('nothing-new');
    expect(await due('2026-11-28T17:20:00Z')).toBe('not-now'); // a Saturday
    expect(await due('2026-11-26T21:00:00Z')).toBe('not-now');
    await dailyWord.want(samira, false);
    expect(await nextDue()).toBeUndefined();
    expect(await due('2026-11-27T17:20:00Z')).toBe('unwanted');
    expect(await words()).toHaveLength(1);
  });

  it('is for families alone, says nothing of the other, and stops with rights for the child', async () => {
    await afresh();
    const lina = await town.viewer('lina.moreau');
    for (const who of [lina, claire]) {
      expect(await dailyWord.wanted(who)).toBeNull();
      await dailyWord.want(who, true);
    }
    expect(await nextDue()).toBeUndefined();
    await town.admin.query(`update account set daily_word = true where id = $1`, [lina.account]);
    expect(await due('2026-11-24T17:20:00Z', lina.account)).toBe('unwanted');
    town.clock.now = new Date('2026-11-24T12:00:00Z');
    await dailyWord.want(samira, true);
    const ref = await asked({ needed: 'each' });
    const farid = await town.viewer('farid.benali');
    const [his] = await slips('farid.benali', ref);
    const given = { version: 1, says: { kind: 'no' }, note: 'Dentiste', number: '' } as const;
    await papers.answer(farid, his?.ref ?? never(), { ...given, way: 'password' });
    await tie('blocked', true, 'samira.benali');
    expect(await due('2026-11-24T17:20:00Z')).toBe('nothing-new');
    await tie('blocked', false, 'samira.benali');
    await asked({}, { subject: 'Piscine' });
    expect(await due('2026-11-24T17:21:00Z')).toBe('told');
    expect(await text()).not.toMatch(/Farid|Dentiste|\bnon\b/);
  });
});

function never(): never {
  throw new Error('not there');
}
