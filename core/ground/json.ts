declare const of: unique symbol;

/** A value's text in JSON: for a column that holds such a value, and from thread to thread. */
export type JsonOf<T> = string & { readonly [of]: T };

/** A value as a column of JSON takes it. */
export const jsonOf = <T>(value: T): JsonOf<T> => JSON.stringify(value) as JsonOf<T>;

/** The value again. */
export function fromJson<T>(json: JsonOf<T>): T {
  const value: T = JSON.parse(json);
  return value;
}
