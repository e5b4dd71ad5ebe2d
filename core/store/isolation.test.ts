import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../tests/shared/fresh-database.ts';
import { isolationFaults, requireIsolation } from './isolation.ts';
import { migrate } from './migrate.ts';

let database: FreshDatabase;
let admin: pg.Client;

beforeAll(async () => {
  database = await freshDatabase();
  admin = new pg.Client({ connectionString: database.adminUrl });
  // A connection that ends with the run's server is nobody's news.
  admin.on('error', () => undefined);
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await database.drop();
});

it('finds nothing in the schema as it is', async () => {
  expect(await isolationFaults(database.databaseUrl)).toEqual([]);
});

it('migrates again without a step', async () => {
  expect(await migrate({ adminUrl: database.adminUrl, appUrl: database.databaseUrl })).toEqual({
    steps: [],
  });
});

it.each([
  {
    when: 'a table is on no list',
    make: 'create table stray (id integer)',
    undo: 'drop table stray',
    fault: 'table stray is neither',
  },
  {
    when: 'a school’s table has no row-level security',
    make: 'create table stray (school_id integer primary key)',
    undo: 'drop table stray',
    fault: 'table stray lacks ENABLE and FORCE',
  },
  {
    when: 'FORCE is missing',
    make: 'alter table membership no force row level security',
    undo: 'alter table membership force row level security',
    fault: 'table membership lacks',
  },
  {
    when: 'a policy has no WITH CHECK',
    make: `alter table membership rename to m2; create policy half on m2 using (school_id = nullif(current_setting('preau.school', true), '')::integer)`,
    undo: 'drop policy half on m2; alter table m2 rename to membership',
    fault: 'policy half of table m2 lacks',
  },
  {
    when: 'a policy lets all rows pass',
    make: 'create policy wide on membership using (true) with check (true)',
    undo: 'drop policy wide on membership',
    fault: 'policy wide of table membership lacks',
  },
  {
    when: 'a key does not begin with the school',
    make: 'alter table membership add constraint stray unique (address_id, school_id, class_id, role, from_date)',
    undo: 'alter table membership drop constraint stray',
    fault: 'the key stray',
  },
  {
    when: 'a unique index does not begin with the school',
    make: 'create unique index stray on membership (address_id, school_id, class_id, role, from_date)',
    undo: 'drop index stray',
    fault: 'the key stray',
  },
  {
    when: 'a foreign key does not begin with the school',
    make: 'alter table entry add constraint stray foreign key (mailbox_id, school_id) references mailbox (id, school_id)',
    undo: 'alter table entry drop constraint stray',
    fault: 'the foreign key stray',
  },
  {
    when: 'a view runs as its owner',
    make: 'create view stray as select * from membership',
    undo: 'drop view stray',
    fault: 'view stray lacks security_invoker',
  },
  {
    when: 'a function gives the exemption back',
    make: 'create function stray() returns bigint language sql security definer as $$ select count(*) from membership $$',
    undo: 'drop function stray()',
    fault: 'SECURITY DEFINER',
  },
  {
    when: 'the role may empty a table',
    make: 'grant truncate on membership to preau_app',
    undo: 'revoke truncate on membership from preau_app',
    fault: 'may TRUNCATE membership',
  },
  {
    when: 'the role owns a table',
    make: 'create table stray (school_id integer primary key); alter table stray owner to preau_app',
    undo: 'drop table stray',
    fault: 'stray is owned',
  },
])('refuses to start when $when', async ({ make, undo, fault }) => {
  await admin.query(make);
  try {
    await expect(requireIsolation(database.databaseUrl)).rejects.toThrow(fault);
  } finally {
    await admin.query(undo);
  }
  expect(await isolationFaults(database.databaseUrl)).toEqual([]);
});

it('refuses to run as the owner', async () => {
  await expect(requireIsolation(database.adminUrl)).rejects.toThrow(
    /is superuser or has BYPASSRLS; .*; \+\d+\.$/,
  );
});

it('says in a sentence that a database is empty, and that the application’s role can’t migrate it', async () => {
  await admin.query('alter table school rename to not_school');
  await expect(requireIsolation(database.databaseUrl)).rejects.toThrow('run preau migrate first');
  await admin.query('alter table not_school rename to school');
  await expect(
    migrate({ adminUrl: database.databaseUrl, appUrl: database.databaseUrl }),
  ).rejects.toThrow('give the owner of the database, with CREATEROLE');
});

it('says in a sentence that a database refuses', async () => {
  await expect(
    requireIsolation(database.databaseUrl.replace(/preau_app:[^@]*@/, 'preau_app:wrong@')),
  ).rejects.toThrow('refuses the connection (28P01)');
});

it('says in a sentence that a database does not answer', async () => {
  await expect(requireIsolation('postgres://preau_app:hunter2@127.0.0.1:9/preau')).rejects.toThrow(
    '127.0.0.1:9 doesn’t answer (ECONNREFUSED)',
  );
});
