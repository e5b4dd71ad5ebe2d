/** The mail of all pupils is stopped there: everywhere, in a commune, in one school. */
export interface MailStop {
  readonly level: 'town' | 'commune' | 'school';
  /** When it runs again by itself; null: when somebody says so. */
  readonly until: Date | null;
}

/** Of those that were said, the ones that hold at this moment, the widest first. */
export const runningStops = (stops: readonly MailStop[], now: Date): readonly MailStop[] =>
  stops.filter(({ until }) => until === null || until > now);
