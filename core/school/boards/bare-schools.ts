import { NOBODY, type SchoolId } from '../../ground/ids.ts';
import { hasNotices } from '../../store/boards/seen.ts';
import type { MailEvents } from '../../store/mail-events.ts';
import type { Store } from '../../store/store.ts';

/** Which schools have nothing on any board, so that nobody is counted what is new there. */
export interface BareSchools {
  isBare(school: SchoolId): Promise<boolean>;
  /** Something has been hung up there, or answered. */
  forget(school: SchoolId): void;
}

/**
 * Asked of the database once, and again once somebody says that something hangs there: every first
 * page asks for what is new, and in most schools of a town nothing ever hangs. While no news comes
 * nothing that was known is trusted.
 */
export function openBareSchools({
  store,
  mailEvents,
}: {
  readonly store: Store;
  readonly mailEvents: MailEvents;
}): BareSchools {
  const bare = new Set<SchoolId>();
  /** How often something has happened in each school that is listened to. */
  const turns = new Map<SchoolId, number>();
  const forget = (school: SchoolId): void => {
    turns.set(school, (turns.get(school) ?? 0) + 1);
    bare.delete(school);
  };
  return {
    forget,
    async isBare(school) {
      if (bare.has(school) && mailEvents.hears()) return true;
      if (!turns.has(school)) {
        turns.set(school, 0);
        mailEvents.listen({ school, account: NOBODY }, () => forget(school));
      }
      const turn = turns.get(school);
      const isBare = !(await store.read(school, hasNotices));
      // What was hung up while the question was on its way may not be in its answer.
      if (isBare && turns.get(school) === turn) bare.add(school);
      return isBare;
    },
  };
}
