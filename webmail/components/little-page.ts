import { littleDocument, type LittleSheet } from '../frame/little-frame.ts';
import type { Visit } from '../frame/visit.ts';
import { page, type Answer } from '../http/answer.ts';

/**
 * A page for those who don't read yet: the way home at the
 * left, oneself and the way out at the right, nothing else around what the page is for.
 */
export function littlePage(visit: Visit, sheet: LittleSheet): Answer {
  return page(littleDocument(visit, sheet));
}
