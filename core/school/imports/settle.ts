import type { AddressId, ClassId, SchoolId } from '../../ground/ids.ts';
import type { Change } from '../../store/schools/roster-image.ts';

/**
 * What an import, its undoing or a roll-over changed in one school: classes with other people in
 * them, and who has to look again.
 */
export interface ChangedClasses {
  readonly school: SchoolId;
  readonly classes: readonly ClassId[];
  readonly people: readonly AddressId[];
}

/** After the commit: held mail finds its teachers, open pages and mail programs look again. */
export type Settle = (touched: readonly ChangedClasses[]) => Promise<void>;

/** Who and what these rows are about. Accounts that came with them have nothing open. Pure. */
export function touchedBy(changes: ReadonlyMap<SchoolId, readonly Change[]>): ChangedClasses[] {
  return [...changes].map(([school, rows]) => {
    const classes = new Set<ClassId>();
    const people = new Set<AddressId>();
    const made = new Set<unknown>();
    for (const { table, before, after } of rows) {
      const row = before ?? after ?? {};
      if (table === 'account' && before === null) made.add(row['address_id']);
      if (table === 'membership') classes.add(row['class_id'] as ClassId);
      if (table === 'class') classes.add(row['id'] as ClassId);
      for (const column of WHOSE[table] ?? []) people.add(row[column] as AddressId);
    }
    return { school, classes: [...classes], people: [...people].filter((id) => !made.has(id)) };
  });
}

/** The columns that name somebody, by table. */
const WHOSE: Readonly<Partial<Record<Change['table'], readonly string[]>>> = {
  account: ['address_id'],
  membership: ['address_id'],
  post: ['address_id'],
  guardianship: ['child_address_id', 'guardian_address_id'],
  accompaniment: ['pupil_address_id', 'aide_address_id'],
};
