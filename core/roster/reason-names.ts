/** Why a whole file can't be read. */
export type FileReason =
  | 'file-empty'
  | 'file-too-big'
  | 'encoding-broken'
  | 'not-a-text-file'
  | 'quote-open'
  | 'quote-misplaced'
  | 'csv-broken'
  | 'too-many-lines'
  | 'too-many-columns'
  | 'line-too-long'
  | 'header-unknown'
  | 'column-missing'
  | 'column-twice'
  | 'no-lines'
  | 'archive-broken'
  | 'archive-too-big'
  | 'archive-locked'
  | 'too-many-files'
  | 'no-file'
  | 'several-files'
  | 'workbook-broken'
  | 'file-missing'
  | 'version-unknown'
  | 'delta-file'
  | 'several-schools'
  | 'school-unknown';

/** Why one line isn't used. */
export type LineReason =
  | 'too-few-cells'
  | 'too-many-cells'
  | 'family-name-missing'
  | 'given-name-missing'
  | 'birth-date-impossible'
  | 'birth-date-unreadable'
  | 'identity-missing'
  | 'ine-malformed'
  | 'ine-of-two-pupils'
  | 'line-twice'
  | 'cell-too-long'
  | 'character-hidden'
  | 'letters-lost'
  | 'email-malformed'
  | 'head-unclear'
  | 'guardian-without-child'
  | 'child-incomplete'
  | 'too-many-children'
  | 'footer'
  | 'host-organisation'
  | 'pupil-struck-off'
  | 'role-unknown'
  | 'role-missing'
  | 'reference-unknown'
  | 'identifier-twice'
  | 'identifier-missing'
  // said by the preview, which knows the school
  | 'twice'
  | 'ine-twice'
  | 'role-raise'
  | 'name-without-letters'
  | 'child-unknown'
  | 'child-ambiguous';

export type ReasonName = FileReason | LineReason;

/** Placeholders: {line}, {column}, {cell}, {file}. */
export type Reasons = Readonly<Record<ReasonName, string>>;
