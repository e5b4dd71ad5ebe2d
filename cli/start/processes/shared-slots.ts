import { KeyCounts } from '../../../core/ground/counts.ts';

/** Slots under keys that several processes have together; who ends gives back all of theirs. */
interface SharedSlots<Holder> {
  /** Whether fewer than `most` of the key were taken; then one more is. */
  take(holder: Holder, key: string, most: number): boolean;
  giveBack(holder: Holder, key: string): void;
  /** What an ended process had. */
  forget(holder: Holder): void;
}

export function openSharedSlots<Holder>(): SharedSlots<Holder> {
  const held = new Map<Holder, KeyCounts>();
  const all = new KeyCounts();

  function add(holder: Holder, key: string, count: number): void {
    const own = held.get(holder) ?? new KeyCounts();
    held.set(holder, own);
    own.add(key, count);
    all.add(key, count);
  }

  return {
    take(holder, key, most) {
      if (all.of(key) >= most) return false;
      add(holder, key, 1);
      return true;
    },
    giveBack(holder, key) {
      if ((held.get(holder)?.of(key) ?? 0) > 0) add(holder, key, -1);
    },
    forget(holder) {
      for (const [key, count] of held.get(holder) ?? []) add(holder, key, -count);
      held.delete(holder);
    },
  };
}
