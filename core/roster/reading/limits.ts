/**
 * What a roster of one school or one town may hold at most. Beyond it a file is no roster, and
 * nothing of it is read.
 */
export const FILE_BYTES = 20 * 1024 * 1024;
/** All files of a folder or an archive together, unpacked. */
export const TOTAL_BYTES = 60 * 1024 * 1024;
/** The parts of a workbook that are read, unpacked: three seconds of reading at the most. */
export const WORKBOOK_BYTES = 25 * 1024 * 1024;
/** Elements within elements in a workbook's part: ten are usual. */
export const XML_DEPTH = 64;
/** Attributes of one element there: a page's margins have six, a font's table some twenty. */
export const XML_ATTRIBUTES = 100;
/** Characters of a format for numbers in a workbook, as spreadsheets have it. */
export const FORMAT_CHARACTERS = 255;
/** Bytes of an entry's path in an archive: no folder is as deep. */
export const PATH_BYTES = 1_024;
/** Files in a folder or entries in an archive. */
export const FILES = 300;
/** Lines of one file, without the header. */
export const ROWS = 40_000;
export const COLUMNS = 200;
/** Characters of one line as it stands. */
export const LINE_CHARACTERS = 100_000;
/**
 * Characters of all cells of a table. A text file has no more than its bytes; in a workbook one
 * long text may be that of every cell.
 */
export const TABLE_CHARACTERS = FILE_BYTES;
/** Characters of a column's title: a question of a form may stand there whole. */
export const HEADER_CHARACTERS = 1_000;
/** Characters of one cell that is used; what isn't used may be longer. */
export const CELL_CHARACTERS = 200;
/** Characters of a refused cell that are shown. */
export const SHOWN_CHARACTERS = 60;
/** Schools of one export: the largest town has some 650. */
export const SCHOOLS = 2_000;
/**
 * People that the files of one school name: 1,000 pupils with two guardians each are 3,000. All of
 * them are compared with the school at once, by who answers everybody else.
 */
export const PEOPLE_OF_SCHOOL = 6_000;
/** Children that one line of a guardian can name. */
export const CHILDREN = 20;
