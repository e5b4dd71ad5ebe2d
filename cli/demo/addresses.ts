/** Letters that don't come apart into a letter and its accent. */

import { folded } from '../../core/ground/folding.ts';

/** `given.family`, with a number from the second homonym on; the name is then taken. */
export function takeLocal(taken: Set<string>, givenName: string, familyName: string): string {
  const plain = `${folded(givenName)}.${folded(familyName)}`;
  let local = plain;
  for (let homonym = 2; taken.has(local); homonym += 1) local = `${plain}${homonym}`;
  taken.add(local);
  return local;
}
