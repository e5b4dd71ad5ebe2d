import { BEHIND_BACKS } from './behind-backs.ts';
import { INSULTS } from './insults.ts';
import type { Phrase } from './phrase.ts';
import { SECRETS } from './secrets.ts';
import { THREATS } from './threats.ts';

/** All that makes one look twice. */
export const PHRASES: readonly Phrase[] = [...INSULTS, ...BEHIND_BACKS, ...THREATS, ...SECRETS];
