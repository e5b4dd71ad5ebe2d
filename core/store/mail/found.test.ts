import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeLetter } from '../../../cli/demo/bulk-letter.ts';
import type { FreshDatabase } from '../../../tests/shared/fresh-database.ts';
import { townDatabase } from '../../../tests/shared/town-database.ts';
import type { AccountId, SchoolId } from '../../ground/ids.ts';
import { readMessage } from '../../letters/message/parse.ts';
import { openStore, type Store } from '../store.ts';
import { foundRows } from './found.ts';
import { textQueryOf } from './text-query.ts';
import {
  insertBulk,
  lockCounters,
  readClassPeople,
  storeCounters,
  type BulkMessage,
  type BulkPerson,
} from './town-mail.ts';

const now = new Date('2026-11-24T16:00:00Z');
const SCHOOL = 1 as SchoolId;
const LETTERS = 4_600;
const LIMIT = 61;

/** What stands in a letter of the reader's by its age: 0 is the newest. */
const ofAge = (age: number): string =>
  [
    'Bonjour.',
    age < 400 && age % 4 === 0 ? 'piscine' : '',
    age >= 450 ? 'potager' : '',
    age === 4_500 ? 'glycine marelle' : '',
  ].join(' ');
/** What stands in all letters of somebody else. */
const OF_THE_OTHER = 'Une marelle dans la cour.';
const LETTERS_OF_THE_OTHER = 2_100;

let database: FreshDatabase;
let store: Store;
let reader: AccountId;

beforeAll(async () => {
  database = await townDatabase('morning');
  store = openStore(database.databaseUrl, { poolSize: 2, onError: () => {} });
  await store.write(SCHOOL, async (tx) => {
    const counters = await lockCounters(tx);
    const [{ pupils = [], teachers: [sender] } = { teachers: [] }] = await readClassPeople(tx);
    const [one, other] = pupils;
    if (!one || !other || !sender) throw new Error('a class without people');
    reader = one.account;
    const write = letters(sender);
    await insertBulk(tx, counters, [
      ...Array.from({ length: LETTERS_OF_THE_OTHER }, (_, age) => write(other, OF_THE_OTHER, age)),
      ...Array.from({ length: LETTERS }, (_, age) => write(one, ofAge(age), age)).toReversed(),
    ]);
    await storeCounters(tx, counters);
  });
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

/** Each text is read once, however many letters it is in. */
function letters(sender: BulkPerson): (to: BulkPerson, text: string, age: number) => BulkMessage {
  const known = new Map<string, Pick<BulkMessage, 'raw' | 'read'>>();
  const readOnce = (text: string): Pick<BulkMessage, 'raw' | 'read'> => {
    const raw = composeLetter({
      from: { address: sender.address, name: sender.displayName },
      to: [{ address: 'classe@ecoles.preau.test', name: '' }],
      subject: 'Nouvelles',
      text,
      files: [],
      messageId: '<one@ecoles.preau.test>',
      date: now,
    });
    const read = readMessage(raw);
    if (read.kind === 'refused') throw new Error(read.why);
    return { raw, read: read.message };
  };
  return (to, text, age) => {
    const { raw, read } = known.get(text) ?? readOnce(text);
    known.set(text, { raw, read });
    const messageId = `<${to.account}-${age}@ecoles.preau.test>`;
    return {
      sender,
      raw,
      read: { ...read, envelope: { ...read.envelope, messageId } },
      at: new Date(now.getTime() - age * 60_000),
      inboxes: [to.account],
      seenBy: new Set(),
    };
  };
}

describe('of a mailbox of thousands of letters a search finds the newest first', () => {
  it.each([
    { what: 'a word of the newest', word: 'piscine', found: LIMIT, newest: 0 },
    { what: 'a rare word, far down', word: 'glycine', found: 1, newest: 4_500 },
    { what: 'a common word that the newest have not', word: 'potager', found: LIMIT, newest: 450 },
    { what: 'a word that is common to others alone', word: 'marelle', found: 1, newest: 4_500 },
    { what: 'a word that nobody wrote', word: 'éclipse', found: 0, newest: null },
  ])('$what', async ({ word, found, newest }) => {
    const rows = await store.readAside(SCHOOL, async (tx) => {
      const words = await textQueryOf(tx, [{ text: word, isBeginning: false, not: false }]);
      return foundRows(tx, reader, {
        wanted: { words, conditions: [], within: 'everywhere' },
        limit: LIMIT,
      });
    });
    const ages = rows.map(({ at }) => (now.getTime() - at.getTime()) / 60_000);
    expect(ages).toHaveLength(found);
    expect(ages[0] ?? null).toBe(newest);
    expect(ages).toEqual(ages.toSorted((one, other) => one - other));
  });

  it('also by what is no word', async () => {
    const rows = await store.readAside(SCHOOL, async (tx) => {
      const words = await textQueryOf(tx, [{ text: 'glycine', isBeginning: false, not: true }]);
      const subject = { kind: 'subject', text: 'nouvelles', not: false } as const;
      return foundRows(tx, reader, {
        wanted: { words, conditions: [subject], within: 'everywhere' },
        limit: LETTERS,
      });
    });
    expect(rows).toHaveLength(LETTERS - 1);
  });
});
