/** A file that goes with a version. */
export interface PaperFileRow {
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** A file of a version with its bytes. */
export interface PaperFileBytes extends PaperFileRow {
  readonly bytes: Buffer;
}
