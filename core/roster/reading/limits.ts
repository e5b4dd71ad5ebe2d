/**
 * What a roster of one school or one town may hold at most. Beyond it a file is no roster, and
 * nothing of it is read.
 */
export const FILE_BYTES = 20 * 1024 * 1024;
/** All files of a folder or an archive together, unpacked. */
export const TOTAL_BYTES = 60 * 1024 * 1024;
/** A workbook unpacked; it takes many times as much while it is read. */
export const WORKBOOK_BYTES = 25 * 1024 * 1024;
/** Files in a folder or entries in an archive. */
export const FILES = 300;
/** Lines of one file, without the header. */
export const ROWS = 40_000;
export const COLUMNS = 200;
/** Characters of one line as it stands. */
export const LINE_CHARACTERS = 100_000;
/** Characters of one cell that is used; what isn't used may be longer. */
export const CELL_CHARACTERS = 200;
/** Characters of a refused cell that are shown. */
export const SHOWN_CHARACTERS = 60;
/** Children that one line of a guardian can name. */
export const CHILDREN = 20;
