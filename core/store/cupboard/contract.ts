/** Who sees something besides its author, where they see the folders around it. */
export type Sees = 'author' | 'team' | 'pupils' | 'families';

/** With what a teacher gives something back: `again` is to be finished. */
export type Stamp = 'bravo' | 'done' | 'again';

/** What was given back to a child: of whom, in what class, and with what words. */
export interface GivenBackNote {
  readonly boxName: string;
  readonly className: string;
  /** `2026-2027`. */
  readonly year: string;
  readonly teacherName: string;
  readonly stamp: Stamp;
  readonly word: string;
  readonly at: Date;
}

/** Where the pieces of a file lie that has come whole: as they came, or as a body by its hash. */
export type CamePieces =
  | { readonly kind: 'coming'; readonly id: number }
  | { readonly kind: 'stored'; readonly sha256: string };
