import type { AccountId } from '../../ground/ids.ts';
import { SPOKEN_ANEW } from './limits.ts';

/** How much each account has had said anew lately. */
export function openAllowance(clock: () => Date): {
  /** Counts one piece; false where there have been enough. */
  takes(account: AccountId): boolean;
} {
  const said = new Map<AccountId, number>();
  let since = clock().getTime();
  return {
    takes(account) {
      const now = clock().getTime();
      if (now - since > SPOKEN_ANEW.inMs) {
        said.clear();
        since = now;
      }
      const pieces = (said.get(account) ?? 0) + 1;
      said.set(account, pieces);
      return pieces <= SPOKEN_ANEW.pieces;
    },
  };
}
