/** Of a gift: as its own page shows it, or as it hangs. */
export type GiftSize = 'whole' | 'small';
