import { standingOf } from '../../roster/standing.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { membersFor } from '../delivery/judging/expand.ts';
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
  const { directory } = parts;
  const now = parts.clock();
  const spelled = await spelledOut({ parts, viewer }, letter, allowedOf(parts, viewer));
  const addresses =
    spelled.kind === 'spelled-out'
      ? spelled.recipients
      : [...new Set([...letter.to, ...letter.cc])].filter((address) => !isOwnAddress(address));
  const entries = await directory.resolve(addresses, { maxAgeMs: 0 });
  const named = [...entries.values()];
  const self = (await directory.byId([viewer.addressId], { maxAgeMs: 0 })).get(viewer.addressId);
  const own = [viewer.school, ...(self?.presentIn ?? [])];
  const rosters = named.some(({ kind }) => kind === 'town')
    ? await directory.town({ maxAgeMs: 0 })
    : await directory.rosters([...own, ...named.map(({ school }) => school)], { maxAgeMs: 0 });
  const person = rosters.get(viewer.school)?.people.get(viewer.addressId);
  const around = own.flatMap((school) => rosters.get(school) ?? []);
  const writer = person ? standingOf({ person, home: viewer.school }, around, now) : null;
  const people = new Set(named.flatMap((entry) => membersFor(writer, entry, { rosters, now })));
  people.delete(viewer.addressId);
  const outside = addresses.filter((address) => !entries.has(address));
  return people.size + outside.length;
}
