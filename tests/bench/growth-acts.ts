import { setTimeout as sleep } from 'node:timers/promises';
import { COMMON_WORD, RARE_WORD } from './growth-mail.ts';
import { run, type BenchLoad } from './load.ts';
import type { Ours } from './ours.ts';
import { RawImap } from './raw-imap.ts';
import { addressOf, PASSWORD } from './stack.ts';
import { enterPages } from './web-ours.ts';
import type { BenchGuest } from './web-site.ts';

/** Who reads and is read; the last of a class of 30 writes. */
export const READERS = 5;
const CLASS = 30;
/** Boxes that everybody of the class has, and how many of them are listed in a round. */
export const SMALL_BOX = 1_000;
const LISTED_A_ROUND = 5;
const SETTLE_MS = 200;

/** A running whole of one size, and readers who are signed in at its pages. */
export interface Place {
  /** In the box of a reader. */
  readonly letters: number;
  readonly ours: Ours;
  readonly guests: readonly BenchGuest[];
}

/** What one act took, in milliseconds of the processor and of the clock. */
export interface Cost {
  readonly node: number;
  readonly postgres: number;
  readonly wall: number;
}

/** Something that is done over and over. */
interface Act {
  readonly name: string;
  /** Makes ready what isn't counted; what it gives does the act, and says how often. */
  readonly ready: (place: Place, round: number) => Promise<() => Promise<number>>;
}

/** Signs in those who read. */
export async function enterPlace(ours: Ours, letters: number): Promise<Place> {
  const guests: BenchGuest[] = [];
  for (let user = 1; user <= READERS; user += 1)
    guests.push(await enterPages(ours.webPort, { address: addressOf(user), password: PASSWORD }));
  return { letters, ours, guests };
}

const LETTERS: Omit<BenchLoad, 'name' | 'messages' | 'recipients' | 'users'> = {
  connections: 4,
  attachmentBytes: 0,
};
const TO_ONE: BenchLoad = {
  ...LETTERS,
  name: 'to one',
  messages: 150,
  recipients: 1,
  users: READERS,
};
const TO_CLASS: BenchLoad = {
  ...LETTERS,
  name: 'to a class',
  messages: 30,
  recipients: CLASS,
  users: CLASS,
};

/** All that is measured. */
export const ACTS: readonly Act[] = [
  { name: 'a first listing, each letter of it', ready: listing },
  { name: 'a letter to one', ready: letters(TO_ONE) },
  { name: 'a letter to a class of 30', ready: letters(TO_CLASS) },
  { name: 'an inbox page', ready: pages('/mail/inbox', 150) },
  { name: 'a search for a common word', ready: pages(`/search?q=${COMMON_WORD}`, 60) },
  { name: 'a search for a rare word', ready: pages(`/search?q=${RARE_WORD}`, 60) },
];

/** Does everything that isn't the first of its kind often enough for code to be warm. */
export async function warmUp(place: Place): Promise<void> {
  await run(place.ours, { ...TO_ONE, messages: 600, users: CLASS });
  await run(place.ours, { ...TO_CLASS, messages: 60 });
  for (const act of ACTS.slice(3)) await (await act.ready(place, 0))();
  // one of those whose box nobody else lists
  const client = await opened(place, CLASS - 1);
  for (let time = 0; time < 10; time += 1) await client.command(LISTING);
  client.close();
}

/** What one of an act costs, at this place and time. */
export async function costOf({ ready }: Act, place: Place, round: number): Promise<Cost> {
  const act = await ready(place, round);
  const before = place.ours.cpuMs();
  const begun = performance.now();
  const times = await act();
  const wall = performance.now() - begun;
  await sleep(SETTLE_MS); // what is done behind an answer is its cost too
  const after = place.ours.cpuMs();
  const each = (kind: string): number => ((after[kind] ?? 0) - (before[kind] ?? 0)) / times;
  return { node: each('node'), postgres: each('postgres'), wall: wall / times };
}

function letters(load: BenchLoad): Act['ready'] {
  return async ({ ours }) =>
    async () =>
      (await run(ours, load)).accepted;
}

function pages(path: string, times: number): Act['ready'] {
  return async ({ guests }) => {
    let left = times;
    const read = async ({ visitor }: BenchGuest): Promise<void> => {
      while (left-- > 0) {
        const { status } = await visitor.ask(path, { as: 'counted' });
        if (status !== 200) throw new Error(`${path}: ${status}`);
      }
    };
    return async () => {
      await Promise.all(guests.map(read));
      return times;
    };
  };
}

const LISTING = 'FETCH 1:* (UID FLAGS ENVELOPE)';

/** Each round other boxes, listed for the first time: as many small ones as say something. */
async function listing(place: Place, round: number): Promise<() => Promise<number>> {
  const boxes = place.letters > SMALL_BOX ? 1 : LISTED_A_ROUND;
  const clients: RawImap[] = [];
  for (let box = 0; box < boxes; box += 1)
    clients.push(await opened(place, 1 + (round % READERS) * boxes + box));
  return async () => {
    let letters = 0;
    for (const client of clients) {
      letters += (await client.command(LISTING)).toString('latin1').split('\r\n* ').length;
      client.close();
    }
    return letters;
  };
}

async function opened({ ours }: Place, user: number): Promise<RawImap> {
  const client = await RawImap.open(ours.imapPort);
  await client.command(`LOGIN "${addressOf(user)}" "${PASSWORD}"`);
  await client.command('SELECT INBOX');
  return client;
}
