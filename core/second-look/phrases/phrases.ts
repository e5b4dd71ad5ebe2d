import { BEHIND_BACKS } from './behind-backs.ts';
import { INSULTS } from './insults.ts';
import { LEFT_OUT } from './left-out.ts';
import { MOCKERY } from './mockery.ts';
import type { Phrase } from './phrase.ts';
import { SECRETS } from './secrets.ts';
import { THREATS } from './threats.ts';
import { TOLD_SECRETS } from './told-secrets.ts';
import { WARNINGS } from './warnings.ts';

/** All that makes one look twice. */
export const PHRASES: readonly Phrase[] = [
  ...INSULTS,
  ...MOCKERY,
  ...BEHIND_BACKS,
  ...LEFT_OUT,
  ...THREATS,
  ...WARNINGS,
  ...SECRETS,
  ...TOLD_SECRETS,
];
