import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import { whatTableKeeps } from '../../../tests/shared/what-tables-keep.ts';
import { PLATFORM_TABLES } from '../isolation.ts';
import { MAILBOX_HOLDS, READERS } from './readers.ts';

let town: TestTown;
const HOLDS = new Map<string, keyof typeof READERS>();
beforeAll(async () => {
  town = await openTestTown();
  const { rows } = await town.admin.query<{ table: string; comment: string | null }>(
    `select relname as table, obj_description(oid, 'pg_class') as comment from pg_class
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
       and relname not like 'kysely%'`,
  );
  for (const { table, comment } of rows) HOLDS.set(table, whatTableKeeps(table, comment).kind);
});
afterAll(() => town.close());

/** What holds what a person wrote, or leads to it. */
const COUNTED = ['letters', 'mailboxes', 'boards', 'walls', 'cupboards', 'weeks'] as const;

describe('the readers of each kind of thing', () => {
  it('has for every table of the database the kind of thing that it says it holds', () =>
    expect([...new Set(HOLDS.values())].toSorted()).toEqual(Object.keys(READERS).toSorted()));

  it('has a line for every kind of mailbox', async () => {
    const { rows } = await town.admin.query<{ check: string }>(
      `select pg_get_constraintdef(oid) as check from pg_constraint
       where conname = 'mailbox_use_check'`,
    );
    const uses = [...(rows[0]?.check ?? '').matchAll(/'([a-z]+)'::text/g)].map(([, use]) => use);
    expect(uses).not.toEqual([]);
    expect(Object.keys(MAILBOX_HOLDS).toSorted()).toEqual([...uses, 'own'].toSorted());
  });

  it('counts the readers of letters and mailboxes, by queries that the proof asks', () => {
    const proof = readFileSync(new URL('../../town/isolation/prove.ts', import.meta.url), 'utf8');
    for (const kind of COUNTED) {
      expect(READERS[kind].countedBy).not.toEqual([]);
      for (const query of READERS[kind].countedBy) expect(proof).toContain(`${query.name}(`);
    }
  });

  it('holds of the platform nothing that a person wrote', () => {
    const wrote = PLATFORM_TABLES.filter((table) =>
      COUNTED.some((one) => one === HOLDS.get(table)),
    );
    expect(wrote).toEqual([]);
  });
});
