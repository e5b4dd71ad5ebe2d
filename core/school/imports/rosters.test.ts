import { beforeEach, expect, it } from 'vitest';
import type { AddressId } from '../../ground/ids.ts';
import { DAY_MS } from '../../ground/spans.ts';
import { own } from '../../store/own.ts';
import { COMMAND_LINE } from './contract.ts';
import {
  dumpOf,
  guardian,
  guardiansFile,
  peopleOf,
  pupil,
  pupilsFile,
  teacher,
  teachersFile,
  wishOf,
} from './testing/school-files.ts';
import { openSchools, previewOf } from './testing/schools.ts';

const AFTERNOON = new Date('2026-11-24T16:00:00Z');
const clock = { now: AFTERNOON };
const { store, rosters, freshSchool } = await openSchools(40, clock);

beforeEach(() => {
  clock.now = AFTERNOON;
});

const later = (days: number): void => {
  clock.now = new Date(clock.now.getTime() + days * DAY_MS);
};

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
    pupilsFile([
      pupil('Zoé LE GOFF', 'CE1-CE2'),
      pupil("Jean-Baptiste D'ALMEIDA", 'CP A'),
      pupil('Léa Moreau', 'CP A'),
    ]),
    guardiansFile([guardian('Anne Le Goff', [pupil('Zoé LE GOFF', 'CE1-CE2')], 'anne@exemple.fr')]),
    teachersFile([
      teacher('Claire Petit', ['CP A'], { head: true }),
      teacher('Paul Roux', ['CE1-CE2']),
    ]),
  ];
  const first = await rosters.apply(wishOf(school, files));
  expect(first.kind).toBe('applied');
  expect(await peopleOf(store, school, clock.now, 'pupil')).toMatchObject([
    { address: 'jean-baptiste.d-almeida', classes: ['CP A'] },
    { address: 'lea.moreau', classes: ['CP A'] },
    { address: 'zoe.le-goff', name: 'Zoé Le Goff', classes: ['CE1-CE2'] },
  ]);
  expect(await peopleOf(store, school, clock.now, 'head')).toMatchObject([
    { name: 'Claire Petit', classes: ['CP A'] },
  ]);
  expect(await peopleOf(store, school, clock.now, 'guardian')).toMatchObject([
    { address: 'anne.le-goff' },
  ]);
  const before = await dumpOf(store, school);
  expect(before['mailbox']).toHaveLength(6 * 6);
  const again = await rosters.apply(wishOf(school, files));
  expect(again).toMatchObject({ kind: 'nothing', sameFileAppliedAt: clock.now });
  expect(previewOf(again).unchanged).toBe(6);
  expect(await dumpOf(store, school)).toEqual(before);
});

it('gives homonyms numbers that never come back, not even after an undo', async () => {
  const school = freshSchool();
  const twins = [
    pupil('Emma Martin', 'CP', { birthDate: '2018-01-01' }),
    pupil('Emma Martin', 'CP', { birthDate: '2018-02-02' }),
  ];
  await rosters.apply(wishOf(school, [pupilsFile(twins)]));
  expect((await peopleOf(store, school, clock.now, 'pupil')).map(({ address }) => address)).toEqual(
    ['emma.martin', 'emma.martin2'],
  );
  expect(await rosters.undo(school as never, COMMAND_LINE)).toMatchObject({ kind: 'undone' });
  expect(await peopleOf(store, school, clock.now, 'pupil')).toEqual([]);
  const third = pupil('Emma Martin', 'CP', { birthDate: '2018-03-03' });
  await rosters.apply(wishOf(school, [pupilsFile([third, ...twins])]));
  expect((await peopleOf(store, school, clock.now, 'pupil')).map(({ address }) => address)).toEqual(
    ['emma.martin', 'emma.martin2', 'emma.martin3'],
  );
});

it('moves a pupil to another class from today, the old membership dated and kept, and the list keeps its address', async () => {
  const school = freshSchool();
  const children = tenOf('CP', 'A');
  await rosters.apply(wishOf(school, [pupilsFile(children)]));
  later(3);
  const moved = children.map((child, index) =>
    index === 0 ? { ...child, className: 'CE1' } : child,
  );
  const applied = await rosters.apply(wishOf(school, [pupilsFile(moved)]));
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
  await rosters.apply(wishOf(school, [pupilsFile(children)]));
  const [gone] = await peopleOf(store, school, clock.now, 'pupil');
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
  const left = await rosters.apply(wishOf(school, [pupilsFile(children.slice(1))]));
  expect(previewOf(left).leaves).toMatchObject([{ name: 'Ba Durand', className: 'CP' }]);
  expect((await peopleOf(store, school, clock.now, 'pupil'))[0]).toMatchObject({
    state: 'suspended',
    classes: [],
  });
  expect(
    await store.read(school as never, (tx) => own(tx).selectFrom('session').selectAll().execute()),
  ).toEqual([]);
  later(1);
  await rosters.apply(wishOf(school, [pupilsFile(children)]));
  expect((await peopleOf(store, school, clock.now, 'pupil'))[0]).toMatchObject({
    address: gone?.address,
    state: 'active',
    classes: ['CP'],
  });
});

it('stops where more than a fifth leaves, until the number is typed again', async () => {
  const school = freshSchool();
  const children = tenOf('CP', 'C');
  await rosters.apply(wishOf(school, [pupilsFile(children)]));
  const half = [pupilsFile(children.slice(0, 5))];
  const before = await dumpOf(store, school);
  expect(await rosters.apply(wishOf(school, half))).toMatchObject({
    kind: 'stopped',
    preview: { stops: [{ kind: 'many-leave', leaving: 5, of: 10 }] },
  });
  expect(await rosters.apply(wishOf(school, half, { retyped: 4 }))).toMatchObject({
    kind: 'stopped',
  });
  expect(await dumpOf(store, school)).toEqual(before);
  expect(await rosters.apply(wishOf(school, half, { retyped: 5 }))).toMatchObject({
    kind: 'applied',
  });
  expect(await rosters.undo(school as never, COMMAND_LINE)).toMatchObject({ kind: 'undone' });
  expect(await dumpOf(store, school)).toEqual(before);
});

it('a file of another school is refused whole', async () => {
  const [mine, theirs] = [freshSchool(), freshSchool()];
  await rosters.apply(wishOf(mine, [pupilsFile(tenOf('CP', 'D'))]));
  await rosters.apply(wishOf(theirs, [pupilsFile(tenOf('CP', 'EE'))]));
  const before = [await dumpOf(store, mine), await dumpOf(store, theirs)];
  const wrong = await rosters.apply(wishOf(mine, [pupilsFile(tenOf('CP', 'EE'))], { retyped: 10 }));
  expect(wrong).toMatchObject({ kind: 'stopped', preview: { stops: [{ kind: 'other-school' }] } });
  expect([await dumpOf(store, mine), await dumpOf(store, theirs)]).toEqual(before);
});
