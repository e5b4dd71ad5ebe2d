import { createHmac } from 'node:crypto';
import { folded } from '../../ground/folding.ts';
import { keyOf } from '../../ground/secret.ts';
import { inSmallLetters, nameKey as keyOfName } from '../names.ts';
import type {
  AdultRow,
  GuardianRow,
  FilePosition,
  PostalAddress,
  PupilRow,
  RosterRow,
} from '../reading/rows.ts';

/**
 * A keyed hash in hexadecimal, with its kind before it: `ine:…`, `born:…`. What stands for a person
 * between two files; nothing can be read from it.
 */
export type IdentityKey = string;

/** A key as the store keeps it: what stands before the colon, and the hash itself. */
export function partsOf(key: IdentityKey): { readonly kind: string; readonly hash: Buffer } {
  const colon = key.indexOf(':');
  return { kind: key.slice(0, colon), hash: Buffer.from(key.slice(colon + 1), 'hex') };
}

export interface KnownBy {
  readonly at: FilePosition;
  readonly givenName: string;
  /** As it is shown: nom d'usage where there is one. */
  readonly familyName: string;
  /** Both names folded: what two spellings of one name have in common. */
  readonly nameKey: string;
  readonly keys: readonly IdentityKey[];
  /**
   * Their postal address, hashed like a key. It is remembered, and tells namesakes apart where
   * somebody is asked; nobody is recognised by it.
   */
  readonly home: IdentityKey | null;
}

export interface PupilLine extends KnownBy {
  readonly kind: 'pupil';
  readonly className: string | null;
  readonly level: string | null;
  readonly photo: boolean | null;
  /** The child's names as guardians' files may write them. */
  readonly nameKeys: readonly string[];
}

export interface GuardianLine extends KnownBy {
  readonly kind: 'guardian';
  readonly children: readonly {
    readonly nameKeys: readonly string[];
    readonly key: IdentityKey | null;
    readonly classKey: string | null;
  }[];
}

export interface AdultLine extends KnownBy {
  readonly kind: 'adult';
  readonly role: AdultRow['role'];
  readonly civility: AdultRow['civility'];
  readonly classNames: readonly string[];
}

/**
 * A row without what may not be kept: no national number, no birth date, no mail address. Kept as
 * it is for a rehearsal.
 */
export type RosterLine = PupilLine | GuardianLine | AdultLine;

/**
 * Rows as lines. `scope` is the school's id: a source's own ids mean something there alone. Pure.
 */
export function linesOf(
  rows: readonly RosterRow[],
  { secret, scope }: { readonly secret: Buffer; readonly scope: number },
): RosterLine[] {
  const key: Keyed = (kind, text) =>
    `${kind}:${createHmac('sha256', keyOf(secret)).update(`identity\0${kind}\0${text}`).digest('hex')}`;
  return rows.map((row) => {
    if (row.kind === 'pupil') return pupilLine(row, key, scope);
    return row.kind === 'guardian' ? guardianLine(row, key, scope) : adultLine(row, key, scope);
  });
}

type Keyed = (
  kind: 'ine' | 'born' | 'mail' | 'phone' | 'name' | 'sourced' | 'home',
  text: string,
) => IdentityKey;

function pupilLine(row: PupilRow, key: Keyed, scope: number): PupilLine {
  const shown = row.usedName ?? row.familyName;
  const birthKey = nameKeyOf(row.familyName, row.givenName);
  const keys = [
    ...(row.ine === null ? [] : [key('ine', row.ine.toUpperCase().replace(/[^0-9A-Z]/g, ''))]),
    ...(row.birthDate === null ? [] : [key('born', `${birthKey}\0${row.birthDate}`)]),
    ...sourcedKey(row.sourcedId, key, scope),
  ];
  return {
    kind: 'pupil',
    at: row.at,
    givenName: inSmallLetters(row.givenName),
    familyName: inSmallLetters(shown),
    nameKey: nameKeyOf(shown, row.givenName),
    keys,
    home: homeKey(row.home, birthKey, key),
    className: row.className,
    level: row.level,
    // A file that was sealed by an older version says nothing of it.
    photo: row.photo ?? null,
    nameKeys: [...new Set([birthKey, nameKeyOf(shown, row.givenName)])],
  };
}

function guardianLine(row: GuardianRow, key: Keyed, scope: number): GuardianLine {
  const nameKey = nameKeyOf(row.familyName, row.givenName);
  const children = row.children.map((child) => ({
    nameKeys: [
      ...new Set(
        [child.familyName, child.usedName ?? child.familyName].map((family) =>
          nameKeyOf(family, child.givenName),
        ),
      ),
    ],
    key: sourcedKey(child.sourcedId, key, scope)[0] ?? null,
    classKey: child.className === null ? null : folded(child.className),
  }));
  return {
    kind: 'guardian',
    at: row.at,
    givenName: inSmallLetters(row.givenName),
    familyName: inSmallLetters(row.familyName),
    nameKey,
    children,
    keys: [
      ...mailKey(row.email, nameKey, key),
      ...row.phones.map((phone) => key('phone', `${nameKey}\0${phone}`)),
      ...sourcedKey(row.sourcedId, key, scope),
    ],
    home: homeKey(row.home, nameKey, key),
  };
}

function adultLine(row: AdultRow, key: Keyed, scope: number): AdultLine {
  const nameKey = nameKeyOf(row.familyName, row.givenName);
  return {
    kind: 'adult',
    at: row.at,
    givenName: inSmallLetters(row.givenName),
    familyName: inSmallLetters(row.familyName),
    nameKey,
    role: row.role,
    civility: row.civility,
    classNames: row.classNames,
    keys: [
      ...mailKey(row.email, nameKey, key),
      ...sourcedKey(row.sourcedId, key, scope),
      key('name', nameKey),
    ],
    home: null,
  };
}

/** With the name, as a mail address: a building has many people. */
function homeKey(home: PostalAddress | null, nameKey: string, key: Keyed): IdentityKey | null {
  const address = folded(home ?? '');
  return address === '' ? null : key('home', `${nameKey}\0${address}`);
}

/** The name is part of it, as it is of a phone's: a couple may share one mail address. */
function mailKey(email: string | null, nameKey: string, key: Keyed): IdentityKey[] {
  return email === null || email.trim() === ''
    ? []
    : [key('mail', `${nameKey}\0${email.trim().toLowerCase()}`)];
}

function sourcedKey(sourcedId: string | null, key: Keyed, scope: number): IdentityKey[] {
  return sourcedId === null || sourcedId === '' ? [] : [key('sourced', `${scope}\0${sourcedId}`)];
}

/** Two spellings of one name, accents, capitals and hyphens aside. */
export function nameKeyOf(familyName: string, givenName: string): string {
  return `${keyOfName(familyName)}|${keyOfName(givenName)}`;
}
