/** What the sentences of the journal are made of, in whatever language. */

/** What an act is about, by names: as `TrailEntry.words`. */
export type TrailWords = Readonly<Record<string, string | number | boolean | readonly string[]>>;
/** What is said of an act. */
export type TrailSentence = (words: TrailWords) => string;

export const word = (words: TrailWords, key: string): string => String(words[key] ?? '');
export const number = (words: TrailWords, key: string): number => Number(words[key] ?? 0);

/** What is said of each thing of a record that is named there, in the record's order. */
export const saidOf = <One>(
  words: TrailWords,
  record: Readonly<Record<string, One>>,
  say: (one: One, value: TrailWords[string]) => string,
): string[] =>
  Object.entries(record).flatMap(([name, one]) =>
    words[name] === undefined ? [] : [say(one, words[name])],
  );

/** Whether several are named there. */
export function some(words: TrailWords, key: string): boolean {
  const value = words[key];
  return typeof value === 'object' && value.length > 0;
}

interface ListWords {
  /** Somebody whose name is known no more. */
  readonly gone: string;
  readonly and: string;
  readonly others: string;
}

/** Up to four names; of more the first three, and how many others. */
export function listed(words: TrailWords, key: string, said: ListWords): string {
  const value = words[key] ?? '';
  const all = (typeof value === 'object' ? value : [String(value)]).map((one) =>
    one === '' ? said.gone : one,
  );
  const last = all.length > 4 ? `${all.length - 3} ${said.others}` : (all.at(-1) ?? '');
  const first = all.length > 4 ? all.slice(0, 3) : all.slice(0, -1);
  return first.length === 0 ? last : `${first.join(', ')} ${said.and} ${last}`;
}

/** A day of the calendar in words; empty for what is none. */
export function dayIn(words: TrailWords, key: string, locale: 'fr-FR' | 'en-GB'): string {
  const at = new Date(`${word(words, key).slice(0, 10)}T12:00:00Z`);
  if (Number.isNaN(at.getTime())) return '';
  return new Intl.DateTimeFormat(locale, {
    ...({ day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const),
  }).format(at);
}
