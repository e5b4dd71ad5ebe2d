/** How each school of a town stands, in one statement that still sees one school at a time. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import { watchedStore } from '../../../tests/shared/watched-store.ts';
import { schoolsReadiness } from './readiness.ts';

/** A whole département's, and in each as many children and adults as a usual school has. */
const SCHOOLS = 480;
const PEOPLE = 130;
/** An agent's page waits for it. */
const MOST_MS = 1_500;

let town: TestTown;
beforeAll(async () => {
  town = await openTestTown();
});
afterAll(() => town?.close());

const states = () => town.store.readTown((tx) => schoolsReadiness(tx, town.clock.now));

describe('the state of a school', () => {
  it('counts its people, who has no way in, its heads, its questions; and nobody else’s', async () => {
    const tilleuls = (await states()).find(({ shownName }) => shownName === 'École des Tilleuls');
    expect(tilleuls).toMatchObject({ withoutCode: 0, heads: 1, headsNeverIn: 0, questions: 0 });
    const { rows } = await town.admin.query<{ people: number; pupils: number }>(`
      select count(*) filter (where role <> 'guardian')::integer as people,
        count(*) filter (where role = 'pupil')::integer as pupils
      from account where school_id = 1 and state = 'active'
    `);
    expect(tilleuls).toMatchObject(rows[0] ?? {});
    await town.admin.query(`
      update account set password_hash = null where school_id = 1 and role in ('head', 'pupil')
    `);
    const after = (await states()).find(({ id }) => id === 1);
    expect(after).toMatchObject({ withoutCode: 1 + (rows[0]?.pupils ?? 0), headsNeverIn: 1 });
    expect((await states()).find(({ id }) => id === 2)).toMatchObject({ withoutCode: 0 });
  });

  it('says when a head was last here and when the last list was applied', async () => {
    const before = (await states()).find(({ id }) => id === 3);
    expect(before).toMatchObject({ headSeenAt: null, listedAt: null });
    const { rows } = await town.admin.query<{ local: string }>(`
      select d.local from account a join address d on d.id = a.address_id
      where a.school_id = 3 and a.role = 'head'
    `);
    await town.enter(await town.viewer(rows[0]?.local ?? ''));
    const after = (await states()).find(({ id }) => id === 3);
    expect(after?.headSeenAt).toBeInstanceOf(Date);
  });

  it('leaves out a school that is closed, and the town itself', async () => {
    await town.admin.query(`update school set closes_on = '2026-01-01' where id = 2`);
    expect((await states()).map(({ id }) => id)).not.toContain(2);
    expect((await states()).map(({ id }) => id)).not.toContain(0);
    await town.admin.query('update school set closes_on = null where id = 2');
  });
});

it('is one statement of a moment for 48 schools', () => isOneStatement(48, 1_000));
it(`is so for ${SCHOOLS}`, SOAKED, () => isOneStatement(SCHOOLS, 2_000));

async function isOneStatement(schools: number, after: number): Promise<void> {
  await town.admin.query(`
    insert into school (id, slug, name)
    select n, 'e' || n, 'École ' || n from generate_series(${after + 1}, ${after + schools}) n
  `);
  // Nothing else of the town is told of them: a moment instead of ten seconds.
  await town.admin.query('set session_replication_role = replica');
  await town.admin.query(`
    with given as (
      insert into address (domain, local, kind, school_id)
      select 'ecoles.preau.test', 'p' || n || '.e' || s, 'account', s
      from generate_series(${after + 1}, ${after + schools}) s, generate_series(1, ${PEOPLE}) n
      returning id, school_id, local
    )
    insert into account
      (school_id, address_id, role, given_name, family_name, display_name, face, quota_bytes)
    select school_id, id,
      case when local like 'p1.%' then 'head' when local like 'p1_.%' then 'teacher' else 'pupil' end,
      'A', 'B', 'A B', 'lapin', 1000
    from given
  `);
  await town.admin.query('set session_replication_role = origin');
  await town.admin.query('analyze account');
  let statements = 0;
  const store = watchedStore(town.store, {
    async statement() {
      statements += 1;
    },
    writes: () => {},
  });
  const begun = performance.now();
  const all = await store.readTown((tx) => schoolsReadiness(tx, town.clock.now));
  const ms = Math.round(performance.now() - begun);
  process.stdout.write(`${JSON.stringify({ figure: `states_of_${schools}_schools`, ms })}\n`);
  expect(statements).toBe(1);
  const made = all.filter(({ id }) => id > after && id <= after + schools);
  expect(made.map(({ people }) => people)).toEqual(Array(schools).fill(PEOPLE));
  expect(ms).toBeLessThan(MOST_MS);
}
