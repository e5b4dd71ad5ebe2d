/** Faces by which those who don't read yet know an adult, by their names in `portraits.svg`. */
export const PORTRAITS = [
  'maitresse',
  'maitre',
  'maman',
  'papa',
  'atsem',
  'tonton',
  'tresses',
  'chauve',
  'mamie',
  'papi',
] as const;
export type Portrait = (typeof PORTRAITS)[number];

/** The portrait of a name; null where there is none of that name. */
export const portraitNamed = (name: string): Portrait | null =>
  PORTRAITS.find((one) => one === name) ?? null;
