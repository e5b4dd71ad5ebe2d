import type { LetterId } from '../../../core/ground/ids.ts';

/** The page where one was, which says of a letter just handed in what becomes of it. */
export function withSent(back: string, letter: LetterId): string {
  return `${back}${back.includes('?') ? '&' : '?'}sent=${letter}`;
}
