import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { allRows } from '../../../tests/shared/all-rows.ts';
import type { FreshDatabase } from '../../../tests/shared/fresh-database.ts';
import { townDatabase } from '../../../tests/shared/town-database.ts';
import { keepRows, type KeptRows } from './kept-rows.ts';

let database: FreshDatabase;
let owner: pg.Client;
let kept: KeptRows;
let atFirst: ReadonlyMap<string, string>;
beforeAll(async () => {
  database = await townDatabase('morning');
  owner = new pg.Client({ connectionString: database.adminUrl });
  await owner.connect();
  kept = await keepRows(owner);
  atFirst = await allRows(owner, 'tables');
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

it.each([
  { change: 'a row more', by: `insert into commune (id, slug, name) values (7, 'a', 'Ailleurs')` },
  { change: 'a row of the queue', by: `insert into bullmq.meta values ('one', 'two', 'three')` },
  { change: 'a changed row', by: `update school set name = 'Ailleurs' where id = 1` },
  { change: 'a row less', by: 'delete from account where id = (select min(id) from account)' },
  { change: 'a changed key', by: `update school set id = 9 where id = 0` },
  { change: 'a table without rows', by: 'truncate class cascade' },
  {
    change: 'a row of a table without a key',
    by: `insert into stored_body_piece (school_id, sha256, place, bytes) values (1, 'a', 0, '')`,
  },
])('$change is put back', async ({ by }) => {
  await owner.query(
    `set session_replication_role = replica; ${by}; reset session_replication_role`,
  );
  expect(await allRows(owner, 'tables')).not.toEqual(atFirst);

  await kept.putBack();

  expect(await allRows(owner, 'tables')).toEqual(atFirst);
});
