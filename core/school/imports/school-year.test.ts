import { expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { own } from '../../store/own.ts';
import { updateSchool } from '../../store/town/schools.ts';
import { COMMAND_LINE } from './contract.ts';
import { rollOver } from './roll-over.ts';
import { classmates, csv, wishOf } from './testing/school-files.ts';
import { openSchools } from './testing/schools.ts';

const AGENT = COMMAND_LINE;
const { store, rosters, parts, freshSchool, clock, dumped, peopleNow, later } =
  await openSchools(60);

it('next year’s roster is seen by all and changes nothing until its day, which can be moved', async () => {
  const school = freshSchool();
  const children = classmates('CP', 'Joly');
  await rosters.apply(wishOf(school, [csv.pupils(children)]));
  clock.now = new Date('2027-06-20T10:00:00Z');
  const before = await dumped(school);
  const promoted = [
    csv.pupils(children.map((child) => ({ ...child, className: 'CE1', level: 'CE1' }))),
  ];
  const rehearsed = await rosters.apply(wishOf(school, promoted, { year: '2027-2028' }));
  expect(rehearsed).toMatchObject({
    kind: 'rehearsed',
    day: '2027-09-01',
    preview: { classesMade: ['CE1'], classesEnded: ['CP'] },
  });
  expect(await dumped(school)).toEqual(before);
  expect(await rosters.rehearsal(school)).toMatchObject({
    day: '2027-09-01',
    classes: [{ name: 'CE1', pupils: expect.arrayContaining(['Enfanta Joly']) as unknown }],
  });
  for (const day of ['2027-06-19', '2027-06-30', '2027-09-31', '2028-09-01', '2099-09-01'])
    expect(await rosters.moveRollOver(school, day, COMMAND_LINE)).toBe(false);
  expect(await rosters.moveRollOver(school, '2027-09-03', COMMAND_LINE)).toBe(true);
  const due = await store.town((tx) =>
    tx.db
      .selectFrom('due')
      .selectAll()
      .where('kind', '=', 'rollover')
      .where('school_id', '=', school)
      .execute(),
  );
  expect(due).toMatchObject([{ at: new Date('2027-09-02T22:05:00Z') }]);
  const id = rehearsed.kind === 'rehearsed' ? rehearsed.id : 0;
  clock.now = new Date('2027-09-02T10:00:00Z');
  expect(await rollOver(parts, school, id)).toBe('too-early');
  clock.now = new Date('2027-09-02T22:05:00Z');
  expect(await rollOver(parts, school, id)).toBe('done');
  expect((await peopleNow(school, 'pupil')).every(({ classes }) => classes.join() === 'CE1')).toBe(
    true,
  );
  expect(await rollOver(parts, school, id)).toBe('gone');
  const audit = await store.read(school, (tx) =>
    own(tx).selectFrom('audit').select('act').execute(),
  );
  expect(audit.map(({ act }) => act)).toContain('roll-over');
  expect(await rosters.undo(school, AGENT)).toMatchObject({ kind: 'undone' });
  expect(await dumped(school)).toEqual(before);
});

it(
  'a school that has ended takes no list, and next year’s waits for the end to be taken back',
  SOAKED,
  async () => {
    clock.now = new Date('2027-06-20T10:00:00Z');
    const school = freshSchool();
    const children = classmates('CM1', 'Roux');
    const thisYear = wishOf(school, [csv.pupils(children)]);
    const nextYear = wishOf(
      school,
      [csv.pupils(children.map((child) => ({ ...child, className: 'CM2', level: 'CM2' })))],
      { year: '2027-2028' },
    );
    await rosters.apply(thisYear);
    const rehearsed = await rosters.apply(nextYear);
    const id = rehearsed.kind === 'rehearsed' ? rehearsed.id : 0;
    const close = (day: string | null) =>
      store.town((tx) => updateSchool(tx, school, { closesOn: day }));
    await close('2027-07-10');
    expect(await rosters.apply(thisYear)).toMatchObject({ kind: 'nothing' });
    expect(await rosters.apply(nextYear)).toEqual({ kind: 'school-closed', day: '2027-07-10' });
    clock.now = new Date('2027-09-01T10:00:00Z');
    const closed = await dumped(school);
    for (const wish of [nextYear, wishOf(school, [csv.pupils([])], { year: '2027-2028' })])
      expect(await rosters.apply(wish)).toEqual({ kind: 'school-closed', day: '2027-07-10' });
    expect(await rollOver(parts, school, id)).toBe('school-closed');
    expect(await dumped(school)).toEqual(closed);
    await close(null);
    expect(await rollOver(parts, school, id)).toBe('done');
    expect((await peopleNow(school, 'pupil')).map(({ classes }) => classes.join())).toEqual(
      children.map(() => 'CM2'),
    );
  },
);

it('a class list keeps its address from year to year, also after it had ended', async () => {
  const school = freshSchool();
  const children = classmates('CP', 'Klein');
  const in_ = (className: string) => [
    csv.pupils(children.map((child) => ({ ...child, className }))),
  ];
  const list = () =>
    store.town((tx) =>
      tx.db
        .selectFrom('address')
        .select(['id', 'target_id'])
        .where('local', '=', `cp.ecole-${school}`)
        .executeTakeFirstOrThrow(),
    );
  await rosters.apply(wishOf(school, in_('CP')));
  const first = await list();
  later(10);
  await rosters.apply(wishOf(school, in_('CE1')));
  later(10);
  await rosters.apply(wishOf(school, in_('CP')));
  expect(await list()).toEqual(first);
  expect((await peopleNow(school, 'pupil')).every(({ classes }) => classes.join() === 'CP')).toBe(
    true,
  );
});
