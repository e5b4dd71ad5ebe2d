/**
 * Characters of text times those of the pattern up to which the engine may take all its time: some
 * three milliseconds.
 */
const ENGINE_STEPS = 16_000_000;
/** How much of a pattern the engine looks for in a longer text. */
const BEGINNING = 16;

/**
 * Whether a text holds the pattern, in a time that grows with the text and the pattern alone.
 * `includes` takes their product where both are made for it (`aaa…` and `aa…ba…`), and is the
 * faster one else: where it could take long it looks for the pattern's beginning, and from there on
 * Knuth, Morris and Pratt do.
 */
export function substringSearch(pattern: string): (text: string) => boolean {
  const beginning = pattern.slice(0, BEGINNING);
  let borders: Int32Array | null = null;
  return (text) => {
    if (text.length * pattern.length <= ENGINE_STEPS) return text.includes(pattern);
    const from = text.indexOf(beginning);
    if (from === -1) return false;
    borders ??= bordersOf(pattern);
    return holdsFrom(text, from, { pattern, borders });
  };
}

interface Prepared {
  readonly pattern: string;
  /** For each beginning of the pattern, the longest shorter one that it ends with. */
  readonly borders: Int32Array;
}

function bordersOf(pattern: string): Int32Array {
  const borders = new Int32Array(pattern.length);
  let same = 0;
  for (let at = 1; at < pattern.length; at++) {
    const code = pattern.charCodeAt(at);
    while (same > 0 && code !== pattern.charCodeAt(same)) same = borders[same - 1] ?? 0;
    if (code === pattern.charCodeAt(same)) same += 1;
    borders[at] = same;
  }
  return borders;
}

function holdsFrom(text: string, from: number, { pattern, borders }: Prepared): boolean {
  let same = 0;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    while (same > 0 && code !== pattern.charCodeAt(same)) same = borders[same - 1] ?? 0;
    if (code === pattern.charCodeAt(same)) same += 1;
    if (same === pattern.length) return true;
  }
  return false;
}
