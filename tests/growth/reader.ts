/** Who reads bytes of strangers, for the test of growth. */
export interface StrangersReader {
  readonly name: string;
  /** The largest input that it is ever given, in bytes: beyond, something before it refuses. */
  readonly largest: number;
  /** Reads a text whose characters are bytes, or one of Unicode where it is given strings. */
  read(text: string): unknown;
  /** What repeats in an attack, besides what every reader is attacked with. */
  readonly units?: readonly string[];
  /** What stands before and behind it, so that it comes where it hurts. */
  readonly around?: readonly [before: string, after: string];
}

/** For readers of bytes. */
export const bytesOf = (text: string): Buffer => Buffer.from(text, 'latin1');

/** Several that are given as much. */
export function upTo(
  largest: number,
  readers: readonly Omit<StrangersReader, 'largest'>[],
): StrangersReader[] {
  return readers.map((reader) => ({ ...reader, largest }));
}
