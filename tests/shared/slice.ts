/** A test of this kind takes long: `npm test` leaves it out, `npm run soak` runs it. */
export const SOAKED = { tags: 'soak', timeout: 600_000 } as const;

/** How many times as long as in `npm test` a property is tried: the soak says more. */
export const TIMES = Number(process.env['PREAU_PROPERTY_TIMES'] ?? 1);

/**
 * Of a long list of cases, what `npm test` tries (one in `step`, spread evenly, always the same)
 * and what `npm run soak` tries besides.
 */
export function sliced<Case>(
  step: number,
  cases: readonly Case[],
): { readonly some: readonly Case[]; readonly rest: readonly Case[] } {
  return {
    some: cases.filter((_, index) => index % step === 0),
    rest: cases.filter((_, index) => index % step !== 0),
  };
}
