import type { AddressId, SchoolId } from '../../ground/ids.ts';
import type { KnownPerson } from '../../roster/matching/state.ts';
import type { Acts } from '../../roster/preview.ts';
import {
  changesBetween,
  readImage,
  type Change,
  type Image,
} from '../../store/schools/roster-image.ts';
import { insertChanges, type CarriedPerson } from '../../store/schools/roster-imports.ts';
import type { TownTx } from '../../store/store.ts';

export async function imagesOf(
  tx: TownTx,
  schools: readonly SchoolId[],
): Promise<Map<SchoolId, Image>> {
  const images = new Map<SchoolId, Image>();
  for (const school of schools) images.set(school, await readImage(await tx.in(school)));
  return images;
}

/** How schools stood before an import, and what it did. */
interface ImportChanges {
  before: ReadonlyMap<SchoolId, Image>;
  acts: Acts;
  people: ReadonlyMap<AddressId, KnownPerson>;
}

/**
 * Writes down, in each school, what an import changed there, and gives it. `before` are all schools
 * that it may have touched.
 */
export async function keepChanges(
  tx: TownTx,
  of: { readonly school: SchoolId; readonly id: number },
  { before, acts, people }: ImportChanges,
): Promise<ReadonlyMap<SchoolId, readonly Change[]>> {
  const carried = [
    ...acts.moves.map(({ address, from }) =>
      carriedPerson(people, { address, from, to: of.school }),
    ),
    ...acts.movesOut.map(({ address, to }) =>
      carriedPerson(people, { address, from: of.school, to }),
    ),
  ];
  const moved = new Set<number>(carried.map(({ address }) => address));
  const after = await imagesOf(tx, [...before.keys()]);
  const changes = new Map<SchoolId, readonly Change[]>();
  for (const [school, image] of before) {
    const now = after.get(school);
    if (now === undefined) continue;
    const rows = changesBetween(image, now, moved);
    changes.set(school, rows);
    await insertChanges(await tx.in(school), of, {
      rows,
      carried: school === of.school ? carried : [],
    });
  }
  return changes;
}

interface SchoolChange {
  readonly address: AddressId;
  readonly from: SchoolId;
  readonly to: SchoolId;
}

function carriedPerson(
  people: ReadonlyMap<AddressId, KnownPerson>,
  way: SchoolChange,
): CarriedPerson {
  const person = people.get(way.address);
  return {
    ...way,
    before: {
      givenName: person?.givenName ?? '',
      familyName: person?.familyName ?? '',
      state: person?.state ?? 'active',
    },
  };
}
