/** Sessions of an account, wherever they are counted: in one process, or over several. */
export interface AccountSlots {
  /** Whether fewer than `most` were taken; then one more is. */
  take(account: string, most: number): Promise<boolean>;
  giveBack(account: string): void;
}

/** Those of one process alone. */
export function openAccountSlots(): AccountSlots {
  const counts = new Map<string, number>();
  return {
    async take(account, most) {
      const count = counts.get(account) ?? 0;
      if (count >= most) return false;
      counts.set(account, count + 1);
      return true;
    },
    giveBack(account) {
      const count = (counts.get(account) ?? 0) - 1;
      if (count > 0) counts.set(account, count);
      else counts.delete(account);
    },
  };
}
