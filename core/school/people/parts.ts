import type { Charge, RightsParts } from '../../directory/charge.ts';
import type { AccountId } from '../../ground/ids.ts';
import type { Notices } from '../../mail/delivery/telling/notice.ts';
import type { Person } from '../../roster/snapshot.ts';
import type { MailEvents } from '../../store/mail-events.ts';
import type { SchoolPerson } from './contract.ts';

export interface PeopleParts extends RightsParts {
  readonly notices: Notices;
  readonly mailEvents: MailEvents;
  /** The key of every keyed hash. */
  readonly secret: Buffer;
}

/** Who is of a school: an agent is of the town. */
export type SchoolMember = Person & { readonly role: SchoolPerson['role'] };
export const isMember = (one: Person): one is SchoolMember => one.role !== 'agent';

/** Somebody whose account lives in the school, or null. */
export const personIn = (
  { roster }: Pick<Charge, 'roster'>,
  account: AccountId,
): SchoolMember | null =>
  [...roster.people.values()].filter(isMember).find((one) => one.account === account) ?? null;
