import type { AddressId, ClassId, SchoolId } from '../../ground/ids.ts';
import { rowOf, type Change } from '../../store/schools/roster-image.ts';

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

interface SettleParts {
  /** Whoever of these people has a page or a mail program open looks again. */
  readonly announce: (people: readonly AddressId[]) => Promise<void>;
  /** What is held for these classes is asked about anew. */
  readonly reassign: (school: SchoolId, classes: readonly ClassId[]) => Promise<void>;
}

/**
 * Settles what a file has changed: people are told first, and every school has its turn, whatever
 * becomes of another. Throws then what the first of them threw.
 */
export function openSettle({ announce, reassign }: SettleParts): Settle {
  return async (touched) => {
    const acts = [
      () => announce(touched.flatMap(({ people }) => people)),
      ...touched
        .filter(({ classes }) => classes.length > 0)
        .map(
          ({ school, classes }) =>
            () =>
              reassign(school, classes),
        ),
    ];
    const faults: unknown[] = [];
    for (const act of acts) await act().catch((fault: unknown) => faults.push(fault));
    if (faults.length > 0) throw faults[0];
  };
}

/** Who and what these rows are about. Accounts that came with them have nothing open. Pure. */
export function touchedBy(changes: ReadonlyMap<SchoolId, readonly Change[]>): ChangedClasses[] {
  return [...changes].map(([school, rows]) => {
    const classes = new Set<ClassId>();
    const people = new Set<AddressId>();
    const made = new Set<AddressId>();
    for (const change of rows) {
      if (change.table === 'account' && change.before === null) made.add(rowOf(change).address_id);
      if (change.table === 'membership') classes.add(rowOf(change).class_id);
      if (change.table === 'class') classes.add(rowOf(change).id);
      for (const person of peopleIn(change)) people.add(person);
    }
    return { school, classes: [...classes], people: [...people].filter((id) => !made.has(id)) };
  });
}

/** Whom a row names. */
function peopleIn(change: Change): readonly AddressId[] {
  switch (change.table) {
    case 'account':
    case 'membership':
    case 'post':
      return [rowOf<{ readonly address_id: AddressId }>(change).address_id];
    case 'guardianship': {
      const { child_address_id: child, guardian_address_id: guardian } = rowOf(change);
      return [child, guardian];
    }
    case 'accompaniment': {
      const { pupil_address_id: pupil, aide_address_id: aide } = rowOf(change);
      return [pupil, aide];
    }
    case 'class':
    case 'leaver':
      return [];
  }
}
