/**
 * With which words a phrase may begin, so that it is asked only where one of them stands: some 170
 * phrases at each word of a letter would take ten times as long.
 */

/** What may still come after the letters read so far, and the words that have ended. */
interface Begun {
  readonly open: ReadonlySet<string>;
  readonly done: ReadonlySet<string>;
}

const NOTHING: ReadonlySet<string> = new Set();
/** Thrown inside where any word may come first. */
const ANY = Symbol('any word');

/**
 * The words before the first space of everything that the pattern matches; null where that is any
 * word. It knows what phrases are written with: letters, groups, lookarounds, « ? », `{m,n}`.
 */
export function firstWordsOf(pattern: string): ReadonlySet<string> | null {
  try {
    const { open, done } = alternatives(new Reader(pattern), new Set(['']));
    return new Set([...open, ...done].filter((word) => word !== ''));
  } catch (reason) {
    if (reason === ANY) return null;
    throw reason;
  }
}

/** A pattern, read from its beginning. */
class Reader {
  private at = 0;
  private readonly pattern: string;

  constructor(pattern: string) {
    this.pattern = pattern;
  }

  /** Takes what matches here, by a sticky expression; null where nothing does. */
  take(wanted: RegExp): string | null {
    wanted.lastIndex = this.at;
    const found = wanted.exec(this.pattern)?.[0] ?? null;
    this.at += found?.length ?? 0;
    return found;
  }
}

/** Up to the bracket that closes, or the end. */
function alternatives(reader: Reader, from: ReadonlySet<string>): Begun {
  let all = sequence(reader, from);
  while (reader.take(/\|/y) !== null) all = both(all, sequence(reader, from));
  reader.take(/\)/y);
  return all;
}

function sequence(reader: Reader, begin: ReadonlySet<string>): Begun {
  let begun: Begun = { open: begin, done: NOTHING };
  for (;;) {
    const isLook = reader.take(/\(\?<?[=!]/y) !== null;
    const inside = isLook || reader.take(/\(\?:/y) !== null;
    const from = isLook ? NOTHING : begun.open;
    const piece = inside ? alternatives(reader, from) : letters(reader, from);
    if (piece === null) return begun;
    const mayLack = reader.take(/\?|\*|\{0,\d+\}/y) !== null;
    if (!mayLack) reader.take(/\+|\{\d+(?:,\d+)?\}/y);
    if (isLook) continue;
    const kept = mayLack ? new Set([...piece.open, ...begun.open]) : piece.open;
    begun = { open: kept, done: new Set([...begun.done, ...piece.done]) };
  }
}

/**
 * Letters that none is repeated or left out of, one letter, or the space that ends a word; null at
 * the end of what is read.
 */
function letters(reader: Reader, from: ReadonlySet<string>): Begun | null {
  const one = reader.take(/(?:[a-z0-9](?![?*+{]))+|[a-z0-9]|\[[^\][]*\]| /y);
  if (one === null) return null;
  if (one === ' ') return { open: new Set(), done: from };
  if (one.startsWith('[')) {
    if (from.size > 0) throw ANY;
    return { open: from, done: new Set() };
  }
  return { open: new Set([...from].map((begun) => begun + one)), done: new Set() };
}

function both(one: Begun, other: Begun): Begun {
  return {
    open: new Set([...one.open, ...other.open]),
    done: new Set([...one.done, ...other.done]),
  };
}
