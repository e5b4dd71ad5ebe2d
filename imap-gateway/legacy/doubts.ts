/**
 * What an old server did with letters that were asked of it, kept from one try at an account to the
 * next: one letter that it can't give must not keep all others.
 */
export class Doubts {
  /** By what names them on every run; those that are here were among some that didn't come. */
  readonly #inDoubt = new Set<string>();
  readonly #unreadable = new Set<string>();

  /** How much is known: it grows where the next try will ask otherwise. */
  get size(): number {
    return this.#inDoubt.size + this.#unreadable.size;
  }

  /** These were asked for together and didn't come, or one of them alone. */
  add(asked: readonly Buffer[]): void {
    const names = asked.map(nameOf);
    for (const name of names) this.#inDoubt.add(name);
    if (names.length === 1 && names[0] !== undefined) this.#unreadable.add(names[0]);
  }

  /** It is to be asked for alone. */
  isAbout(source: Buffer): boolean {
    return this.#inDoubt.has(nameOf(source));
  }

  /** It was asked for alone, and didn't come. */
  isUnreadable(source: Buffer): boolean {
    return this.#unreadable.has(nameOf(source));
  }
}

const nameOf = (source: Buffer): string => source.toString('hex');

/** Whether a server answered, and says that it can't, or won't. */
export function saysNo(error: unknown): boolean {
  return (
    error instanceof Error &&
    'responseStatus' in error &&
    (error.responseStatus === 'NO' || error.responseStatus === 'BAD')
  );
}
