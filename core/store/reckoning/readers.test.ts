import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import { PLATFORM_TABLES } from '../isolation.ts';
import { MAILBOX_HOLDS, READERS, TABLE_HOLDS } from './readers.ts';

let town: TestTown;
beforeAll(async () => {
  town = await openTestTown();
});
afterAll(() => town.close());

/** What holds what a person wrote, or leads to it. */
const COUNTED = ['letters', 'mailboxes', 'boards', 'walls', 'cupboards', 'weeks'] as const;

describe('the readers of each kind of thing', () => {
  it('has a line for every table of the database, and for no other', async () => {
    const { rows } = await town.admin.query<{ name: string }>(
      `select relname as name from pg_class
       where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`,
    );
    const tables = rows.map(({ name }) => name).filter((name) => !name.startsWith('kysely_'));
    expect(Object.keys(TABLE_HOLDS).toSorted()).toEqual(tables.toSorted());
  });

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
    const lines: Readonly<Record<string, string>> = TABLE_HOLDS;
    const wrote = PLATFORM_TABLES.filter((table) => COUNTED.some((kind) => kind === lines[table]));
    expect(wrote).toEqual([]);
  });
});
