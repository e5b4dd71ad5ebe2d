/** What a statement's values are bound by, as the driver gives it. */
export interface Binding {
  readonly values: readonly unknown[];
}

/** From here on a value isn't copied: the driver's writer copies each twice. */
const LARGE_BYTES = 65_536;

/**
 * A Bind message (PostgreSQL’s manual, 53.7) in pieces, its large values as they are, uncopied.
 * `write` is the driver's, which writes one message.
 */
export function bindInPieces<B extends Binding>(
  binding: B,
  write: (binding: B) => Buffer,
): readonly Buffer[] {
  const large = new Map(
    binding.values.flatMap((value, at) =>
      Buffer.isBuffer(value) && value.length >= LARGE_BYTES ? [[at, value] as const] : [],
    ),
  );
  if (large.size === 0) return [write(binding)];
  const values = binding.values.map((value, at) => (large.has(at) ? Buffer.alloc(0) : value));
  return filledIn(write({ ...binding, values }), large);
}

/** The same message with values in the places that were left empty for them. */
function filledIn(message: Buffer, large: ReadonlyMap<number, Buffer>): readonly Buffer[] {
  const pieces: Buffer[] = [];
  let begun = 0;
  let added = 0;
  let at = 5; // behind its letter and its length: names of portal and statement, each with a NUL
  for (let name = 0; name < 2; name += 1) at = message.indexOf(0, at) + 1;
  const count = message.readUInt16BE(at);
  at += 2 + 2 * count + 2; // the formats of the values, and how many these are
  for (let index = 0; index < count; index += 1) {
    const value = large.get(index);
    const length = message.readInt32BE(at); // -1 for null
    at += 4;
    if (value !== undefined) {
      message.writeInt32BE(value.length, at - 4);
      pieces.push(message.subarray(begun, at), value);
      begun = at;
      added += value.length;
    }
    at += Math.max(0, length);
  }
  message.writeInt32BE(message.length - 1 + added, 1);
  return [...pieces, message.subarray(begun)];
}
