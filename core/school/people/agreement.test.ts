import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';

let town: TestTown;
beforeAll(async () => {
  town = await openTestTown();
});
afterAll(() => town.close());

const CLASSMATE = ['noe.garnier'];
/** What a mail program of Lina's is told. */
async function writes(): Promise<string> {
  const outcome = await town.send('lina.moreau', CLASSMATE, { via: 'submission' });
  return 'refusals' in outcome ? (outcome.refusals[0]?.rule ?? '') : outcome.kind;
}
async function asks(wishes: { hasCharter?: boolean; asksFamilies?: boolean }): Promise<void> {
  const head = await town.viewer('mamadou.diallo');
  expect(await town.core.schoolSettings.save(head, head.school, wishes)).toBe('saved');
}
const acts = async (like: string): Promise<string[]> =>
  (
    await town.admin.query<{ act: string }>('select act from audit where act like $1 order by id', [
      like,
    ])
  ).rows.map(({ act }) => act);

it('a pupil writes after their own yes to the charter, from any program', async () => {
  const forget = `update account set charter_at = null where display_name = 'Lina Moreau'`;
  await town.admin.query(`begin; set local preau.school = '1'; ${forget}; commit`);
  expect((await town.viewer('lina.moreau')).writesAfter).toBe('charter');
  expect(await writes()).toBe('charter-first');
  await asks({ hasCharter: false });
  expect(await writes()).toBe('accepted');
  await asks({ hasCharter: true });
  await town.core.accounts.acceptCharter(await town.viewer('lina.moreau'));
  expect((await town.viewer('lina.moreau')).writesAfter).toBeNull();
  expect(await writes()).toBe('accepted');
});

it('where the school asks, the family says yes on paper or in an account; a guardian’s no stands above', async () => {
  const [mother, father, teacher, head, lina] = await Promise.all(
    ['karine.moreau', 'thomas.moreau', 'claire.lefevre', 'mamadou.diallo', 'lina.moreau'].map(
      (local) => town.viewer(local),
    ),
  );
  if (!mother || !father || !teacher || !head || !lina) throw new Error('nobody');
  const { core } = town;
  const says = (who: typeof mother, agrees: boolean) =>
    core.people.agreeForOwnChild(who, { school: lina.school, child: lina.addressId, agrees });
  const own = (await core.teaching.classes(teacher)).find(({ teaches }) => teaches);
  if (!own) throw new Error('no class');
  const paper = (who: typeof mother, agrees: boolean, children: 'all' | 'one' = 'one') =>
    core.teaching.notePaper(who, {
      class: own.id,
      children: children === 'all' ? 'all' : [lina.account],
      agrees,
    });
  await asks({ asksFamilies: true });
  expect(await writes()).toBe('family-first');
  expect(await paper(teacher, true)).toEqual({ kind: 'done' });
  expect(await writes()).toBe('accepted');
  expect(await says(father, false)).toBe(true);
  expect(await writes()).toBe('family-first');
  expect(await paper(head, true, 'all')).toEqual({ kind: 'done' });
  expect(await writes()).toBe('family-first');
  expect(await says(father, true)).toBe(true);
  expect(await paper(teacher, false)).toEqual({ kind: 'done' });
  expect(await writes()).toBe('accepted');
  const classNow = await core.teaching.classDetails(teacher, own.id, lina.account);
  expect(classNow?.open?.answers.map(({ agrees }) => agrees)).toEqual([true]);
  expect(classNow?.children.every(({ family }) => family === 'yes')).toBe(true);
  // Nobody else's: another family, a teacher of another class, the child.
  for (const who of [await town.viewer('samira.benali'), teacher, lina])
    expect(await says(who, true)).toBe(false);
  for (const who of [await town.viewer('karim.haddad'), mother, lina])
    expect(await paper(who, false)).toEqual({ kind: 'missing' });
  expect(await acts('family-%')).toEqual([
    'family-paper',
    'family-no',
    'family-paper',
    'family-yes',
    'family-paper-back',
  ]);
  // A guardian who is blocked has no word any more.
  await core.people.blockGuardian(head, lina.school, {
    account: lina.account,
    guardian: father.addressId,
    blocked: true,
  });
  expect(await writes()).toBe('family-first');
  expect(await says(father, true)).toBe(false);
  await asks({ asksFamilies: false });
});
