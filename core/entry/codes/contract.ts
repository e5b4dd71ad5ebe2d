import type { ClassId } from '../../ground/ids.ts';

/**
 * What opens an account without its password: three pictures for who doesn't read yet, a code on
 * paper, once, for everybody else.
 */
export type CodeKind = 'pictures' | 'activation';

export type Code =
  | {
      readonly kind: 'pictures';
      /** Animals, in their order. */
      readonly pictures: readonly string[];
    }
  | {
      readonly kind: 'activation';
      /** Grouped for reading: `K7MP-4RT-XW9C-HN3`. */
      readonly text: string;
    };

/**
 * Codes on a sheet: what stands on paper and nowhere else. Keep it no longer than it takes to draw
 * it.
 */
export interface CodeSheet {
  readonly schoolName: string;
  /** The clock of that school: the days on paper are its. */
  readonly timeZone: string;
  /**
   * Whose codes these are: a class's, the adults' of the school, of somebody by themselves, of
   * pupils who are in no class yet.
   */
  readonly of: 'class' | 'adults' | 'person' | 'no-class';
  /** Empty but for a class. */
  readonly className: string;
  readonly cover: number;
  readonly madeAt: Date;
  /** The last day of the activation codes, or of the pictures. */
  readonly expiresAt: Date;
  readonly cards: readonly Card[];
  readonly slips: readonly Slip[];
}

export interface Card {
  readonly givenName: string;
  readonly displayName: string;
  readonly kind: 'child' | 'adult';
  /** The animal of a child, the initials of an adult. */
  readonly face: string;
  readonly address: string;
  readonly code: Code;
}

/** For the family of one child; `code` is null where a guardian's account is open already. */
export interface Slip {
  readonly child: string;
  readonly animal: string;
  readonly guardians: readonly {
    readonly name: string;
    readonly address: string;
    /** Null: none was made for this sheet. */
    readonly code: string | null;
    /** The class on whose sheet a good code of theirs stands; null: they have come in. */
    readonly codeOn: string | null;
  }[];
}

export interface SheetOrder {
  readonly class: ClassId;
  readonly kind: CodeKind;
  readonly families: 'with' | 'without';
  readonly format: 'pdf' | 'csv';
}
