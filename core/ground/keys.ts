/**
 * The keys of a record that is written out in the source, in its order, by their type. Only for
 * such: an object from elsewhere may have more keys than its type says, which is why
 * `Object.keys` gives strings.
 */
export function keysOf<Key extends string>(record: Readonly<Record<Key, unknown>>): readonly Key[] {
  return Object.keys(record) as Key[];
}
