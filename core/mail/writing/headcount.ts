import type { Viewer } from '../../rules/viewer.ts';
import { membersOf } from '../delivery/judging/expand.ts';
import { isOwnAddress } from '../groups/own-addresses.ts';
import type { Writing } from './contract.ts';
import { spelledOut } from './own-lists.ts';
import type { ReachParts } from './parts.ts';
import { allowedOf } from './reach.ts';

/**
 * How many people a letter goes to, its writer left out: whoever is named twice, or is in two of
 * its lists, gets one letter. A group that is no more counts for nobody.
 */
export async function headcount(
  parts: ReachParts,
  viewer: Viewer,
  letter: Pick<Writing, 'to' | 'cc'>,
): Promise<number> {
  const { directory, clock } = parts;
  const spelled = await spelledOut(parts, viewer, letter, allowedOf(parts, viewer));
  const addresses =
    spelled.kind === 'spelled-out'
      ? spelled.recipients
      : [...new Set([...letter.to, ...letter.cc])].filter((address) => !isOwnAddress(address));
  const entries = await directory.resolve(addresses, { maxAgeMs: 0 });
  const named = [...entries.values()];
  const rosters = named.some(({ kind }) => kind === 'town')
    ? await directory.town({ maxAgeMs: 0 })
    : await directory.rosters(
        named.map(({ school }) => school),
        { maxAgeMs: 0 },
      );
  const people = new Set(named.flatMap((entry) => membersOf(entry, rosters, clock())));
  people.delete(viewer.addressId);
  const outside = addresses.filter((address) => !entries.has(address));
  return people.size + outside.length;
}
