import { expect, it } from 'vitest';
import type { AddressId } from '../../ground/ids.ts';
import { own } from '../../store/own.ts';
import { COMMAND_LINE } from './contract.ts';
import { csv, guardian, pupil, teacher, wishOf } from './testing/school-files.ts';
import { openSchools, previewOf } from './testing/schools.ts';

const { store, rosters, freshSchool, clock, dumped, peopleNow, later } = await openSchools(40);

/** A class of ten, by numbers, none a homonym. */
function tenOf(className: string, prefix: string) {
  return Array.from({ length: 10 }, (_, index) =>
    pupil(`${prefix}${'abcdefghij'[index]} Durand`, className, {
      ine: `10000000${String(prefix.length)}${String(index)}${prefix.charCodeAt(0) % 10}A`.slice(
        -11,
      ),
    }),
  );
}

it('makes accounts, addresses, mailboxes, classes and lists, and the same file again changes nothing and says so', async () => {
  const school = freshSchool();
  const files = [
    csv.pupils([
      pupil('Zoé LE GOFF', 'CE1-CE2'),
      pupil("Jean-Baptiste D'ALMEIDA", 'CP A'),
      pupil('Léa Moreau', 'CP A'),
    ]),
    csv.guardians([guardian('Anne Le Goff', [pupil('Zoé LE GOFF', 'CE1-CE2')], 'anne@exemple.fr')]),
    csv.teachers([
      teacher('Claire Petit', ['CP A'], { head: true }),
      teacher('Paul Roux', ['CE1-CE2']),
    ]),
  ];
  const first = await rosters.apply(wishOf(school, files));
  expect(first.kind).toBe('applied');
  expect(await peopleNow(school, 'pupil')).toMatchObject([
    { address: 'jean-baptiste.d-almeida', classes: ['CP A'] },
    { address: 'lea.moreau', classes: ['CP A'] },
    { address: 'zoe.le-goff', name: 'Zoé Le Goff', classes: ['CE1-CE2'] },
  ]);
  expect(await peopleNow(school, 'head')).toMatchObject([
    { name: 'Claire Petit', classes: ['CP A'] },
  ]);
  expect(await peopleNow(school, 'guardian')).toMatchObject([{ address: 'anne.le-goff' }]);
  const before = await dumped(school);
  expect(before['mailbox']).toHaveLength(6 * 6);
  const again = await rosters.apply(wishOf(school, files));
  expect(again).toMatchObject({ kind: 'nothing', sameFileAppliedAt: clock.now });
  expect(previewOf(again).unchanged).toBe(6);
  expect(await dumped(school)).toEqual(before);
});

it('gives homonyms numbers that never come back, not even after an undo', async () => {
  const school = freshSchool();
  const twins = [
    pupil('Emma Martin', 'CP', { birthDate: '2018-01-01' }),
    pupil('Emma Martin', 'CP', { birthDate: '2018-02-02' }),
  ];
  await rosters.apply(wishOf(school, [csv.pupils(twins)]));
  expect((await peopleNow(school, 'pupil')).map(({ address }) => address)).toEqual([
    'emma.martin',
    'emma.martin2',
  ]);
  expect(await rosters.undo(school as never, COMMAND_LINE)).toMatchObject({ kind: 'undone' });
  expect(await peopleNow(school, 'pupil')).toEqual([]);
  const third = pupil('Emma Martin', 'CP', { birthDate: '2018-03-03' });
  await rosters.apply(wishOf(school, [csv.pupils([third, ...twins])]));
  expect((await peopleNow(school, 'pupil')).map(({ address }) => address)).toEqual([
    'emma.martin',
    'emma.martin2',
    'emma.martin3',
  ]);
});

it('moves a pupil to another class from today, the old membership dated and kept, and the list keeps its address', async () => {
  const school = freshSchool();
  const children = tenOf('CP', 'A');
  await rosters.apply(wishOf(school, [csv.pupils(children)]));
  later(3);
  const moved = children.map((child, index) =>
    index === 0 ? { ...child, className: 'CE1' } : child,
  );
  const applied = await rosters.apply(wishOf(school, [csv.pupils(moved)]));
  expect(previewOf(applied)).toMatchObject({
    movesClass: [{ name: 'Aa Durand', fromClass: 'CP', className: 'CE1' }],
    classesMade: ['CE1'],
    unchanged: 9,
    leaves: [],
  });
  const rows = await store.read(school, (tx) =>
    own(tx).selectFrom('membership').selectAll().orderBy('from_date').execute(),
  );
  expect(rows).toHaveLength(11);
  expect(rows.filter(({ until_date }) => until_date !== null)).toMatchObject([
    { from_date: '2026-11-24', until_date: '2026-11-26' },
  ]);
});

it('lets pupils leave: suspended at once, their sessions over, and back again when a file has them again', async () => {
  const school = freshSchool();
  const children = tenOf('CP', 'B');
  await rosters.apply(wishOf(school, [csv.pupils(children)]));
  const [gone] = await peopleNow(school, 'pupil');
  await store.write(school, async (tx) => {
    const account = await own(tx)
      .selectFrom('account', { address_id: gone?.id ?? (0 as AddressId) })
      .select('id')
      .executeTakeFirstOrThrow();
    await own(tx)
      .insertInto('session', {
        id: crypto.randomUUID(),
        account_id: account.id,
        secret_hash: Buffer.alloc(32),
        csrf: 'x',
        expires_at: new Date('2030-01-01'),
      })
      .execute();
  });
  later(1);
  const left = await rosters.apply(wishOf(school, [csv.pupils(children.slice(1))]));
  expect(previewOf(left).leaves).toMatchObject([{ name: 'Ba Durand', className: 'CP' }]);
  expect((await peopleNow(school, 'pupil'))[0]).toMatchObject({
    state: 'suspended',
    classes: [],
  });
  expect(
    await store.read(school as never, (tx) => own(tx).selectFrom('session').selectAll().execute()),
  ).toEqual([]);
  later(1);
  await rosters.apply(wishOf(school, [csv.pupils(children)]));
  expect((await peopleNow(school, 'pupil'))[0]).toMatchObject({
    address: gone?.address,
    state: 'active',
    classes: ['CP'],
  });
});

it('stops where more than a fifth leaves, until the number is typed again', async () => {
  const school = freshSchool();
  const children = tenOf('CP', 'C');
  await rosters.apply(wishOf(school, [csv.pupils(children)]));
  const half = [csv.pupils(children.slice(0, 5))];
  const before = await dumped(school);
  expect(await rosters.apply(wishOf(school, half))).toMatchObject({
    kind: 'stopped',
    preview: { stops: [{ kind: 'many-leave', leaving: 5, of: 10 }] },
  });
  expect(await rosters.apply(wishOf(school, half, { retyped: 4 }))).toMatchObject({
    kind: 'stopped',
  });
  expect(await dumped(school)).toEqual(before);
  expect(await rosters.apply(wishOf(school, half, { retyped: 5 }))).toMatchObject({
    kind: 'applied',
  });
  expect(await rosters.undo(school as never, COMMAND_LINE)).toMatchObject({ kind: 'undone' });
  expect(await dumped(school)).toEqual(before);
});

it('a file of another school is refused whole', async () => {
  const [mine, theirs] = [freshSchool(), freshSchool()];
  await rosters.apply(wishOf(mine, [csv.pupils(tenOf('CP', 'D'))]));
  await rosters.apply(wishOf(theirs, [csv.pupils(tenOf('CP', 'EE'))]));
  const before = [await dumped(mine), await dumped(theirs)];
  const wrong = await rosters.apply(wishOf(mine, [csv.pupils(tenOf('CP', 'EE'))], { retyped: 10 }));
  expect(wrong).toMatchObject({ kind: 'stopped', preview: { stops: [{ kind: 'other-school' }] } });
  expect([await dumped(mine), await dumped(theirs)]).toEqual(before);
});
