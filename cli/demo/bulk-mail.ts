import { Fault } from '../../core/ground/fault.ts';
import type { SchoolId } from '../../core/ground/ids.ts';
import { DAY_MS } from '../../core/ground/spans.ts';
import { readMessage } from '../../core/letters/message/parse.ts';
import {
  insertBulk,
  lockCounters,
  readClassPeople,
  storeCounters,
  type BulkMessage,
  type BulkPerson,
  type ClassPeople,
} from '../../core/store/mail/town-mail.ts';
import type { Store } from '../../core/store/store.ts';
import { composeLetter } from './bulk-letter.ts';
import { pick, seeded, type SeededRandom } from './seeded.ts';
import { SENTENCES, SUBJECTS } from './sentences.ts';

interface BulkMail {
  /** Messages in a pupil's mailbox, on average. */
  readonly perMailbox: number;
  readonly schools: readonly SchoolId[];
  readonly seed: number;
  readonly now: Date;
  readonly progress: (messages: number, schoolsDone: number) => void;
}

/**
 * Of what a pupil has: mails of their teacher to the class, of a classmate to the class, and
 * letters to them alone.
 */
const FROM_TEACHER = 0.86;
const FROM_CLASSMATE = 0.1;
/** Mails to the families, as a part of a pupil's. */
const TO_FAMILIES = 0.1;
const SEEN = 0.8;
const LAST_DAYS = 80;
/** One class mail in so many has a file. */
const FILE_EVERY = 15;
const SMALLEST_FILE_BYTES = 20_000;
const LARGEST_FILE_BYTES = 90_000;
const MOST_SENTENCES = 36;

/** Where the bytes of made-up files come from: random, so that nothing compresses them away. */
type FilePool = Buffer;

interface Letterbox {
  readonly random: SeededRandom;
  readonly files: FilePool;
  readonly now: Date;
  /** Makes Message-IDs unique. */
  readonly name: string;
  count: number;
}

/**
 * Fills the mailboxes of whole schools, school by school, each in one transaction, past the rules
 * and the scanner: for benches only. Gives the number of messages.
 */
export async function writeBulkMail(store: Store, bulk: BulkMail): Promise<number> {
  const files = filePool(bulk.seed);
  let messages = 0;
  for (const [index, school] of bulk.schools.entries()) {
    const box: Letterbox = {
      random: seeded(bulk.seed + school),
      files,
      now: bulk.now,
      name: `${bulk.seed}-${school}-${bulk.now.getTime()}`,
      count: 0,
    };
    messages += await store.write(school, async (tx) => {
      const counters = await lockCounters(tx);
      for (const people of await readClassPeople(tx))
        await insertBulk(tx, counters, classMail(box, people, bulk.perMailbox));
      await storeCounters(tx, counters);
      return box.count;
    });
    bulk.progress(messages, index + 1);
  }
  return messages;
}

/** The mail of one class, oldest first. */
function classMail(box: Letterbox, people: ClassPeople, perMailbox: number): BulkMessage[] {
  const { teachers, pupils, guardians } = people;
  const [teacher] = teachers;
  if (teacher === undefined || pupils.length === 0) return [];
  const everyone = [...teachers, ...pupils];
  const count = (part: number): number => Math.round(part * perMailbox);
  const others = (sender: BulkPerson) => everyone.filter((one) => one !== sender);
  const shared = Math.max(1, count(FROM_TEACHER));
  const single = Math.max(0, perMailbox - shared - count(FROM_CLASSMATE));
  const letters = [
    ...times(shared, () => ({ sender: teacher, to: others(teacher), name: people.list })),
    ...times(count(FROM_CLASSMATE), (index) => ({
      sender: at(pupils, index),
      to: others(at(pupils, index)),
      name: people.list,
    })),
    ...times(count(TO_FAMILIES), () => ({
      sender: teacher,
      to: guardians,
      name: people.familiesList,
    })),
    ...pupils.flatMap((pupil, index) =>
      times(single, (turn) => ({
        sender: at(others(pupil), index + turn),
        to: [pupil],
        name: pupil.address,
      })),
    ),
  ];
  const dates = letters
    .map(() => new Date(box.now.getTime() - box.random() * LAST_DAYS * DAY_MS))
    .toSorted((a, b) => a.getTime() - b.getTime());
  const order = letters
    .map((letter) => ({ letter, rank: box.random() }))
    .toSorted((a, b) => a.rank - b.rank);
  return order.map(({ letter }, index) => bulkMessage(box, letter, dates[index] ?? box.now));
}

interface BulkLetter {
  readonly sender: BulkPerson;
  readonly to: readonly BulkPerson[];
  readonly name: string;
}

function bulkMessage(box: Letterbox, letter: BulkLetter, date: Date): BulkMessage {
  box.count += 1;
  const { sender, to, name } = letter;
  const raw = composeLetter({
    from: { address: sender.address, name: sender.displayName },
    to: [{ address: name, name: '' }],
    subject: pick(box.random, SUBJECTS),
    text: someText(box.random),
    files: to.length > 1 && box.count % FILE_EVERY === 0 ? [someFile(box)] : [],
    messageId: `<bulk-${box.name}-${box.count}@${sender.address.slice(sender.address.indexOf('@') + 1)}>`,
    date,
  });
  const result = readMessage(raw);
  if (result.kind === 'refused')
    throw new Fault('row-missing', `bulk mail: ${result.why}`, { transient: false });
  return {
    sender,
    raw,
    read: result.message,
    at: date,
    inboxes: to.map(({ account }) => account),
    seenBy: new Set(to.filter(() => box.random() < SEEN).map(({ account }) => account)),
  };
}

function someText(random: SeededRandom): string {
  const sentences = 2 + Math.floor(random() * random() * MOST_SENTENCES);
  return times(
    sentences,
    (index) => `${pick(random, SENTENCES)}${index % 4 === 3 ? '\n\n' : '\n'}`,
  ).join('');
}

function someFile({ random, files, count }: Letterbox): {
  name: string;
  mediaType: string;
  bytes: Buffer;
} {
  const size =
    SMALLEST_FILE_BYTES + Math.floor(random() * (LARGEST_FILE_BYTES - SMALLEST_FILE_BYTES));
  const start = Math.floor(random() * (files.length - size));
  return {
    name: `feuille-${count}.pdf`,
    mediaType: 'application/pdf',
    bytes: Buffer.concat([Buffer.from('%PDF-1.4\n'), files.subarray(start, start + size)]),
  };
}

function filePool(seed: number): FilePool {
  const random = seeded(seed);
  const pool = Buffer.alloc(4 * LARGEST_FILE_BYTES);
  for (let at = 0; at < pool.length; at += 4)
    pool.writeUInt32LE(Math.floor(random() * 0x1_0000_0000), at);
  return pool;
}

function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

function at(people: readonly BulkPerson[], index: number): BulkPerson {
  const person = people[index % people.length];
  if (person === undefined)
    throw new Fault('row-missing', 'a class without people', { transient: false });
  return person;
}
