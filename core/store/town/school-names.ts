import { TOWN, type SchoolId } from '../../ground/ids.ts';
import { toldApart } from '../../roster/school-directory/shown-name.ts';
import type { TownTx } from '../store.ts';

/**
 * Every school of the town as lists name it, in their order, or those of some communes; the town
 * itself left out.
 */
export async function schoolNames(
  tx: Pick<TownTx, 'kept'>,
  communes: readonly number[] | null = null,
): Promise<ReadonlyMap<SchoolId, string>> {
  const rows = await tx.kept
    .selectFrom('school as s')
    .leftJoin('commune as c', 'c.id', 's.commune_id')
    .select(['s.id', 's.name', 'c.id as communeId', 'c.name as commune'])
    .where('s.id', '>', TOWN)
    .execute();
  return new Map(
    toldApart(rows)
      .filter(({ communeId }) => communes === null || communes.includes(communeId ?? 0))
      .map(({ id, shownName }) => [id, shownName]),
  );
}
