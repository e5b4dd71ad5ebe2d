import type { CodeSheet } from '../../core/entry/codes/contract.ts';
import type { Texts } from '../texts/fr.ts';

/** Whose codes stand on a sheet, in a few words: a class, the adults of the school, one person. */
export function groupName(
  { of, className, cards }: Pick<CodeSheet, 'of' | 'className' | 'cards'>,
  { codes }: Texts,
): string {
  if (of === 'class') return className;
  return of === 'person' ? (cards[0]?.displayName ?? '') : codes.paper.groups[of];
}
