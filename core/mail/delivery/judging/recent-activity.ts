import type { AddressId } from '../../../ground/ids.ts';
import type { RecentActivity } from '../../../roster/relate.ts';
import type { AddressEntry } from '../../../roster/snapshot.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import {
  readRecentActivity,
  type ReservationOutcome,
} from '../../../store/mail/recent-activity.ts';
import type { Store } from '../../../store/store.ts';
import type { Sender } from '../contract.ts';
import { allowanceOf, RCPT_ROSTER_AGE_MS } from '../limits.ts';
import type { DeliveryParts } from '../parts.ts';

/** Which of a sender's limits a message would break, itself counted. */
export type Limit = Exclude<ReservationOutcome, 'reserved'>;

/**
 * What the store knows of what this sender did recently, and about these people and lists: of a
 * pupil always, of an adult once they have begun to write to as many new people as they may in a
 * day. One query, for such an adult two. `over` is a limit that a message was found to break.
 */
export async function recentActivityOf(
  store: Store,
  viewer: Pick<Viewer, 'school' | 'account' | 'addressId' | 'role'>,
  about: readonly AddressEntry[],
  over: Limit | null = null,
): Promise<RecentActivity> {
  const ids = about.map(({ id }) => id);
  const adults = about.filter(({ kind }) => kind === 'account').map(({ id }) => id);
  const ask = (asked: {
    readonly adults: readonly AddressId[];
    readonly others: readonly AddressId[];
  }) =>
    store.read(viewer.school, (tx) =>
      readRecentActivity(tx, { account: viewer.account, address: viewer.addressId }, asked),
    );
  const { sendingsAnHour, newPeopleADay } = allowanceOf(viewer.role);
  const first = await ask(
    viewer.role === 'pupil' ? { adults, others: ids } : { adults: [], others: [] },
  );
  const overNewPeople = over === 'over-new-people' || first.begunToday >= newPeopleADay;
  const row =
    overNewPeople && viewer.role !== 'pupil' ? await ask({ adults: [], others: ids }) : first;
  const overRate = over === 'over-rate' || first.sentLastHour >= sendingsAnHour;
  return {
    overRate,
    overNewPeople,
    wroteToSender: new Set(row.wroteToSender),
    inContact: new Set(row.inContact),
  };
}

/** The same, about people and lists by the addresses that a sender names. */
export async function recentActivityAbout(
  { store, directory }: DeliveryParts,
  { viewer }: Sender & { kind: 'account' },
  recipients: readonly string[],
  over: Limit | null = null,
): Promise<RecentActivity> {
  const entries = await directory.resolve(recipients, { maxAgeMs: RCPT_ROSTER_AGE_MS });
  return recentActivityOf(store, viewer, [...entries.values()], over);
}
