import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import { TOWN, type SchoolId } from '../../ground/ids.ts';
import { ledgerFiles } from '../../ground/ledger.ts';
import { DAY_MS } from '../../ground/spans.ts';
import { writeAgentAct, writeAudit } from '../../store/audit.ts';
import { chainHeads, type ChainFault } from '../../store/chain.ts';
import { keepAsItIs } from '../../store/testing/as-it-was.ts';
import { keepHeads, lastNight, lookAtChains } from './heads.ts';

const [ONE, TWO] = [1 as SchoolId, 2 as SchoolId];
let town: TestTown;
let dataDir: string;

let putBack: () => Promise<void>;

beforeAll(async () => {
  town = await openTestTown();
  await acts(ONE, 'first', 'second', 'third');
  putBack = await keepAsItIs(town.admin);
});
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'chain-'));
});
afterEach(() => putBack());
afterAll(() => town.close());

/** So many acts in a school, each in a transaction of its own. */
async function acts(school: SchoolId, ...names: readonly string[]): Promise<void> {
  for (const act of names)
    await town.store.write(school, (tx) => writeAudit(tx, null, act, { people: [1, 2] }));
}

const look = () => lookAtChains(town.store, dataDir);
const why = async (): Promise<readonly string[]> =>
  (await look()).faults.map(({ why: one, n }) => `${one} ${n}`);
const head = async (school: SchoolId) =>
  (await chainHeads(town.store)).find((one) => one.school === school);

it('each act is in the chain of its school once it is committed, an agent’s in the town’s', async () => {
  const before = { one: await head(ONE), town: await head(TOWN), two: await head(TWO) };
  await town.store.town(async (tx) => {
    await writeAgentAct(tx, { by: null, act: 'open-school', school: TWO, reason: 'essai' });
    await writeAudit(await tx.in(TWO), null, 'open-school', {});
    await writeAudit(await tx.in(ONE), null, 'both', {});
  });
  expect((await head(ONE))?.n).toBe((before.one?.n ?? 0) + 1);
  expect((await head(TWO))?.n).toBe((before.two?.n ?? 0) + 1);
  expect((await head(TOWN))?.n).toBe((before.town?.n ?? 0) + 1);
  expect(await why()).toEqual([]);
});

it('acts in the same schools at one moment, named in any order, wait for each other and end', async () => {
  const both = (one: SchoolId, other: SchoolId) =>
    town.store.town(async (tx) => {
      await writeAudit(await tx.in(one), null, 'there', {});
      await writeAudit(await tx.in(other), null, 'back', {});
      await writeAgentAct(tx, { by: null, act: 'there-and-back', school: one, reason: '' });
    });
  const { n = 0 } = (await head(ONE)) ?? {};
  await Promise.all(
    Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? both(ONE, TWO) : both(TWO, ONE))),
  );
  expect((await head(ONE))?.n).toBe(n + 40);
  expect(await why()).toEqual([]);
});

it('what is taken back is in no chain', async () => {
  const before = await head(ONE);
  await town.store
    .write(ONE, async (tx) => {
      await writeAudit(tx, null, 'never', {});
      throw new Error('taken back');
    })
    .catch(() => undefined);
  expect(await head(ONE)).toEqual(before);
});

describe('done by hand, it is named', () => {
  it.each<{ when: string; make: string; found: Pick<ChainFault, 'why' | 'table'>; n: number }>([
    {
      when: 'a word of a row',
      make: `update audit set act = 'other' where school_id = 1 and act = 'second'`,
      found: { why: 'changed', table: 'audit' },
      n: -1,
    },
    {
      when: 'whom a row is about',
      make: `update audit set subject = '{"people": [3]}' where school_id = 1 and act = 'second'`,
      found: { why: 'changed', table: 'audit' },
      n: -1,
    },
    {
      when: 'when it was',
      make: `update audit set at = at - interval '1 s' where school_id = 1 and act = 'second'`,
      found: { why: 'changed', table: 'audit' },
      n: -1,
    },
    {
      when: 'a row that is taken out',
      make: `delete from audit where school_id = 1 and act = 'second'`,
      found: { why: 'taken-out', table: 'audit' },
      n: -1,
    },
    {
      when: 'a row and its salt',
      make: `
        with gone as (
          delete from audit where school_id = 1 and act = 'second' returning id
        )
        update chain_link set salt = null
        from gone
        where kind = 'audit' and row_id = gone.id
      `,
      found: { why: 'taken-out', table: 'audit' },
      n: -1,
    },
    {
      when: 'a signature and its salt, said to have gone with a paper that is still there',
      make: `
        insert into paper (school_id, author_address_id, author_name, about, recipient, made_at,
          gone_at)
        values (1, 1, 'Claire', 'CE1 A', 'familles', now(), now());
        with
          gone as (delete from audit where school_id = 1 and act = 'second' returning id),
          unsalted as (
            update chain_link set salt = null
            from gone
            where kind = 'audit' and row_id = gone.id
            returning n
          )
        insert into audit (school_id, act, subject)
        select 1, 'paper-erase', jsonb_build_object('paper', p.id, 'links', jsonb_build_array(n))
        from unsalted, paper p
        where p.recipient = 'familles'
      `,
      found: { why: 'taken-out', table: 'audit' },
      n: -1,
    },
    {
      when: 'a row and its link',
      make: `
        with gone as (
          delete from audit where school_id = 1 and act = 'second' returning id
        )
        delete from chain_link using gone where kind = 'audit' and row_id = gone.id
      `,
      found: { why: 'links-missing', table: 'audit' },
      n: 0,
    },
    {
      when: 'a link',
      make: `
        update chain_link set at = at - interval '1 s'
        where school_id = 1 and n = (select max(n) from chain_link where school_id = 1)
      `,
      found: { why: 'link-changed', table: 'audit' },
      n: 0,
    },
  ])('$when', async ({ make, found, n }) => {
    const { n: last = 0 } = (await head(ONE)) ?? {};
    await town.admin.query(make);
    expect((await look()).faults).toMatchObject([{ school: ONE, n: last + n, ...found }]);
  });

  it('a row that is slipped in past the chain', async () => {
    await town.admin.query(`
      begin;
      alter table audit disable trigger all;
      insert into audit (school_id, act, subject) values (1, 'slipped', '{}');
      alter table audit enable trigger all;
      commit
    `);
    expect((await look()).faults).toMatchObject([{ school: ONE, n: null, why: 'slipped-in' }]);
  });

  it('the end of a chain, which by itself is whole, since the ledger had come further', async () => {
    await keepHeads(town.store, dataDir, new Date());
    const { n = 0 } = (await head(ONE)) ?? {};
    await town.admin.query(`
      with gone as (delete from audit where act in ('second', 'third') returning id)
      delete from chain_link using gone where kind = 'audit' and row_id = gone.id
    `);
    await acts(ONE, 'instead', 'of them');
    expect(await head(ONE)).toMatchObject({ n });
    expect(await why()).toEqual([`head-gone ${n}`]);
    await keepHeads(town.store, dataDir, new Date());
    expect((await lastNight(dataDir, new Date(0)))?.faults).toBe(1);
  });
});

it('an erased row and its salt, once its time is over, leave the chain whole', async () => {
  await town.admin.query(`
    set session_replication_role = replica;
    delete from chain_link where school_id = 1;
    update audit set at = at - interval '4 years' where school_id = 1;
    set session_replication_role = origin;
    select link_to_chain(1, 'audit', (row).id, chained(row), (row).at)
    from (select a as row from audit a where school_id = 1 order by id) rows
  `);
  expect(await why()).toEqual([]);
  await acts(ONE, 'younger');
  const { n } = (await head(ONE)) ?? {};
  await keepHeads(town.store, dataDir, new Date());
  const { rows } = await town.admin.query<{ act: string }>(
    'select act from audit where school_id = 1',
  );
  expect(rows).toEqual([{ act: 'younger' }]);
  expect(await head(ONE)).toMatchObject({ n });
  const { rows: salted } = await town.admin.query(
    'select n::integer from chain_link where school_id = 1 and salt is not null',
  );
  expect(salted).toEqual([{ n }]);
  expect(await why()).toEqual([]);
  await acts(ONE, 'later');
  expect(await why()).toEqual([]);
});

it('what a restore took back is said so, and what is older or younger must be there', async () => {
  const now = Date.now();
  const ago = (days: number) => new Date(now - days * DAY_MS);
  await keepHeads(town.store, dataDir, ago(3));
  await acts(ONE, 'lost');
  await keepHeads(town.store, dataDir, ago(1));
  const { n = 0 } = (await head(ONE)) ?? {};
  await town.admin.query(`
    with gone as (delete from audit where act = 'lost' returning id)
    delete from chain_link using gone where kind = 'audit' and row_id = gone.id
  `);
  expect(await why()).toEqual([`head-gone ${n}`]);
  await town.admin.query('insert into restoration (at, data_until) values ($1, $2)', [
    new Date(now),
    ago(2),
  ]);
  expect(await look()).toEqual({ faults: [], nights: 2, takenBack: 1 });
  await acts(ONE, 'since');
  await keepHeads(town.store, dataDir, new Date(now + 1_000));
  expect(await look()).toEqual({ faults: [], nights: 3, takenBack: 1 });
  await town.admin.query(`
    with gone as (delete from audit where act = 'third' returning id)
    delete from chain_link using gone where kind = 'audit' and row_id = gone.id
  `);
  expect(new Set(await why())).toEqual(new Set([`links-missing ${n}`, `head-gone ${n - 1}`]));
});

it('a night’s line has numbers and hashes alone', async () => {
  await keepHeads(town.store, dataDir, new Date());
  expect(ledgerFiles(dataDir).map(({ name }) => name)).toEqual(['chain']);
  expect(await lastNight(dataDir, new Date(0))).toMatchObject({
    faults: 0,
    heads: expect.arrayContaining([await head(ONE)]) as unknown,
  });
});
