import type { Charge, RightsParts } from '../../directory/charge.ts';
import type { AccountId } from '../../ground/ids.ts';
import type { Notices } from '../../mail/delivery/telling/notice.ts';
import type { Person } from '../../roster/snapshot.ts';
import type { MailEvents } from '../../store/mail-events.ts';

export interface PeopleParts extends RightsParts {
  readonly notices: Notices;
  readonly mailEvents: MailEvents;
  /** The key of every keyed hash. */
  readonly secret: Buffer;
}

/** Somebody whose account lives in the school, or null. */
export function personIn({ roster }: Pick<Charge, 'roster'>, account: AccountId): Person | null {
  return (
    [...roster.people.values()].find((one) => one.account === account && one.role !== 'agent') ??
    null
  );
}
