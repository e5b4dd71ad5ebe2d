import { INSULTS } from './insults.ts';
import type { DoubtPhrase } from './phrase.ts';
import { SECRETS } from './secrets.ts';
import { THREATS } from './threats.ts';
import { TOLD_SECRETS } from './told-secrets.ts';

/** All that makes one look twice. */
export const PHRASES: readonly DoubtPhrase[] = [
  ...INSULTS,
  ...THREATS,
  ...SECRETS,
  ...TOLD_SECRETS,
];
