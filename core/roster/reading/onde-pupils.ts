import type { Day } from '../days.ts';
import type { ReadLines } from './classes.ts';
import { columnsOf, firstColumn } from './header.ts';
import { readPupils } from './pupils.ts';
import type { UnreadableRoster } from './rows.ts';
import type { Table } from './table.ts';
import { unreadable } from './trouble.ts';

const FAMILY_NAME = ['Nom élève', 'Nom de famille élève'] as const;

/** Whether a header is that of ONDE's list of pupils, in either generation. */
export function isOndePupils(headers: readonly string[]): boolean {
  const columns = columnsOf(headers);
  return (
    firstColumn(columns, ...FAMILY_NAME) !== null &&
    firstColumn(columns, 'Prénom élève') !== null &&
    ![...columns.keys()].some((key) => key.includes('responsable'))
  );
}

/**
 * The pupils of an ONDE export. What the importer needs must have its column, even if its cells are
 * empty.
 */
export function readOndePupils(table: Table, day: Day): ReadLines | UnreadableRoster {
  const columns = columnsOf(table.headers);
  const missing = (column: string): UnreadableRoster =>
    unreadable('column-missing', { file: table.file, line: table.headerLine, column });
  const familyName = firstColumn(columns, ...FAMILY_NAME);
  const givenName = firstColumn(columns, 'Prénom élève');
  const birthDate = firstColumn(
    columns,
    'Date naissance',
    'Date de naissance',
    'Date naissance élève',
    'Date de naissance élève',
  );
  const className = firstColumn(
    columns,
    'Libellé classe',
    'Classe',
    'Classe élève',
    'Libellé de la classe',
  );
  if (familyName === null) return missing('Nom élève');
  if (givenName === null) return missing('Prénom élève');
  if (birthDate === null) return missing('Date naissance');
  if (className === null) return missing('Libellé classe');
  return readPupils(table, {
    familyName,
    givenName,
    birthDate,
    className,
    usedName: firstColumn(columns, "Nom d'usage élève", 'Nom usage élève'),
    ine: firstColumn(columns, 'INE', 'INE élève', 'Identifiant national élève'),
    level: firstColumn(columns, 'Niveau', 'Niveau élève'),
    photo: firstColumn(
      columns,
      'Autorisation photo',
      'Autorisations photos',
      'Autorisation photos',
    ),
    state: firstColumn(columns, 'Etat', 'Etat élève'),
    home: [
      firstColumn(columns, 'Adresse1', 'Adresse', 'Adresse élève'),
      firstColumn(columns, 'Cp1', 'CP', 'CP élève'),
      firstColumn(columns, 'Commune1', 'Commune', 'Commune élève'),
    ],
    day,
  });
}
