import { Fault } from '../../../ground/fault.ts';
import type { AccountId } from '../../../ground/ids.ts';
import { fullAccounts, markFull } from '../../../store/mail/quota.ts';
import { isTakenBack, type Store } from '../../../store/store.ts';
import { direct, type JudgedLetter } from './judged-letter.ts';
import {
  CantKeep,
  keepTogether,
  MOST_BYTES_TOGETHER,
  type KeepParts,
  type KeptLetter,
} from './keep.ts';
import { RememberedWriters } from './remembered-writers.ts';

export type KeepOutcome =
  | KeptLetter
  | CantKeep['why']
  | { readonly kind: 'full'; readonly address: string; readonly since: Date };

/** Stores letters that are decided about. */
export interface LetterStore {
  keep(letter: JudgedLetter): Promise<KeepOutcome>;
}

/** Letters in one transaction at most, and the mailboxes of all of them. */
const MOST_TOGETHER = 16;
const MOST_MAILBOXES_TOGETHER = 500;
/**
 * One transaction to the same schools at a time, so that many letters go together; one that takes
 * longer than this waits for a lock, and another begins beside it.
 */
const PATIENCE_MS = 200;
/** Transactions to the same schools at once, whatever they wait for. */
const MOST_AT_ONCE = 4;

interface Waiting {
  readonly letter: JudgedLetter;
  readonly answer: PromiseWithResolvers<KeepOutcome>;
}

/** Letters that are being stored together. */
interface Transaction {
  readonly letters: readonly JudgedLetter[];
  /** It takes long: it waits for a lock. */
  isLate: boolean;
}

/** What waits for the same schools, in the order in which it came. */
interface Queue {
  waiting: Waiting[];
  readonly running: Set<Transaction>;
}

/**
 * Opens the storing of letters. What comes while others to the same schools are being stored goes
 * with the next of them, in one transaction: most of what a letter costs the database is the same
 * for sixteen (decision 73). Where that is taken back, for the sake of whichever, each is stored by
 * itself, and hears what is said of it alone. Nobody waits where nothing else is on its way; what
 * is big, or brings its draft along, goes by itself at once.
 */
export function openStoring(store: Pick<Store, 'delivery' | 'town'>): LetterStore {
  const queues = new Map<string, Queue>();
  const parts: KeepParts = { store, remembered: new RememberedWriters() };

  async function work(key: string, queue: Queue): Promise<void> {
    while (queue.running.size < MOST_AT_ONCE) {
      const next = takeFrom(queue);
      if (next.length === 0) break;
      const transaction = { letters: next.map(({ letter }) => letter), isLate: false };
      queue.running.add(transaction);
      const patience = setTimeout(() => {
        transaction.isLate = true;
        void work(key, queue);
      }, PATIENCE_MS);
      await keepEach(parts, next);
      clearTimeout(patience);
      queue.running.delete(transaction);
    }
    if (queue.running.size === 0) queues.delete(key);
  }

  function wait(one: Waiting): void {
    const key = [...one.letter.shares.keys()].join();
    const queue = queues.get(key) ?? { waiting: [], running: new Set() };
    queues.set(key, queue);
    queue.waiting.push(one);
    if ([...queue.running].every(({ isLate }) => isLate)) void work(key, queue);
  }

  return {
    keep(letter) {
      const answer = Promise.withResolvers<KeepOutcome>();
      const one = { letter, answer };
      if (isAlone(letter)) void keepEach(parts, [one]);
      else wait(one);
      return answer.promise;
    },
  };
}

/**
 * Stores letters together; where all is taken back, one by one. Each is answered as soon as it is
 * known what became of it, in whatever way: this never throws.
 */
async function keepEach(parts: KeepParts, letters: readonly Waiting[]): Promise<void> {
  try {
    const kept = await keepTogether(
      parts,
      letters.map(({ letter }) => letter),
    );
    for (const [at, one] of kept.entries()) letters[at]?.answer.resolve(one);
  } catch (error) {
    const isEach = letters.length > 1 && isTakenBack(error);
    for (const one of letters) await (isEach ? keepEach(parts, [one]) : sayWhy(parts, one, error));
  }
}

/** Answers for a letter that isn't stored: why, where that is an answer, or what broke. */
async function sayWhy(
  { store }: Pick<KeepParts, 'store'>,
  { letter, answer }: Waiting,
  error: unknown,
): Promise<void> {
  const isFull = error instanceof Fault && error.code === 'mailbox-full';
  // None is full by now: there is room meanwhile, and the same may succeed at once.
  const full = isFull ? await findFull(store, letter).catch(() => null) : null;
  const why = error instanceof CantKeep ? error.why : full;
  if (why === null) answer.reject(error);
  else answer.resolve(why);
}

/** Whose mailbox it was that had no room; since when is remembered. */
function findFull(
  store: Pick<Store, 'town'>,
  letter: JudgedLetter,
): Promise<Extract<KeepOutcome, { readonly kind: 'full' }> | null> {
  return store.town(async (tx) => {
    for (const [school, { inboxes }] of letter.shares) {
      const here = await tx.in(school);
      const [full] = await fullAccounts(here, direct(school, letter), letter.raw.length);
      const who = inboxes.find(({ account }) => account === full?.account);
      if (full && who) {
        const since = full.since ?? letter.now;
        await markFull(here, full.account, since);
        return { kind: 'full', address: who.address, since };
      }
    }
    return null;
  });
}

/** Whether nobody is kept waiting by it, nor it by anybody. */
function isAlone(letter: JudgedLetter): boolean {
  const { raw, account } = letter;
  const isOwn =
    account !== null &&
    (account.draft !== null || account.absenceReply !== null || account.notice !== null);
  const isBig = raw.length > MOST_BYTES_TOGETHER;
  return isOwn || isBig || readersOf(letter).length > MOST_MAILBOXES_TOGETHER;
}

const writerOf = ({ account }: JudgedLetter): AccountId[] =>
  account === null ? [] : [account.account];

const readersOf = ({ shares }: JudgedLetter): AccountId[] =>
  [...shares.values()].flatMap(({ inboxes }) => inboxes.map(({ account }) => account));

/**
 * Those that go together: one of an account at most, whose limits see one at a time; none for a
 * mailbox to which a late transaction brings something.
 */
function takeFrom(queue: Queue): readonly Waiting[] {
  const running = [...queue.running];
  const late = running.filter(({ isLate }) => isLate);
  const writers = new Set(running.flatMap(({ letters }) => letters.flatMap(writerOf)));
  const heldUp = new Set(late.flatMap(({ letters }) => letters.flatMap(readersOf)));
  const taken = new Set<Waiting>();
  let bytesLeft = MOST_BYTES_TOGETHER;
  let mailboxesLeft = MOST_MAILBOXES_TOGETHER;
  for (const one of queue.waiting) {
    const own = writerOf(one.letter);
    const readers = readersOf(one.letter);
    if (taken.size === MOST_TOGETHER) break;
    if (own.some((writer) => writers.has(writer))) continue;
    if (heldUp.size > 0 && readers.some((reader) => heldUp.has(reader))) continue;
    if (one.letter.raw.length > bytesLeft || readers.length > mailboxesLeft) continue;
    bytesLeft -= one.letter.raw.length;
    mailboxesLeft -= readers.length;
    for (const writer of own) writers.add(writer);
    taken.add(one);
  }
  queue.waiting = queue.waiting.filter((one) => !taken.has(one));
  return [...taken];
}
