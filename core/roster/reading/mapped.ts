import type { Day } from '../days.ts';
import type { ReadLines } from './classes.ts';
import type { ColumnMapping } from './contract.ts';
import { columnsOf, firstColumn } from './header.ts';
import { readGuardians } from './onde-guardians.ts';
import { readPupils } from './pupils.ts';
import type { UnreadableRoster } from './rows.ts';
import type { Table } from './table.ts';
import { readAdults } from './teachers.ts';
import { unreadable } from './trouble.ts';

/**
 * A table of no known format, by the columns that a person has named. A column that isn't there
 * makes the whole file unreadable.
 */
export function readMapped(
  table: Table,
  { mapping, day }: { readonly mapping: ColumnMapping; readonly day: Day },
): ReadLines | UnreadableRoster {
  const absent = absentColumn(table, mapping);
  if (absent !== null)
    return unreadable('column-missing', {
      file: table.file,
      line: table.headerLine,
      column: absent,
    });
  const columns = columnsOf(table.headers);
  const columnOf = (name: string | null): number | null =>
    name === null ? null : firstColumn(columns, name);
  const familyName = columnOf(mapping.familyName) ?? 0;
  const givenName = columnOf(mapping.givenName) ?? 0;
  if (mapping.of === 'teachers') {
    return readAdults(table, {
      civility: null,
      familyName,
      givenName,
      usedName: null,
      email: columnOf(mapping.email),
      head: null,
      classNames: mapping.classNames.flatMap((name) => columnOf(name) ?? []),
    });
  }
  if (mapping.of === 'guardians') {
    const child = {
      familyName: columnOf(mapping.childFamilyName),
      usedName: null,
      givenName: columnOf(mapping.childGivenName),
      className: columnOf(mapping.childClassName),
    };
    return readGuardians(table, {
      title: null,
      usedName: null,
      familyName,
      givenName,
      email: columnOf(mapping.email),
      phones: [columnOf(mapping.phone)].filter((one) => one !== null),
      home: [],
      children: [child],
      hosts: false,
    });
  }
  return readPupils(table, {
    familyName,
    givenName,
    usedName: columnOf(mapping.usedName),
    birthDate: columnOf(mapping.birthDate),
    ine: columnOf(mapping.ine),
    level: columnOf(mapping.level),
    className: columnOf(mapping.className),
    photo: null,
    state: null,
    home: [],
    day,
  });
}

function absentColumn(table: Table, mapping: ColumnMapping): string | null {
  const columns = columnsOf(table.headers);
  return (
    columnsIn(mapping).find((name) => name !== null && firstColumn(columns, name) === null) ?? null
  );
}

function columnsIn(mapping: ColumnMapping): readonly (string | null)[] {
  const { familyName, givenName } = mapping;
  switch (mapping.of) {
    case 'teachers':
      return [familyName, givenName, mapping.email, ...mapping.classNames];
    case 'guardians':
      return [
        familyName,
        givenName,
        mapping.email,
        mapping.phone,
        mapping.childFamilyName,
        mapping.childGivenName,
        mapping.childClassName,
      ];
    case 'pupils':
      return [
        familyName,
        givenName,
        mapping.usedName,
        mapping.birthDate,
        mapping.ine,
        mapping.level,
        mapping.className,
      ];
  }
}
