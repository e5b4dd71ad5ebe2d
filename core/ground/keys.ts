/**
 * The keys of a record that is written out in the source, in its order, by their type. Only for
 * such: an object from elsewhere may have more keys than its type says, which is why
 * `Object.keys` gives strings.
 */
export function keysOf<T extends object>(record: T): readonly (keyof T & string)[] {
  return Object.keys(record) as (keyof T & string)[];
}

/** A record of these keys, in their order. */
export function recordOf<Key extends string, Value>(
  keys: readonly Key[],
  value: (key: Key) => Value,
): Readonly<Record<Key, Value>> {
  return Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<Key, Value>;
}

/** Whether a word from outside is a key of such a record, and not what every object has. */
export const isKeyOf = <T extends object>(record: T, word: unknown): word is keyof T & string =>
  typeof word === 'string' && Object.hasOwn(record, word);
