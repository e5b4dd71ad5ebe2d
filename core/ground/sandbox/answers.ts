/**
 * What a locked process answers is as much a stranger's word as the bytes that it read: whoever
 * takes it over by them says what they like. So each job has a check of its answer, in which every
 * size, count and length has a limit. It makes nothing anew: a letter's bytes stay where they are.
 */

/**
 * Whether a value is what it has to be. Of this type and no narrower one: what a check forgets, be
 * it a null, doesn't compile.
 */
export interface AnswerCheck<T> {
  (value: unknown): value is T;
  /** Never there. */
  readonly exactly?: (value: T) => void;
}

type AnyCheck = (value: unknown) => boolean;
type OptionalKey<T> = {
  [K in keyof T]-?: object extends Pick<T, K> ? K : never;
}[keyof T];
/** Of each key that an object must have. */
type Needed<T> = { readonly [K in Exclude<keyof T, OptionalKey<T>>]: AnswerCheck<T[K]> };
/** Of each that it may have. */
type Optional<T> = { readonly [K in OptionalKey<T>]-?: AnswerCheck<Exclude<T[K], undefined>> };
/** Those are asked for where a type has any, so that none is forgotten. */
type OptionalArgument<T> = [OptionalKey<T>] extends [never] ? [] : [optional: Optional<T>];

/** Just this. */
export function only<const T extends string | boolean | null>(
  ...values: readonly T[]
): AnswerCheck<T> {
  const all = new Set<unknown>(values);
  return (value): value is T => all.has(value);
}

export const isFlag: AnswerCheck<boolean> = (value) => typeof value === 'boolean';

export const orNull =
  <T>(of: AnswerCheck<T>): AnswerCheck<T | null> =>
  (value): value is T | null =>
    value === null || of(value);

/** One of two shapes. */
export const either =
  <A, B>(one: AnswerCheck<A>, other: AnswerCheck<B>): AnswerCheck<A | B> =>
  (value): value is A | B =>
    one(value) || other(value);

/** Of so many characters at most. */
export const text =
  (most: number): AnswerCheck<string> =>
  (value): value is string =>
    typeof value === 'string' && value.length <= most;

/** A whole number from 0 on. */
export const count =
  (most: number): AnswerCheck<number> =>
  (value): value is number =>
    Number.isInteger(value) && Number(value) >= 0 && Number(value) <= most;

export const bytes =
  (most: number): AnswerCheck<Buffer> =>
  (value): value is Buffer =>
    Buffer.isBuffer(value) && value.length <= most;

export const isMoment: AnswerCheck<Date> = (value): value is Date =>
  value instanceof Date && Number.isFinite(value.getTime());

export const list =
  <T>(of: AnswerCheck<T>, most: number): AnswerCheck<readonly T[]> =>
  (value): value is readonly T[] =>
    Array.isArray(value) && value.length <= most && value.every(of);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Any keys, so many at most, each with such a value. */
export const record =
  <T>(
    of: AnswerCheck<T>,
    { keys, keyCharacters }: { readonly keys: number; readonly keyCharacters: number },
  ): AnswerCheck<Readonly<Record<string, T>>> =>
  (value): value is Readonly<Record<string, T>> => {
    if (!isObject(value)) return false;
    const all = Object.entries(value);
    return all.length <= keys && all.every(([key, one]) => key.length <= keyCharacters && of(one));
  };

/** An object with these keys and no other. */
export function shape<T extends object>(
  needed: Needed<T>,
  ...[optional]: OptionalArgument<T>
): AnswerCheck<T> {
  const must = checksOf(needed);
  const may = checksOf(optional ?? {});
  return (value): value is T => {
    if (!isObject(value)) return false;
    for (const { key, of } of must) if (!of(value[key])) return false;
    let known = must.length;
    for (const { key, of } of may) {
      if (!Object.hasOwn(value, key)) continue;
      if (!of(value[key])) return false;
      known += 1;
    }
    return Object.keys(value).length === known;
  };
}

/** By objects, which are read in a third of the time of pairs: a letter has a hundred of these. */
const checksOf = (
  checks: Readonly<Record<string, AnyCheck>>,
): readonly { readonly key: string; readonly of: AnyCheck }[] =>
  Object.entries(checks).map(([key, of]) => ({ key, of }));
