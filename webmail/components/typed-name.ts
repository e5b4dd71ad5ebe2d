import { folded } from '../../core/ground/folding.ts';
import type { Visit } from '../frame/visit.ts';
import { fr, type Texts } from '../texts/fr.ts';

/** What a thing of the week is called before a reader. */
interface ShownName {
  readonly words: string;
  /** In a teacher's own words, which stay as they were typed. */
  readonly isTyped: boolean;
}

/**
 * The name that a teacher has typed; where they typed none, or what our list calls that thing, our
 * word in the reader's own language.
 */
export function shownName(
  { texts }: Pick<Visit, 'texts'>,
  typed: string,
  ours: (texts: Texts) => string,
): ShownName {
  const isOurs = typed === '' || folded(typed) === folded(ours(fr));
  return isOurs && (typed === '' || texts !== fr)
    ? { words: ours(texts), isTyped: false }
    : { words: typed, isTyped: true };
}
