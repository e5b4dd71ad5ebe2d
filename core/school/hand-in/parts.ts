/** Boxes of one class. */
export const MOST_BOXES = 200;
/** Files that one pupil hands into one box. */
export const MOST_FILES = 10;
export const LONGEST_NAME = 120;
export const LONGEST_WORDS = 1_000;
/** How far ahead a box's day may be. */
export const MOST_DAYS_AHEAD = 300;
/** A box is kept so long after its day: what was given back lies in notebooks. */
export const KEPT_BOX_DAYS = 365;
/** Pages of a notebook that are shown: eight years of handing in. */
export const MOST_PAGES = 2_000;
