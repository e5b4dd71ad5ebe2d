import { composeLetter } from '../../cli/demo/bulk-letter.ts';
import { pick, seeded } from '../../cli/demo/seeded.ts';
import { SENTENCES, SUBJECTS } from '../../cli/demo/sentences.ts';
import type { SchoolId } from '../../core/ground/ids.ts';
import { readMessage } from '../../core/letters/message/parse.ts';
import {
  insertBulk,
  lockCounters,
  readClassPeople,
  storeCounters,
  type BulkMessage,
  type BulkPerson,
} from '../../core/store/mail/town-mail.ts';
import { openStore } from '../../core/store/store.ts';

/** A word that stands in the same few of the newest letters of each box. */
export const RARE_WORD = 'zyzzyva';
/** A word of many sentences of the made-up letters. */
export const COMMON_WORD = 'semaine';
const RARE_AMONG = 1_000;
const RARE_EVERY = 50;
const SENTENCES_A_LETTER = 4;
const LETTER_EVERY_MS = 300_000;
const SEEN = 0.8;
const BATCH = 1_000;
const SEED = 11;

/**
 * Fills the inboxes of users of the school of load tools with so many letters each, past the path
 * that real mail takes: the newest ones are the same letters in all of them.
 */
export async function fillBoxes(
  databaseUrl: string,
  { school, boxes }: { readonly school: SchoolId; readonly boxes: ReadonlyMap<string, number> },
): Promise<void> {
  const store = openStore(databaseUrl, { poolSize: 2, onError: () => {} });
  try {
    await store.write(school, async (tx) => {
      const counters = await lockCounters(tx);
      const people = (await readClassPeople(tx)).flatMap(({ teachers }) => teachers);
      const wanted = people.map((person) => ({ person, letters: boxes.get(person.address) ?? 0 }));
      const sender = wanted.find(({ letters }) => letters === 0)?.person;
      if (sender === undefined) throw new Error('somebody of the school must be left to write');
      const letter = writer(sender);
      const most = Math.max(...boxes.values());
      for (let left = most; left > 0; left -= BATCH) {
        const ages = Array.from({ length: Math.min(BATCH, left) }, (_, at) => left - 1 - at);
        const messages = ages.map((age) =>
          letter(
            age,
            wanted.filter(({ letters }) => letters > age).map(({ person }) => person),
          ),
        );
        await insertBulk(tx, counters, messages);
      }
      await storeCounters(tx, counters);
    });
  } finally {
    await store.close();
  }
}

/** Letters by their age: 0 is the newest. */
function writer(sender: BulkPerson): (age: number, to: readonly BulkPerson[]) => BulkMessage {
  const random = seeded(SEED);
  const now = Date.now();
  return (age, to) => {
    const date = new Date(now - (age + 1) * LETTER_EVERY_MS);
    const sentences = Array.from({ length: SENTENCES_A_LETTER }, () => pick(random, SENTENCES));
    if (age < RARE_AMONG && age % RARE_EVERY === 0) sentences.push(`${RARE_WORD}.`);
    const raw = composeLetter({
      from: { address: sender.address, name: sender.displayName },
      to: [{ address: 'classe.bench@ecoles.preau.test', name: '' }],
      subject: pick(random, SUBJECTS),
      text: sentences.join('\n'),
      files: [],
      messageId: `<growth-${now}-${age}@ecoles.preau.test>`,
      date,
    });
    const read = readMessage(raw);
    if (read.kind === 'refused') throw new Error(read.why);
    const inboxes = to.map(({ account }) => account);
    return {
      sender,
      raw,
      read: read.message,
      at: date,
      inboxes,
      seenBy: new Set(inboxes.filter(() => random() < SEEN)),
    };
  };
}
