import type { Core } from '../../core/core.ts';
import { pagesWith, type Pages } from '../http/route.ts';

/** Pages by their addresses. What each asks of core it says itself, by its visit. */
export type CorePages = Pages<Core>;

export const { loads, posts } = pagesWith<Core>();

/** All of these; of two at one address the later one. */
export function joined(...some: readonly CorePages[]): CorePages {
  return {
    loads: Object.fromEntries(some.flatMap((one) => Object.entries(one.loads))),
    posts: Object.fromEntries(some.flatMap((one) => Object.entries(one.posts))),
  };
}
