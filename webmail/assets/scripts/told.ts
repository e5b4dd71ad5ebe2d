/** What the server tells scripts: words by their names, none of which a script takes on trust. */

/** The words of an answer by their names; what isn't a word is left out. */
export function toldIn(answer: unknown): Readonly<Record<string, string>> {
  const words: Record<string, string> = {};
  for (const [name, value] of Object.entries(Object(answer)))
    if (typeof value === 'string') words[name] = value;
  return words;
}

const STATES = ['kept', 'apart', 'empty', 'sent', 'offline', 'over', 'other', 'broken'] as const;
export type KeepState = (typeof STATES)[number];

/** What became of a letter that was to be kept. */
export interface KeepAnswer {
  readonly is: KeepState;
  readonly say?: string | undefined;
  readonly letter?: string | undefined;
  readonly draft?: string | undefined;
  /** The files as they are now. */
  readonly tray?: string | undefined;
  /** Why one was left out. */
  readonly left?: string | undefined;
}

/** The same out of what the server says; null where that is nothing of ours. */
export function keepAnswerIn(answer: unknown): KeepAnswer | null {
  const words = toldIn(answer);
  const is = STATES.find((one) => one === words['is']);
  return is === undefined ? null : { ...words, is };
}
