/** How many things each key has at one moment; a key that has none takes no room. */
export class KeyCounts {
  readonly #by = new Map<string, number>();

  of(key: string): number {
    return this.#by.get(key) ?? 0;
  }

  /** Adds so many; fewer than none takes them back. */
  add(key: string, count: number): void {
    const now = this.of(key) + count;
    if (now > 0) this.#by.set(key, now);
    else this.#by.delete(key);
  }

  /** Adds so many where that makes no more than `most`; else false. */
  take(key: string, most: number, count = 1): boolean {
    if (this.of(key) + count > most) return false;
    this.add(key, count);
    return true;
  }

  [Symbol.iterator](): Iterator<[string, number]> {
    return [...this.#by][Symbol.iterator]();
  }
}
