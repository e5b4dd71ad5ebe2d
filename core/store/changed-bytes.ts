import { sql, type RawBuilder } from 'kysely';
import { TOWN } from '../ground/ids.ts';
import { allSchools } from './schools/roster.ts';
import type { SchoolTx, Store } from './store.ts';

/** Letters, or files, read by one statement: of the largest, a few seconds. */
const LETTERS_AT_ONCE = 200;
const FILES_AT_ONCE = 20;

/** A letter or a file, by what names it, and whether it is as it came. */
interface ReadBytes<Key> {
  readonly key: Key;
  readonly isChanged: boolean;
}

/** The next letters of a school after one of them, the first id first. */
const lettersAfter = ({ school }: SchoolTx, after: number) => sql<ReadBytes<number>>`
  select id as key, sha256(raw) <> sha256 as "isChanged"
  from message
  where school_id = ${school} and id > ${after} and raw is not null
  order by id
  limit ${LETTERS_AT_ONCE}
`;

/** The next files of a school after one of them, by their hashes. */
const filesAfter = ({ school }: SchoolTx, after: string) => sql<ReadBytes<string>>`
  select b.sha256 as key, p.found <> b.sha256 as "isChanged"
  from stored_body b
    cross join lateral (
      select encode(sha256(string_agg(bytes, '' order by place)), 'hex') as found
      from stored_body_piece
      where school_id = b.school_id and sha256 = b.sha256
    ) p
  where b.school_id = ${school} and b.sha256 > ${after}
  order by b.sha256
  limit ${FILES_AT_ONCE}
`;

/** Goes through all of them, a few by each statement, and gives those that are changed. */
async function changedOf<Key>(
  tx: SchoolTx,
  first: Key,
  next: (tx: SchoolTx, after: Key) => RawBuilder<ReadBytes<Key>>,
): Promise<readonly Key[]> {
  const changed: Key[] = [];
  for (let after: Key | undefined = first; after !== undefined;) {
    const { rows }: { readonly rows: readonly ReadBytes<Key>[] } = await next(tx, after).execute(
      tx.db,
    );
    changed.push(...rows.filter(({ isChanged }) => isChanged).map(({ key }) => key));
    after = rows.at(-1)?.key;
  }
  return changed;
}

/**
 * Letters and files of all schools and the town whose bytes in the database are not those that
 * came, by their SHA-256, a sentence each with its school's id. It reads every byte. What lies
 * elsewhere is sealed, and isn't opened where a bit of it is another.
 */
export async function changedBytes(store: Store): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const school of [TOWN, ...(await store.readTown(allSchools))]) {
    const [letters, files] = await store.read(school, async (tx) => [
      await changedOf(tx, 0, lettersAfter),
      await changedOf(tx, '', filesAfter),
    ]);
    for (const what of [
      ...letters.map((id) => `message ${id}`),
      ...files.map((sha256) => `file ${sha256.slice(0, 12)}`),
    ])
      faults.push(`school ${school}: ${what}: its bytes are not those that came`);
  }
  return faults;
}
