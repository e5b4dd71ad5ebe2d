/**
 * What a roster file says, whatever its format: the rows that preview and apply work on. A row
 * keeps its line, so that a person who reads a refusal finds the cell. Text is as written, trimmed
 * and in NFC; nothing is guessed here.
 */

import type { Civility } from '../civility.ts';

export type RosterFormat =
  | 'onde-pupils'
  | 'onde-guardians'
  | 'teachers'
  | 'oneroster-1.1'
  | 'oneroster-1.2'
  | 'mapped';

/**
 * Where in a file something stands: the file's name within a folder or archive, the line (1 is the
 * header), the column's header where one cell is meant.
 */
export interface FilePosition {
  readonly file: string;
  readonly line: number;
  readonly column: string | null;
}

/** As the file writes it, on one line. Only tells namesakes apart; nobody is recognised by it. */
export type PostalAddress = string;

export interface PupilRow {
  readonly kind: 'pupil';
  readonly at: FilePosition;
  readonly familyName: string;
  /** Nom d'usage, where it differs. */
  readonly usedName: string | null;
  readonly givenName: string;
  /** `YYYY-MM-DD`. */
  readonly birthDate: string | null;
  /** Identifiant national élève; kept nowhere but as a keyed hash. */
  readonly ine: string | null;
  /** PS MS GS CP CE1 CE2 CM1 CM2 and others as written. */
  readonly level: string | null;
  /** The family's photo authorisation; null where the file says nothing. */
  readonly photo: boolean | null;
  readonly className: string | null;
  /** A OneRoster sourcedId; null elsewhere. */
  readonly sourcedId: string | null;
  readonly home: PostalAddress | null;
}

export interface GuardianRow {
  readonly kind: 'guardian';
  readonly at: FilePosition;
  readonly familyName: string;
  readonly givenName: string;
  readonly email: string | null;
  /** Mobile phones, digits alone (`0612345679`): evidence of who it is, kept as keyed hashes. */
  readonly phones: readonly string[];
  readonly home: PostalAddress | null;
  readonly children: readonly {
    readonly familyName: string;
    readonly usedName: string | null;
    readonly givenName: string;
    readonly className: string | null;
    readonly sourcedId: string | null;
  }[];
  readonly sourcedId: string | null;
}

export interface AdultRow {
  readonly kind: 'adult';
  readonly at: FilePosition;
  readonly role: 'teacher' | 'head' | 'staff' | 'aide';
  readonly familyName: string;
  readonly givenName: string;
  readonly email: string | null;
  /** Where the file has it. */
  readonly civility: Civility | null;
  readonly classNames: readonly string[];
  readonly sourcedId: string | null;
}

export type RosterRow = PupilRow | GuardianRow | AdultRow;

/**
 * A line that can't be used, and why: `reason` is a name that the texts have a French and an
 * English sentence for.
 */
export interface RefusedLine {
  readonly at: FilePosition;
  readonly reason: string;
  /** The cell as it stands, shortened; formulas stay text. */
  readonly cell: string;
}

export interface ReadRosterFile {
  readonly format: RosterFormat;
  readonly encoding: string;
  readonly delimiter: string | null;
  /** Classes named by the file, with their levels. */
  readonly classes: readonly { readonly name: string; readonly levels: readonly string[] }[];
  readonly rows: readonly RosterRow[];
  readonly refused: readonly RefusedLine[];
  /**
   * What could be read of lines refused for a mistake in them. Nothing is written of them; whoever
   * they may mean stays as they are.
   */
  readonly unsettled: readonly RosterRow[];
  /**
   * A school that the file names itself (UAI, OneRoster org), to be held against the school it is
   * imported into.
   */
  readonly schoolHint: string | null;
  /** Headers of the columns that are not read, in their order. */
  readonly leftAside: readonly string[];
}

/** A file that can't be read as a roster at all: nothing of it is used. */
export interface UnreadableRoster {
  readonly kind: 'unreadable';
  readonly reason: string;
  readonly at: FilePosition;
}
