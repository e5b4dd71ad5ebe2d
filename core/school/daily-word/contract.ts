import type { Viewer } from '../../rules/viewer.ts';

/**
 * One word a day to a family that wants it, of what waits to be signed and what is new on boards:
 * in the evening of a school day, where there is something new, and never on a day on which they
 * were reminded of a paper.
 */
export interface DailyWord {
  /** Whether they want it; null: it isn't for them, who are no guardian. */
  wanted(viewer: Viewer): Promise<boolean | null>;
  want(viewer: Viewer, isWanted: boolean): Promise<void>;
}

/** The daily word: this record of core, or `Name` of it alone. */
export interface WithDailyWord<Name extends keyof DailyWord = keyof DailyWord> {
  readonly dailyWord: Pick<DailyWord, Name>;
}
