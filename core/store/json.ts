declare const of: unique symbol;

/** A value's text in JSON, which goes into columns that hold such a value. */
export type JsonOf<T> = string & { readonly [of]: T };

/** A value as a column of JSON takes it. */
export const jsonOf = <T>(value: T): JsonOf<T> => JSON.stringify(value) as JsonOf<T>;
