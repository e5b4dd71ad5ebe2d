import { decide } from './decide.ts';
import type { Facts } from './facts.ts';

/**
 * Whom a sender may pick: `decide` over the candidates and nothing else, so that the page and the
 * server can't disagree.
 *
 * A hold counts as within reach: the person may be written to, a teacher or the school's opening
 * lets the message go later. Hiding them would make moderation a wall, and would empty every
 * pupil's page when the school closes. `factsOf` gives the facts at the time of picking, with
 * nothing in the message yet (`FINE`).
 */
export function reach<C>(candidates: readonly C[], factsOf: (candidate: C) => Facts): C[] {
  return candidates.filter((candidate) => decide(factsOf(candidate)).kind !== 'deny');
}
