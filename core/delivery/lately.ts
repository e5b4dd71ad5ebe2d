import type { Viewer } from '../core.ts';
import type { Lately } from '../roster/relate.ts';
import type { AddressEntry } from '../roster/snapshot.ts';
import { readLately } from '../store/mail/lately.ts';
import type { Store } from '../store/store.ts';
import { allowanceOf } from './limits.ts';

/** What the store knows of this sender lately; of a pupil, about these people and lists too. One query. */
export async function latelyOf(store: Store, viewer: Pick<Viewer, 'school' | 'account' | 'addressId' | 'role'>, about: readonly AddressEntry[]): Promise<Lately> {
  const others = viewer.role === 'pupil' ? about : [];
  const row = await store.read(viewer.school, (tx) => readLately(tx, { account: viewer.account, address: viewer.addressId }, {
    adults: others.filter(({ kind }) => kind === 'account').map(({ id }) => id), others: others.map(({ id }) => id),
  }));
  return {
    overRate: row.sentLastHour >= allowanceOf(viewer.role).sendingsAnHour,
    wroteToSender: new Set(row.wroteToSender),
    inContact: new Set(row.inContact),
  };
}
