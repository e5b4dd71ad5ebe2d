/** A noun as its number asks for it, for where the number stands apart. */
export const noun = (count: number, one: string, many: string): string =>
  count === 1 ? one : many;

/** A number with its noun. */
export const plural = (count: number, one: string, many: string): string =>
  `${count} ${noun(count, one, many)}`;
