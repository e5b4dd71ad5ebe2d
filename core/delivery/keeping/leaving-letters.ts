import type { AccountId, MessageId, SchoolId } from '../../ids.ts';
import { noteTrusted } from '../../store/mail/known-writers.ts';
import { insertUnsearched, type NewMessage } from '../../store/mail/messages.ts';
import { insertOutboxAhead } from '../../store/mail/outbox-owed.ts';
import { outsideTrafficAhead } from '../../store/mail/outside-stops.ts';
import { countSendings, takeTurnsToSend } from '../../store/mail/recent-activity.ts';
import { isTakenBack, type Store, type TownWriteTx } from '../../store/store.ts';
import { allowanceOf } from '../limits.ts';
import { checkRosters, OverLimit, owedBy, type Kept } from './keep.ts';
import { outsideOf, trustsOf, type Parcel, type Writing } from './parcel.ts';

/**
 * A letter of somebody of ours that is for outside alone, as a mail program hands it in: nobody of
 * the town gets it or waits for it, and the mail program keeps the copy.
 */
interface LeavingLetter extends Parcel {
  readonly account: Writing;
}

export function isLeaving(parcel: Parcel): parcel is LeavingLetter {
  const { account, judgement } = parcel;
  return (
    account !== null &&
    !account.keepCopy &&
    account.draft === null &&
    account.absenceReply === null &&
    judgement.judged.every(({ to, verdict }) => to?.kind === 'outside' && verdict.kind === 'allow')
  );
}

/** Stores letters that only leave. */
export interface LeavingLetters {
  /** As `keep` does, which is for all other letters. */
  keep(letter: LeavingLetter): Promise<Kept>;
}

/** Letters in one transaction at most, and their bytes where they are several. */
const MOST_TOGETHER = 16;
const MOST_BYTES_TOGETHER = 1024 * 1024;
/**
 * One transaction of a school at a time, so that many letters go together; one that takes longer
 * than this waits for a lock, and another begins beside it.
 */
const PATIENCE_MS = 200;
/** Transactions of one school at once, whatever they wait for. */
const MOST_AT_ONCE = 4;

interface Waiting {
  readonly letter: LeavingLetter;
  readonly kept: PromiseWithResolvers<Kept>;
}

/** What waits in a school, in the order in which it came. */
interface Queue {
  waiting: Waiting[];
  /** Transactions, and those of them that take long. */
  running: number;
  late: number;
  /** Whose letters are in a transaction: the next of theirs would wait for it. */
  readonly storing: Set<AccountId>;
}

/**
 * Opens the storing of letters that only leave. What comes while others of its school are being
 * stored goes with the next of them, in one transaction: most of what a letter costs the database
 * is the same for sixteen (decision 73). Where that is taken back, for the sake of whichever, each
 * is stored by itself, and hears what is said of it alone.
 */
export function openLeavingLetters(store: Pick<Store, 'delivery'>): LeavingLetters {
  const queues = new Map<SchoolId, Queue>();

  async function storeAll(letters: readonly Waiting[]): Promise<void> {
    try {
      const kept = await keepAll(
        store,
        letters.map(({ letter }) => letter),
      );
      for (const [index, one] of kept.entries()) letters[index]?.kept.resolve(one);
    } catch (error) {
      if (letters.length > 1 && isTakenBack(error))
        for (const one of letters) await storeAll([one]);
      else for (const { kept } of letters) settle(kept, error);
    }
  }

  async function work(school: SchoolId, queue: Queue): Promise<void> {
    if (queue.running === MOST_AT_ONCE) return;
    queue.running += 1;
    for (let next = takeFrom(queue); next.length > 0; next = takeFrom(queue)) {
      let isLate = false;
      const patience = setTimeout(() => {
        isLate = true;
        queue.late += 1;
        void work(school, queue);
      }, PATIENCE_MS);
      await storeAll(next);
      clearTimeout(patience);
      for (const { letter } of next) queue.storing.delete(letter.account.account);
      if (isLate) queue.late -= 1;
    }
    queue.running -= 1;
    if (queue.running === 0) queues.delete(school);
  }

  return {
    keep(letter) {
      const { school } = letter.account;
      const queue = queues.get(school) ?? {
        waiting: [],
        running: 0,
        late: 0,
        storing: new Set<AccountId>(),
      };
      queues.set(school, queue);
      const kept = Promise.withResolvers<Kept>();
      queue.waiting.push({ letter, kept });
      if (queue.running === queue.late) void work(school, queue);
      return kept.promise;
    },
  };
}

/**
 * Those that go together, one of an account at most, whose limits see one at a time. A power of two
 * of them: each number is a statement of its own. One that is bigger than all may be goes alone.
 */
function takeFrom(queue: Queue): readonly Waiting[] {
  const first = new Map<AccountId, Waiting>();
  let bytesLeft = MOST_BYTES_TOGETHER;
  for (const one of queue.waiting) {
    const { account, raw } = one.letter;
    if (first.has(account.account) || queue.storing.has(account.account)) continue;
    bytesLeft -= raw.length;
    if (first.size === MOST_TOGETHER || (first.size > 0 && bytesLeft < 0)) break;
    first.set(account.account, one);
  }
  const many = first.size === 0 ? 0 : 2 ** Math.floor(Math.log2(first.size));
  const taken = new Set([...first.values()].slice(0, many));
  queue.waiting = queue.waiting.filter((one) => !taken.has(one));
  for (const { letter } of taken) queue.storing.add(letter.account.account);
  return [...taken];
}

function settle(kept: PromiseWithResolvers<Kept>, error: unknown): void {
  if (error instanceof OverLimit) kept.resolve({ kind: 'over-limit', limit: error.limit });
  else kept.reject(error);
}

/** In one transaction: two round trips, however many they are. All are of one school. */
async function keepAll(
  store: Pick<Store, 'delivery'>,
  letters: readonly LeavingLetter[],
): Promise<readonly Kept[]> {
  const stored = await store.delivery((tx) => insertAll(tx, letters));
  const traffic = stored.traffic.rows() ?? [];
  const leaving = Map.groupBy(stored.leaving.rows() ?? [], ({ message }) => message);
  return letters.map(({ account: { account } }, index): Kept => {
    const message = stored.messages[index] as MessageId;
    const sent = traffic.find((one) => one.account === account);
    const rows = leaving.get(message) ?? [];
    return {
      kind: 'kept',
      message,
      changed: new Map(),
      outside: sent === undefined || rows.length === 0 ? null : { leaving: rows, traffic: sent },
    };
  });
}

async function insertAll(tx: TownWriteTx, letters: readonly LeavingLetter[]) {
  const [first] = letters;
  if (first === undefined) throw new Error('no letter to store');
  const accounts = letters.map(({ account: { account } }) => account);
  const home = await tx.in(first.account.school);
  takeTurnsToSend(home, accounts);
  checkRosters(
    tx,
    letters.map(({ judgement }) => judgement),
  );
  const counted = countSendings(home, letters.map(sendingOf));
  noteTrusted(home, letters.flatMap(trustsOf));
  const messages = await insertUnsearched(home, letters.map(messageOf));
  if (counted.rows()?.length !== letters.length) throw new OverLimit('over-rate');
  const leaving = insertOutboxAhead(
    home,
    letters.map((letter, index) => owedBy(letter, messages[index] as MessageId)),
  );
  return { messages, leaving, traffic: outsideTrafficAhead(home, accounts) };
}

const sendingOf = (letter: LeavingLetter) => ({
  account: letter.account.account,
  recipients: outsideOf(letter).length,
  recipientsAnHour: allowanceOf(letter.sender.role).sendingsAnHour,
});

const messageOf = ({ sender, origin, read, raw, handed }: LeavingLetter): NewMessage => ({
  sender,
  origin,
  read,
  raw,
  handed: { ...handed, junkSigns: [] },
});
