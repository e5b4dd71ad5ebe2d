import type { AccountId, SchoolId } from '../../ground/ids.ts';
import type { ErasedCount } from '../../store/mail/erasing.ts';
import { eraseAccount, eraseSome, lockMailboxes } from '../../store/people/erase-account.ts';
import { eraseTraces } from '../../store/people/erase-traces.ts';
import type { LeaverRow } from '../../store/people/leavers.ts';
import { allSchools } from '../../store/schools/roster.ts';
import type { SchoolTx, Store } from '../../store/store.ts';

/**
 * Entries erased in one transaction: a large mailbox takes many short ones, and a crash loses none
 * of the work.
 */
const AT_ONCE = 200;

interface Erasing {
  readonly account: AccountId;
  /** Asked in each transaction, with the leaver's row locked; null: not to be erased after all. */
  readonly look: (tx: SchoolTx) => Promise<LeaverRow | null>;
  /** In the last one, when all is done but the commit; how much goes with it. */
  readonly beforeCommit: (tx: SchoolTx, leaver: LeaverRow, total: ErasedCount) => Promise<void>;
}

/**
 * Erases an account with all its mail, and what other schools have of them, where they were before;
 * how much that was, or null where `look` said no.
 */
export async function eraseWhole(
  store: Store,
  school: SchoolId,
  { account, look, beforeCommit }: Erasing,
): Promise<ErasedCount | null> {
  let total: ErasedCount = { entries: 0, messages: 0, bytes: 0 };
  const add = (more: Partial<ErasedCount>): void => {
    total = {
      entries: total.entries + (more.entries ?? 0),
      messages: total.messages + (more.messages ?? 0),
      bytes: total.bytes + (more.bytes ?? 0),
    };
  };
  let isGoneElsewhere = false;
  for (;;) {
    let found: LeaverRow | null = null;
    const done = await store.write(school, async (tx): Promise<'more' | 'all' | 'back'> => {
      const leaver = await look(tx);
      found = leaver;
      if (leaver === null) return 'back';
      await lockMailboxes(tx, account);
      const some = await eraseSome(tx, account, AT_ONCE);
      add(some);
      if (some.entries > 0 || !isGoneElsewhere) return 'more';
      add(await eraseAccount(tx, leaver));
      await beforeCommit(tx, leaver, total);
      return 'all';
    });
    if (done !== 'more') return done === 'all' ? total : null;
    if (found !== null && !isGoneElsewhere) add(await eraseElsewhere(store, school, found));
    isGoneElsewhere = true;
  }
}

/** Row-level security shows one school at a time: each is asked, by an index. */
async function eraseElsewhere(
  store: Store,
  home: SchoolId,
  leaver: LeaverRow,
): Promise<Omit<ErasedCount, 'entries'>> {
  const gone = { messages: 0, bytes: 0 };
  const others = (await store.readTown(allSchools)).filter((school) => school !== home);
  for (const school of others) {
    const { messages, bytes } = await store.write(school, (tx) => eraseTraces(tx, leaver));
    gone.messages += messages;
    gone.bytes += bytes;
  }
  return gone;
}
