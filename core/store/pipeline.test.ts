import pg from 'pg';
import { afterAll, expect, it } from 'vitest';
import { freshDatabase } from '../../tests/shared/fresh-database.ts';
import type { Statement } from './pipeline.ts';
import { askPrepared, keptStatement } from './prepared.ts';
import { VALUE_TYPES } from './value-types.ts';

const database = await freshDatabase();
const pool = new pg.Pool({ connectionString: database.adminUrl, types: VALUE_TYPES, max: 1 });
afterAll(() => pool.end());

/** The driver's word of each description of columns that the server sends. */
type Described = pg.PoolClient & {
  readonly connection: { on(event: 'rowDescription', heard: () => void): void };
};

const onOneConnection = async <T>(use: (client: Described) => Promise<T>): Promise<T> => {
  const client = (await pool.connect()) as Described;
  try {
    return await use(client);
  } finally {
    client.release();
  }
};

async function rowsOf(client: pg.PoolClient, ...statements: readonly Statement[]) {
  const answers = await askPrepared(client, { statements, answered: new Set(statements) });
  return answers.map(({ rows }) => rows);
}

it('is told once on a connection what the columns of a kept statement are', () =>
  onOneConnection(async (client) => {
    let told = 0;
    client.connection.on('rowDescription', () => (told += 1));
    const people = (name: string) =>
      keptStatement("select $1::text as name, 7::bigint as n, '{1}'::bigint[] as ids", [name]);
    const other = keptStatement('select true as is_other', []);
    const person = (name: string) => [{ name, n: 7, ids: [1] }];
    expect(await rowsOf(client, people('Lina'))).toEqual([person('Lina')]);
    expect(told).toBe(1);
    expect(await rowsOf(client, people('Noé'), other, people('Zoé'))).toEqual([
      person('Noé'),
      [{ is_other: true }],
      person('Zoé'),
    ]);
    expect(told).toBe(2);
    expect(await rowsOf(client, other, people('Tom'))).toEqual([
      [{ is_other: true }],
      person('Tom'),
    ]);
    expect(told).toBe(2);
  }));

it('reads well what is asked again after a statement that failed', () =>
  onOneConnection(async (client) => {
    const half = (of: number) => keptStatement('select 10 / $1::integer as half', [of]);
    const after = keptStatement("select 'ça va'::text as said", []);
    expect(await rowsOf(client, half(2))).toEqual([[{ half: 5 }]]);
    await expect(rowsOf(client, half(0), after)).rejects.toMatchObject({ code: '22012' });
    expect(await rowsOf(client, after, half(5))).toEqual([[{ said: 'ça va' }], [{ half: 2 }]]);
  }));

it('reads no row by what its columns were before a migration', () =>
  onOneConnection(async (client) => {
    await client.query('create table bag (v integer); insert into bag values (1)');
    const bag = keptStatement('select v from bag', []);
    expect(await rowsOf(client, bag)).toEqual([[{ v: 1 }]]);
    await client.query('alter table bag alter column v type bigint[] using array[v]');
    await expect(rowsOf(client, bag)).rejects.toMatchObject({ code: '0A000' });
  }));
