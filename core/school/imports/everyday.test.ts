import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import type { AddressId } from '../../ground/ids.ts';
import { own } from '../../store/own.ts';
import { COMMAND_LINE, type RosterActor } from './contract.ts';
import {
  classmates,
  csv,
  guardian,
  pupil,
  putMail,
  teacher,
  wishOf,
} from './testing/school-files.ts';
import { openSchools, previewOf } from './testing/schools.ts';

const AGENT = COMMAND_LINE;
const HEAD: RosterActor = { kind: 'head', address: 1 as AddressId };
const { store, rosters, freshSchool, dumped, peopleNow, later } = await openSchools(60);

describe('a pupil found in another school', { shuffle: false }, () => {
  const [old, fresh] = [freshSchool(), freshSchool()];
  const [noa, ...others] = classmates('CP', 'Arnaud');
  if (noa === undefined) throw new Error('no child');
  const guardians = csv.guardians([
    guardian('Ana Arnaud', [noa], 'ana@exemple.fr'),
    guardian('Luc Arnaud', [noa]),
  ]);
  const file = [csv.pupils([...classmates('CP', 'Barbier'), noa]), guardians];
  const both = async () => ({ old: await dumped(old), fresh: await dumped(fresh) });
  let before: Awaited<ReturnType<typeof both>>;

  beforeAll(async () => {
    await rosters.apply(wishOf(old, [csv.pupils([noa, ...others]), guardians]));
    await store.write(old, async (tx) => {
      await own(tx)
        .updateTable('guardianship')
        .set({ blocked: true, silent: true, called: 'Papi', agrees: true, answered_at: new Date() })
        .where(
          'guardian_address_id',
          'in',
          tx.db.selectFrom('address').select('id').where('local', '=', 'luc.arnaud'),
        )
        .execute();
    });
    await rosters.apply(wishOf(fresh, [csv.pupils(classmates('CP', 'Barbier'))]));
    await putMail(store, old, ['enfanta.arnaud', 'enfantb.arnaud']);
    before = await both();
  });

  it('waits for an agent where a head’s file says so, and stays where they are', async () => {
    later(1);
    const asked = await rosters.apply(wishOf(fresh, file, { by: HEAD }));
    expect(previewOf(asked).changesSchool).toMatchObject([
      { name: 'Enfanta Arnaud', waitsForAgent: true },
    ]);
    expect(await dumped(old)).toEqual(before.old);
  });

  it('moves with address and mail; the guardian’s tie goes along with all that is said of it', async () => {
    later(1);
    const moved = await rosters.apply(wishOf(fresh, file));
    expect(moved.kind).toBe('applied');
    expect(previewOf(moved)).toMatchObject({
      changesSchool: [{ name: 'Enfanta Arnaud', fromSchool: old, waitsForAgent: false }],
      arrives: [],
    });
    const now = await both();
    const was = (table: string) => before.old[table]?.map(withoutSchool);
    expect(now.fresh['entry']?.map(withoutSchool)).toEqual(was('entry')?.slice(0, 1));
    expect(now.old['entry']).toHaveLength(1);
    expect(now.old['message']).toEqual(before.old['message']);
    expect(now.fresh['message']?.map(withoutSchool)).toEqual(was('message'));
    expect(now.fresh['mailbox']?.map(withoutSchool)).toEqual(
      expect.arrayContaining(
        was('mailbox')
          ?.filter((row) => row.includes('"total":1'))
          .slice(0, 1) ?? [],
      ),
    );
    expect(now.fresh['guardianship']?.map(withoutSchool)).toEqual(was('guardianship'));
    expect(now.old['guardianship']).toEqual([]);
    expect(
      now.old['membership']?.filter((row) => row.includes('"until_date":"2026-11-24"')),
    ).toHaveLength(1);
    expect(await rosters.apply(wishOf(fresh, file))).toMatchObject({ kind: 'nothing' });
  });

  it('is back with all of it by one undo', async () => {
    later(1);
    expect(await rosters.undo(fresh, AGENT)).toMatchObject({ kind: 'undone' });
    expect(await both()).toEqual(before);
  });
});

function withoutSchool(row: string): string {
  const { school_id: _school, ...rest } = JSON.parse(row) as Record<string, unknown>;
  return JSON.stringify(rest);
}

it('several children hang on one account, in one school and in two', async () => {
  const [one, other] = [freshSchool(), freshSchool()];
  const [first, second, third] = classmates('CP', 'Colin', 3);
  if (!first || !second || !third) throw new Error('no children');
  const mother = (children: readonly ReturnType<typeof pupil>[]) =>
    guardian('Ines Colin', children, 'ines@exemple.fr');
  await rosters.apply(
    wishOf(one, [csv.pupils([first, second]), csv.guardians([mother([first]), mother([second])])]),
  );
  expect(await peopleNow(one, 'guardian')).toHaveLength(1);
  await rosters.apply(wishOf(other, [csv.pupils([third]), csv.guardians([mother([third])])]));
  expect(await peopleNow(other, 'guardian')).toEqual([]);
  const address = await store.town((tx) =>
    tx.db
      .selectFrom('address')
      .selectAll()
      .where('local', '=', 'ines.colin')
      .executeTakeFirstOrThrow(),
  );
  expect(address).toMatchObject({ school_id: one, present_in: [other] });
});

it('a blocked guardian stays blocked through imports, with a new mail address as well', async () => {
  const school = freshSchool();
  const [child] = classmates('CP', 'Denis', 1);
  if (!child) throw new Error('no child');
  await rosters.apply(
    wishOf(school, [
      csv.pupils([child]),
      csv.guardians([guardian('Marc Denis', [child], 'marc@exemple.fr')]),
    ]),
  );
  await store.write(school, (tx) =>
    own(tx).updateTable('guardianship').set({ blocked: true }).execute(),
  );
  const again = await rosters.apply(
    wishOf(school, [
      csv.pupils([child]),
      csv.guardians([guardian('Marc DENIS', [child], 'autre@exemple.fr')]),
    ]),
  );
  expect(again.kind).toBe('nothing');
  await rosters.apply(
    wishOf(school, [csv.guardians([guardian('Autre Personne', [child])])], { retyped: 0 }),
  );
  expect(
    JSON.parse((await dumped(school))['guardianship']?.find((row) => row.includes('true')) ?? '{}'),
  ).toMatchObject({ blocked: true });
});

it('a teacher keeps the address: in two schools at once, and taking the mail along when the first school’s file ends the post', async () => {
  const [one, other] = [freshSchool(), freshSchool()];
  const both = teacher('Nadia Ferrand', [], { email: 'nadia@ac-exemple.fr' });
  const staff = ['Ann', 'Bea', 'Cid', 'Dan', 'Eve'].map((name) => teacher(`${name} Ferrand`, []));
  await rosters.apply(wishOf(one, [csv.teachers([both, ...staff])]));
  // What a file says of how somebody is addressed is kept, and what a later one says better.
  const civilities = async (): Promise<readonly (string | undefined)[]> =>
    ((await dumped(one))['account'] ?? []).map((row) => /"civility": ?"(\w+)"/.exec(row)?.[1]);
  expect(new Set(await civilities())).toEqual(new Set(['Mme']));
  const gentlemen = staff.map((someone) => ({ ...someone, title: 'M.' }));
  await rosters.apply(wishOf(one, [csv.teachers([both, ...gentlemen])]));
  expect((await civilities()).filter((one) => one === 'M')).toHaveLength(staff.length);
  const joined = await rosters.apply(wishOf(other, [csv.teachers([both])]));
  expect(previewOf(joined)).toMatchObject({ joins: [{ name: 'Nadia Ferrand' }], arrives: [] });
  await putMail(store, one, ['nadia.ferrand']);
  later(1);
  await rosters.apply(wishOf(one, [csv.teachers(staff)]));
  const address = await store.town((tx) =>
    tx.db
      .selectFrom('address')
      .selectAll()
      .where('local', '=', 'nadia.ferrand')
      .executeTakeFirstOrThrow(),
  );
  expect(address.school_id).toBe(other);
  expect((await dumped(other))['entry']).toHaveLength(1);
});

/** A OneRoster 1.1 export of one school, with the people given as `role, given name, classes`. */
function oneRoster(people: readonly (readonly [string, string, readonly string[]])[]) {
  const file = (name: string, rows: readonly string[]) => ({
    name,
    bytes: Buffer.from(`${rows.join('\n')}\n`),
  });
  return [
    file('orgs.csv', [
      'sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId',
      'o1,,,École,school,,',
    ]),
    file('academicSessions.csv', [
      'sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear',
      's1,,,2026-2027,schoolYear,2026-09-01,2027-07-05,,2027',
    ]),
    file('classes.csv', [
      'sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods',
      ...['GS', 'CP'].map((name) => `c${name},,,${name},,,,homeroom,,o1,s1,,,`),
    ]),
    file('users.csv', [
      'sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password',
      ...people.map(([role, name], at) => `u${at},,,true,o1,${role},,,${name},Nogues,,,,,,,,`),
    ]),
    file('enrollments.csv', [
      'sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate',
      ...people.flatMap(([role, , classes], at) =>
        classes.map((name) => `e${at}${name},,,c${name},o1,u${at},${role},,,`),
      ),
    ]),
  ];
}

it('an aide is staff of the school and accompanies the classes that the file says, another class from one file to the next', async () => {
  const school = freshSchool();
  const team = (of: string) =>
    oneRoster([
      ['student', 'Ali', ['GS']],
      ['student', 'Bea', ['CP']],
      ['teacher', 'Line', ['GS']],
      ['aide', 'Odile', [of]],
    ]);
  await rosters.apply(wishOf(school, team('GS')));
  expect(await peopleNow(school, 'staff')).toMatchObject([
    { name: 'Odile Nogues', classes: ['GS'] },
  ]);
  const roles = async () =>
    (await dumped(school))['membership']
      ?.map((row) => JSON.parse(row) as { role: string; until_date: string | null })
      .filter(({ role }) => role === 'aide')
      .map(({ until_date }) => until_date);
  expect(await roles()).toEqual([null]);
  later(7);
  await rosters.apply(wishOf(school, team('CP')));
  expect(await peopleNow(school, 'staff')).toMatchObject([
    { name: 'Odile Nogues', classes: ['CP'] },
  ]);
  expect((await roles())?.sort()).toEqual(['2026-11-30', null].sort());
});

it('the lists of a whole school come with its first file, once, and stay', async () => {
  const school = freshSchool();
  const lists = () =>
    store.town((tx) =>
      tx.db
        .selectFrom('address')
        .select(['id', 'local', 'kind'])
        .where('school_id', '=', school)
        .where('kind', 'in', ['team', 'pupils', 'families', 'headship', 'office'])
        .orderBy('local')
        .execute(),
    );
  await rosters.apply(wishOf(school, [csv.pupils(classmates('CP', 'Olivier'))]));
  const first = await lists();
  expect(first.map(({ local, kind }) => `${local} ${kind}`)).toEqual([
    `direction.ecole-${school} headship`,
    `ecole.ecole-${school} office`,
    `eleves.ecole-${school} pupils`,
    `equipe.ecole-${school} team`,
    `familles.ecole-${school} families`,
  ]);
  await rosters.apply(wishOf(school, [csv.pupils(classmates('CP', 'Olivier', 11))]));
  await rosters.undo(school, AGENT);
  expect(await lists()).toEqual(first);
});

it('two of one name are asked about, never guessed; the answer is remembered', SOAKED, async () => {
  const school = freshSchool();
  const others = classmates('CP', 'Gomes');
  await rosters.apply(
    wishOf(school, [
      csv.pupils([...others, pupil('Lou Gomes', 'CP', { birthDate: '2018-06-01' })]),
    ]),
  );
  const mistyped = [
    csv.pupils([...others, pupil('Lou Gomes', 'CE1', { birthDate: '2018-06-11' })]),
  ];
  const asked = await rosters.apply(wishOf(school, mistyped));
  expect(asked).toMatchObject({
    kind: 'applied',
    preview: {
      arrives: [],
      leaves: [],
      stops: [],
      questions: [{ key: 'eleves.csv:14', preset: null, options: [{ className: 'CP' }] }],
    },
  });
  const [option] = previewOf(asked).questions[0]?.options ?? [];
  expect(
    await rosters.apply(
      wishOf(school, mistyped, { decisions: { 'eleves.csv:14': option?.address ?? '' } }),
    ),
  ).toMatchObject({
    kind: 'applied',
    preview: { arrives: [], leaves: [], movesClass: [{ name: 'Lou Gomes' }] },
  });
  expect(await rosters.apply(wishOf(school, mistyped))).toMatchObject({ kind: 'nothing' });
});

it('a child on lines of two classes is a pupil of both; the same child twice in one class is refused', async () => {
  const school = freshSchool();
  const children = classmates('CP', 'Quint');
  const [first] = children;
  const both = [
    csv.pupils([...children, { ...first, className: 'Chorale' } as (typeof children)[number]]),
  ];
  expect(await rosters.apply(wishOf(school, both))).toMatchObject({
    kind: 'applied',
    preview: { refused: [] },
  });
  const classesOf = async () =>
    (await peopleNow(school, 'pupil')).find(({ name }) => name === 'Enfanta Quint')?.classes;
  expect(await classesOf()).toEqual(['CP', 'Chorale']);
  expect(await rosters.apply(wishOf(school, both))).toMatchObject({ kind: 'nothing' });
  later(2);
  const moved = [
    csv.pupils([
      ...children.map((child) => ({ ...child, className: 'CE1' })),
      { ...first, className: 'Chorale' } as (typeof children)[number],
    ]),
  ];
  expect(await rosters.apply(wishOf(school, moved))).toMatchObject({ kind: 'applied' });
  expect(await classesOf()).toEqual(['CE1', 'Chorale']);
});

it('a guardian of the same name with another mail address is asked about; the answer is remembered, and until then no tie is touched', async () => {
  const school = freshSchool();
  const children = classmates('CP', 'Rey');
  const from = (email: string) => [
    csv.pupils(children),
    csv.guardians([guardian('Anne Rey', children.slice(0, 1), email)]),
  ];
  await rosters.apply(wishOf(school, from('anne@exemple.fr')));
  const asked = await rosters.apply(wishOf(school, from('anne.rey@exemple.fr')));
  expect(asked).toMatchObject({
    kind: 'applied',
    preview: {
      questions: [{ key: 'responsables.csv:2', options: [{ name: 'Anne Rey', here: true }] }],
      parted: [],
    },
  });
  const [option] = previewOf(asked).questions[0]?.options ?? [];
  await rosters.apply(
    wishOf(school, from('anne.rey@exemple.fr'), {
      decisions: { 'responsables.csv:2': option?.address ?? '' },
    }),
  );
  expect(await rosters.apply(wishOf(school, from('anne.rey@exemple.fr')))).toMatchObject({
    kind: 'nothing',
  });
  expect(await peopleNow(school, 'guardian')).toHaveLength(1);
  const other = await rosters.apply(
    wishOf(school, from('anne2@exemple.fr'), { decisions: { 'responsables.csv:2': 'new' } }),
  );
  expect(other).toMatchObject({
    kind: 'applied',
    preview: { arrives: [{ name: 'Anne Rey' }], parted: [{ guardian: 'Anne Rey' }] },
  });
});

it('undo does nothing where mail would be lost, and after 30 days', async () => {
  const school = freshSchool();
  await rosters.apply(wishOf(school, [csv.pupils(classmates('CP', 'Huet'))]));
  await putMail(store, school, ['enfantc.huet']);
  const before = await dumped(school);
  expect(await rosters.undo(school, AGENT)).toEqual({
    kind: 'mail-would-be-lost',
    addresses: ['enfantc.huet@ecoles.preau.test'],
  });
  expect(await dumped(school)).toEqual(before);
  later(31);
  expect(await rosters.undo(school, AGENT)).toMatchObject({ kind: 'too-late' });
});

it('undo does nothing where somebody has changed the same rows since', async () => {
  const school = freshSchool();
  await rosters.apply(wishOf(school, [csv.pupils(classmates('CP', 'Iliou'))]));
  await store.write(school, (tx) =>
    own(tx).updateTable('membership').set({ until_date: '2027-01-01' }).execute(),
  );
  expect(await rosters.undo(school, AGENT)).toMatchObject({ kind: 'changed-since', rows: 12 });
});

describe('undo leaves alone what has come to lean on what the import made', () => {
  const importOne = async (family: string) => {
    const school = freshSchool();
    const stay = classmates('CP', `${family}ou`);
    await rosters.apply(wishOf(school, [csv.pupils(stay)]));
    const pupils = csv.pupils([...stay, ...classmates('CE2', family)]);
    await rosters.apply(wishOf(school, [pupils, csv.teachers([teacher(`Zoé ${family}`, [])])]));
    return school;
  };

  it('somebody who was put in a class, and the place of somebody new', async () => {
    const school = await importOne('Lann');
    const before = await dumped(school);
    await store.write(school, (tx) =>
      sql`
        insert into membership (school_id, class_id, address_id, role, from_date)
        select ${school}, c.id, d.id, 'teacher', '2026-11-24'
        from class c, address d
        where c.name = 'CE2' and d.local = 'zoe.lann'
      `.execute(tx.db),
    );
    expect(await rosters.undo(school, AGENT)).toEqual({ kind: 'changed-since', rows: 1 });
    await store.write(school, (tx) =>
      own(tx).deleteFrom('membership', { role: 'teacher' }).execute(),
    );
    expect(await dumped(school)).toEqual(before);
    expect(await rosters.undo(school, AGENT)).toMatchObject({ kind: 'undone' });
  });

  it('what people made in a class; an empty cupboard is nothing', SOAKED, async () => {
    const school = await importOne('Morvan');
    const inClass = (words: ReturnType<typeof sql>) =>
      store.write(school, (tx) => words.execute(tx.db));
    await inClass(sql`
      insert into cupboard (school_id, place, class_id)
      select ${school}, 'class', id
      from class
      where name = 'CE2'
    `);
    await inClass(sql`
      insert into class_phrase (school_id, class_id, words, drawing)
      select ${school}, id, 'Bonjour', 'sun'
      from class
      where name = 'CE2'
    `);
    expect(await rosters.undo(school, AGENT)).toEqual({
      kind: 'classes-in-use',
      classes: ['CE2'],
    });
    await inClass(sql`delete from class_phrase where school_id = ${school}`);
    expect(await rosters.undo(school, AGENT)).toMatchObject({ kind: 'undone' });
  });
});
