import type { SchoolId } from '../../../../ground/ids.ts';
import type { RosterFile } from '../../../../roster/reading/contract.ts';
import type { Store } from '../../../../store/store.ts';
import { csv, pupil } from '../../testing/school-files.ts';

interface Named {
  readonly name: string;
  readonly className: string;
  readonly ine?: string;
}

/** The pupils of a school as a file, homonyms apart, and what a test makes of them. */
export async function pupilsFile(
  store: Store,
  school: SchoolId,
  change: (pupils: readonly Named[]) => readonly Named[] = (same) => same,
): Promise<RosterFile> {
  const rows = await store.read(school, async (tx) =>
    tx.db
      .selectFrom('account as a')
      .innerJoin('membership as m', (join) =>
        join.onRef('m.school_id', '=', 'a.school_id').onRef('m.address_id', '=', 'a.address_id'),
      )
      .innerJoin('class as c', (join) =>
        join.onRef('c.school_id', '=', 'm.school_id').onRef('c.id', '=', 'm.class_id'),
      )
      .select(['a.id', 'a.given_name', 'a.family_name', 'c.name'])
      .where('a.school_id', '=', school)
      .where('a.role', '=', 'pupil')
      .where('m.role', '=', 'pupil')
      .where('m.until_date', 'is', null)
      .orderBy('a.id')
      .execute(),
  );
  const once = new Map(
    rows.map((row) => [
      row.id,
      {
        name: `${row.given_name} ${row.family_name}`,
        className: row.name,
        ine: `${String(row.id).padStart(10, '0')}A`,
      },
    ]),
  );
  const homonyms = new Set(
    [...once.values()]
      .map(({ name }) => name)
      .filter((name, index, all) => all.indexOf(name) !== index),
  );
  return csv.pupils(
    change([...once.values()].filter(({ name }) => !homonyms.has(name))).map(
      ({ name, className, ine }) => pupil(name, className, { ine: ine ?? null }),
    ),
  );
}
