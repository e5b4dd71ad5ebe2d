/** Papers whose words are written, or answered, twice at the same moment. */

import { afterEach, describe, expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import type { AnswerGiven, PaperRef } from './contract/slips.ts';
import { OUTING } from './testing/asked-paper.ts';
import { openPaperTown } from './testing/paper-town.ts';

type Hook = () => Promise<void>;
/** What is done right before the next deliveries, and the next transactions that write. */
const before: Record<'delivery' | 'write', Hook[]> = { delivery: [], write: [] };

const { town, claire, papers, draft, asked, child, slips } = await openPaperTown({
  watch: (store) => ({
    ...store,
    async delivery(fn) {
      await before.delivery.shift()?.();
      return store.delivery(fn);
    },
    async write(school, fn) {
      await before.write.shift()?.();
      return store.write(school, fn);
    },
  }),
});
afterEach(() => {
  before.delivery = [];
  before.write = [];
});

/** A letter with which the paper begins at another hour. */
async function changing(ref: PaperRef, from: string) {
  const written = await draft(claire, { subject: `Sortie à ${from}` });
  return () => papers.change(claire, ref, { ...written, wish: { ...OUTING, from } });
}

async function signs(local: string, ref: PaperRef, given: Partial<AnswerGiven> = {}) {
  const [slip] = await slips(local, ref);
  if (!slip) throw new Error(`no slip for ${local}`);
  const says = { kind: 'yes' } as const;
  return papers.answer(await town.viewer(local), slip.ref, {
    ...{ version: slip.version, says, note: '', number: '', way: 'password' },
    ...given,
  });
}

const subjects = async (local: string) => (await town.rows(local)).map(({ subject }) => subject);

it('families hold the letter whose words they sign, of two changes at once', async () => {
  const ref = await asked();
  const [nine, ten] = [await changing(ref, '09:00'), await changing(ref, '10:00')];
  const staged = Promise.withResolvers<void>();
  const first = Promise.withResolvers<void>();
  const second: ReturnType<typeof ten>[] = [];
  before.delivery = [
    async () => {
      second.push(ten());
      await staged.promise;
    },
    async () => {
      staged.resolve();
      await first.promise;
    },
  ];
  expect(await nine()).toEqual({ kind: 'changed' });
  first.resolve();
  expect(await Promise.all(second)).toEqual([{ kind: 'asked', ref }]);
  expect(await papers.state(claire, ref)).toMatchObject({
    subject: 'Sortie à 10:00',
    text: { version: 2, frame: { occasion: { from: '10:00' } } },
  });
  expect((await subjects('samira.benali'))[0]).toBe('Sortie à 10:00');
  expect(await subjects('samira.benali')).not.toContain('Sortie à 09:00');
});

it('nothing that was signed is taken away by a change that looked before it', async () => {
  const ref = await asked();
  const [eleven, noon] = [await changing(ref, '11:00'), await changing(ref, '12:00')];
  before.write = [
    async () => {
      expect(await eleven()).toEqual({ kind: 'asked', ref });
      expect(await signs('samira.benali', ref)).toEqual({ kind: 'done' });
    },
  ];
  expect(await noon()).toEqual({ kind: 'changed' });
  expect(await child(ref, 'Amine Benali')).toMatchObject({
    standing: { kind: 'yes' },
    answers: [{ version: 2 }],
  });
  const evidence = await papers.evidence(claire, ref);
  expect(evidence?.signatures.map(({ isWhole }) => isWhole)).toEqual([true]);
  // Read again, it can be changed as any other.
  expect(await noon()).toEqual({ kind: 'asked', ref });
});

it(
  'a second press hears that its letter is leaving, and the journal names who asked',
  SOAKED,
  async () => {
    const written = await draft(claire, { subject: 'Deux fois' });
    const press = () => papers.ask(claire, { ...written, wish: OUTING });
    before.delivery = [async () => expect(await press()).toEqual({ kind: 'underway' })];
    const first = await press();
    expect(first).toMatchObject({ kind: 'asked' });
    expect(await press()).toEqual(first);
    const { rows } = await town.admin.query(
      `select actor_address_id::integer as by, subject from audit where act = 'paper-ask'
     order by id desc limit 1`,
    );
    expect(rows).toMatchObject([
      { by: claire.addressId, subject: { version: 1, class: expect.any(Number) } },
    ]);
  },
);

it('nothing is asked that the journal can’t say', SOAKED, async () => {
  const written = await draft(claire, { subject: 'Sans journal' });
  const press = () => papers.ask(claire, { ...written, wish: OUTING });
  await town.admin.query(
    `create function falls() returns trigger language plpgsql
       as 'begin raise exception using errcode = ''57P01''; end';
     create trigger falls before insert on audit for each row execute function falls()`,
  );
  await expect(press()).rejects.toThrow();
  await town.admin.query('drop trigger falls on audit; drop function falls()');
  expect(await subjects('samira.benali')).not.toContain('Sans journal');
  expect(await press()).toMatchObject({ kind: 'asked' });
});

describe('an answer', () => {
  it('is kept once, of two presses of one button at once', async () => {
    const ref = await asked();
    before.write = [
      async () => expect(await signs('samira.benali', ref)).toEqual({ kind: 'done' }),
    ];
    expect(await signs('samira.benali', ref)).toEqual({ kind: 'done' });
    const presses = Array.from({ length: 4 }, () => signs('farid.benali', ref));
    expect((await Promise.all(presses)).map(({ kind }) => kind)).toEqual(Array(4).fill('done'));
    const evidence = await papers.evidence(claire, ref);
    expect(evidence?.signatures.map(({ answer }) => answer.name)).toEqual([
      'Samira Benali',
      'Farid Benali',
    ]);
  });

  it('is one’s last word, though the one before came after the page was read', async () => {
    const ref = await asked();
    expect(await signs('samira.benali', ref)).toEqual({ kind: 'done' });
    const no = { says: { kind: 'no' } } as const;
    before.write = [
      async () => expect(await signs('samira.benali', ref, no)).toEqual({ kind: 'done' }),
    ];
    expect(await signs('samira.benali', ref)).toEqual({ kind: 'done' });
    expect(await child(ref, 'Amine Benali')).toMatchObject({ standing: { kind: 'yes' } });
  });

  const number = '06 12 34 56 78';
  const numbersKept = async () => (await town.admin.query('select number from paper_number')).rows;

  it('given a second time is taken by no paper that asks no more', SOAKED, async () => {
    const ref = await asked();
    expect(await signs('samira.benali', ref)).toEqual({ kind: 'done' });
    const written = await draft(claire, { subject: 'Sans numéro' });
    const wish = { ...OUTING, asksNumber: false };
    const changed = { ...written, wish: { ...wish, from: '09:00' } };
    before.write = [
      async () => expect(await papers.change(claire, ref, changed)).toEqual({ kind: 'asked', ref }),
    ];
    expect(await signs('samira.benali', ref, { number })).toEqual({ kind: 'changed' });
    expect(await signs('samira.benali', ref)).toEqual({ kind: 'done' });
    before.write = [async () => expect(await papers.withdraw(claire, ref)).toBe(true)];
    expect(await signs('samira.benali', ref, { number })).toEqual({ kind: 'withdrawn' });
    expect(await numbersKept()).toEqual([]);
  });

  it('leaves no number where they have just been erased', async () => {
    const ref = await asked();
    before.write = [
      async () => void (await town.admin.query('update paper set numbers_gone_at = null')),
    ];
    expect(await signs('samira.benali', ref, { number })).toEqual({ kind: 'done' });
    expect(await numbersKept()).toEqual([]);
  });
});
