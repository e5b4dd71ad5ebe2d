import { KeyCounts } from '../core/ground/counts.ts';

/** Sessions of an account, wherever they are counted: in one process, or over several. */
export interface AccountSlots {
  /** Whether fewer than `most` were taken; then one more is. */
  take(account: string, most: number): Promise<boolean>;
  giveBack(account: string): void;
}

/** Those of one process alone. */
export function openAccountSlots(): AccountSlots {
  const counts = new KeyCounts();
  return {
    take: async (account, most) => counts.take(account, most),
    giveBack: (account) => counts.add(account, -1),
  };
}
