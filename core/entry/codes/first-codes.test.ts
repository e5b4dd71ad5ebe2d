import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../../tests/shared/fresh-database.ts';
import type { AccountId } from '../../ground/ids.ts';
import { COMMAND_LINE } from '../../school/imports/contract.ts';
import {
  csv,
  emptySchools,
  guardian,
  pupil,
  rostersAt,
  SECRET,
  teacher,
  wishOf,
} from '../../school/imports/testing/school-files.ts';
import { own } from '../../store/own.ts';
import { openStore, type SchoolTx, type Store } from '../../store/store.ts';
import { activationHash } from './activation-code.ts';
import type { CodeSheet } from './contract.ts';
import { pictureHash } from './picture-code.ts';

const clock = { now: new Date('2026-09-01T05:00:00Z') };
let database: FreshDatabase;
let store: Store;
let rosters: ReturnType<typeof rostersAt>['rosters'];

beforeAll(async () => {
  database = await freshDatabase();
  store = openStore(database.databaseUrl, { poolSize: 2, onError: () => {} });
  await emptySchools(store, ['ecole-1', 'ecole-2', 'ecole-3', 'ecole-4']);
  ({ rosters } = rostersAt(store, clock));
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

const CP = Array.from({ length: 20 }, (_, index) =>
  pupil(`Enfant${'abcdefghijklmnopqrst'[index]} Roux`, 'CP', {
    birthDate: `2019-02-${String(index + 1).padStart(2, '0')}`,
  }),
);
const CM2 = [
  pupil('Ana Petit', 'CM2', { level: 'CM2', birthDate: '2016-01-01' }),
  pupil('Bob Petit', 'CP', { birthDate: '2019-01-02' }),
];

async function applied(
  school: number,
  files: Parameters<typeof wishOf>[1],
  codes: 'with-codes' | 'without-codes' = 'with-codes',
): Promise<readonly CodeSheet[]> {
  const answer = await rosters.apply(wishOf(school, files), codes);
  if (!('sheets' in answer)) throw new Error(answer.kind);
  return answer.sheets;
}

const shape = (sheets: readonly CodeSheet[]) =>
  sheets
    .map(
      ({ of, className, cards, slips }) =>
        `${of} ${className}: ${cards.length} ${cards[0]?.code.kind ?? '-'}, ${slips.length}`,
    )
    .sort();

/** That each card opens its account, and that of nobody's code more than a hash is kept. */
async function keptAsHashes(tx: SchoolTx, sheets: readonly CodeSheet[]): Promise<void> {
  const accounts = new Map(
    (
      await tx.db
        .selectFrom('account as a')
        .innerJoin('address as d', 'd.id', 'a.address_id')
        .select(['a.id', 'd.local', 'd.domain'])
        .where('a.school_id', '=', tx.school)
        .execute()
    ).map((row) => [`${row.local}@${row.domain}`, row.id]),
  );
  const ofSchool = (table: 'picture_code' | 'activation_code') =>
    own(tx).selectFrom(table).selectAll().execute();
  const kept = new Map(
    [...(await ofSchool('picture_code')), ...(await ofSchool('activation_code'))].map((row) => [
      row.account_id,
      row,
    ]),
  );
  expect(kept.size).toBe(accounts.size);
  for (const { address, code } of sheets.flatMap(({ cards }) => cards)) {
    const owner = { school: tx.school, account: accounts.get(address) ?? (0 as AccountId) };
    const hash =
      code.kind === 'pictures'
        ? pictureHash(SECRET, owner, code.pictures)
        : activationHash(SECRET, owner, code.text);
    expect(kept.get(owner.account)?.code_hash.equals(hash)).toBe(true);
  }
}

it('gives everybody of a school a code in the transaction of the import, kept as hashes alone', async () => {
  const [ana, bob] = CM2;
  if (!ana || !bob) throw new Error('no children');
  const files = [
    csv.pupils([...CP, ...CM2]),
    csv.guardians([guardian('Lise Petit', [ana, bob], 'lise@exemple.fr')]),
    csv.teachers([teacher('Anne Roche', ['CP'])]),
  ];
  const sheets = await applied(1, files);
  expect(shape(sheets)).toEqual([
    'adults : 1 activation, 0',
    'class CM2: 1 activation, 1',
    'class CP: 21 pictures, 1',
  ]);
  const slips = sheets.flatMap(({ slips: own }) =>
    own.flatMap(({ guardians }) => guardians.map(({ code }) => code)),
  );
  expect(new Set(slips).size).toBe(1); // one code, on the slip of each child
  const cp = sheets.find(({ className }) => className === 'CP');
  expect(new Set(cp?.cards.map(({ code }) => JSON.stringify(code))).size).toBe(21);
  await store.read(wishOf(1, []).school, async (tx) => {
    await keptAsHashes(tx, sheets);
    const audit = await own(tx)
      .selectFrom('audit', { act: 'print-codes' })
      .select(['actor_address_id', 'subject'])
      .execute();
    expect(audit).toEqual([{ actor_address_id: null, subject: { format: 'import', codes: 24 } }]);
  });
});

it('makes none twice: the same file again, then one more child, who gets other pictures than the class has', async () => {
  const children = [...CP, ...CM2].map((child) => ({ ...child, familyName: 'Noir' }));
  await applied(4, [csv.pupils(children)]);
  const before = await store.read(wishOf(4, []).school, (tx) =>
    own(tx)
      .selectFrom('picture_code')
      .select(['account_id', 'code_hash'])
      .orderBy('account_id')
      .execute(),
  );
  expect(await applied(4, [csv.pupils(children)])).toEqual([]);
  const late = [...children, pupil('Zoe Tard', 'CP', { birthDate: '2019-07-07' })];
  const sheets = await applied(4, [csv.pupils(late)]);
  expect(shape(sheets)).toEqual(['class CP: 1 pictures, 0']);
  const after = await store.read(wishOf(4, []).school, (tx) =>
    own(tx)
      .selectFrom('picture_code')
      .select(['account_id', 'code_hash'])
      .orderBy('account_id')
      .execute(),
  );
  expect(after.slice(0, before.length)).toEqual(before);
});

it('makes them for whom an import without codes left without a way in, and undo takes codes and sheets of what it made along', async () => {
  expect(
    await applied(
      2,
      [csv.pupils(CP.map((child) => ({ ...child, familyName: 'Blanc' })))],
      'without-codes',
    ),
  ).toEqual([]);
  const sheets = await applied(2, [
    csv.pupils(CP.map((child) => ({ ...child, familyName: 'Blanc' }))),
  ]);
  expect(shape(sheets)).toEqual(['class CP: 20 pictures, 0']);
  expect(await rosters.undo(wishOf(2, []).school, COMMAND_LINE)).toMatchObject({ kind: 'undone' });
  const left = await store.read(wishOf(2, []).school, async (tx) => ({
    codes: await own(tx).selectFrom('picture_code').selectAll().execute(),
    sheets: await own(tx)
      .selectFrom('code_sheet')
      .select(['class_id', 'format', 'codes'])
      .execute(),
  }));
  expect(left).toEqual({ codes: [], sheets: [{ class_id: null, format: 'import', codes: 20 }] });
});

it('a rehearsal makes no codes', async () => {
  const rehearsed = await rosters.apply(
    wishOf(3, [csv.pupils(CP.map((child) => ({ ...child, familyName: 'Vert' })))], {
      year: '2027-2028',
    }),
    'with-codes',
  );
  expect(rehearsed.kind).toBe('rehearsed');
  expect('sheets' in rehearsed).toBe(false);
});
