import type { Language } from '../../core/ground/ids.ts';
import type { Visit } from './visit.ts';

/** A page for whoever stands before a computer of the class, signed in as nobody. */
export interface Yard {
  readonly language: Language;
  readonly asset: Visit['asset'];
}
