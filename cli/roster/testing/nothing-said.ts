/** An order of `preau roster import` without anything that may be said besides. */
export const NOTHING_SAID = {
  retyped: null,
  arrivals: null,
  decisions: {},
  columns: null,
  report: null,
  sheets: null,
} as const;
