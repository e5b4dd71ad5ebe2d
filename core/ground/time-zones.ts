/**
 * The clocks of the communes of France, IANA names, the mainland's first. No other file names one:
 * a page, a letter, a job is given the school's or the town's.
 */
export const CLOCK_OF = {
  mainland: 'Europe/Paris',
  guadeloupe: 'America/Guadeloupe',
  martinique: 'America/Martinique',
  guyane: 'America/Cayenne',
  miquelon: 'America/Miquelon',
  reunion: 'Indian/Reunion',
  mayotte: 'Indian/Mayotte',
  caledonia: 'Pacific/Noumea',
  tahiti: 'Pacific/Tahiti',
  wallis: 'Pacific/Wallis',
} as const;

/** Those among which a town chooses, in the order in which they are offered. */
export const TIME_ZONES: readonly string[] = Object.values(CLOCK_OF);

/** What is there of a town's settings: null before anybody has set it up. */
type Settled = { readonly timeZone: string } | null;

/** A town's clock, and the mainland's where no town has said its own. */
export function clockOfTown(town: Settled): string {
  return town?.timeZone ?? CLOCK_OF.mainland;
}
