/**
 * The fields of a form. Their values are had by asking alone, and whoever asks says how long one
 * may be: so a handler that asks for the right first has the right before the length, and the
 * length before any work.
 */
export interface Fields {
  /** The first value of a field, or an empty text. */
  first(name: string, mostChars?: number): string;
  /** All values of a field. */
  all(name: string): readonly string[];
  /** The first values of the fields whose names begin so, by what comes after. */
  under(prefix: string): readonly (readonly [rest: string, value: string])[];
}

/**
 * Characters of a field that is a word, a choice or some sentences. What is too long for its page
 * and shorter than this, the page says; longer is what no form of ours brings, and is answered by
 * 413.
 */
export const FIELD_CHARS = 10_000;
/** Of a letter's text, and of a list that somebody pastes: as long as a field can be read. */
export const LONG_FIELD_CHARS = 1_000_000;

/** What a form brought by name, in its order. */
export function fieldsFrom(values: ReadonlyMap<string, readonly string[]>): Fields {
  return {
    first: (name, mostChars) => fit(values.get(name)?.[0] ?? '', mostChars),
    all: (name) => (values.get(name) ?? []).map((value) => fit(value)),
    under: (prefix) =>
      [...values]
        .filter(([name]) => name.startsWith(prefix))
        .map(([name, [value = '']]) => [fit(name.slice(prefix.length)), fit(value)]),
  };
}

/**
 * Throws what Fastify throws for a body that is too long, and is answered as that is. A NUL, which
 * the store holds in no text, comes as pages show it.
 */
function fit(value: string, mostChars = FIELD_CHARS): string {
  if (value.length > mostChars)
    throw Object.assign(new Error('a field is too long'), { statusCode: 413 });
  return value.replaceAll('\0', '\uFFFD');
}
