import type { FileReasons } from './reason-names.ts';

export const ENGLISH: FileReasons = {
  'file-empty': 'The file {file} is empty. Export it again.',
  'file-too-big':
    'The file {file} is over 20 MB. A school’s list is rarely over one: check that it is the right file.',
  'encoding-broken':
    'The file {file} says it is UTF-16 but is not. Export it again without opening it in a spreadsheet.',
  'not-a-text-file':
    'The file {file} is not a CSV file. Choose the exported file, for example CSVExtraction.csv.',
  'aaf-file':
    'The file {file} is an export of the federated directory (AAF), which is not read here. Choose a CSV export of ONDE or OneRoster.',
  'quote-open':
    'File {file}, line {line}: a quote opens and does not close. Nothing was read. Correct this line or export again.',
  'quote-misplaced':
    'File {file}, line {line}: a quote stands in the wrong place. Nothing was read. Correct this line or export again.',
  'csv-broken':
    'File {file}, line {line}: this is not a CSV that we can read. Nothing was read. Export it again.',
  'too-many-lines':
    'The file {file} has over 40,000 lines. Import one school or one town at a time.',
  'too-many-columns': 'The file {file} has over 200 columns. It is probably not a school’s list.',
  'line-too-long':
    'File {file}, line {line}: the line is too long. Nothing was read. A quote left open above may be the cause.',
  'header-unknown':
    'The column titles of {file} are not those of a known format. Say which column has the family name, the given name, the class; this choice is kept.',
  'column-missing': 'The column “{column}” is missing in {file}. Export again with all columns.',
  'column-twice': 'The column “{column}” is twice in {file}. Keep one.',
  'no-lines': 'The file {file} has column titles but no line. Export it again.',
  'archive-broken':
    'The archive {file} is damaged. Nothing was read. Send it again, or the files without the archive.',
  'archive-too-big': 'The archive {file} is over 60 MB once opened. Import one part at a time.',
  'archive-locked': 'The archive {file} is protected by a password. Send it without one.',
  'too-many-files': 'There are over 300 files. Import one part at a time.',
  'no-file': 'There is no CSV or Excel file to read.',
  'several-files':
    'There are several files and they are not those of a OneRoster export. Import them one by one, or give the folder to the command.',
  'workbook-broken': 'The workbook {file} does not open. Save it again as .xlsx or .csv.',
  'workbook-too-big':
    'The workbook {file} is over 25 MB once opened. Keep only the sheet with the list, then save it again.',
  'cell-far':
    'The workbook {file} holds something in cell {column}, beyond 40,000 lines or 200 columns. If it is a mistake, empty this cell and save; otherwise import one school or one town at a time.',
  'header-too-long':
    'File {file}, line {line}: a column title has over 1,000 characters (“{column}”). Shorten it, or check that it is the right file.',
  'too-many-schools':
    'The export {file} names over 2,000 schools. Ask for the export of your town alone.',
  'too-many-people':
    'There are over 6,000 people for one school. Nothing was read. Give the file of this school, or ask the town to import all its schools.',
  'reading-ended':
    'The file {file} takes too much time or memory. Nothing was read. Export it again, or save the list alone as .csv.',
  'reading-busy':
    'Other files are being read just now. Nothing was read. Give the file {file} again in a minute.',
  'file-missing':
    'The file {column} is missing in the OneRoster export. Nothing was read. Export again.',
  'version-unknown': 'This export is neither OneRoster 1.1 nor OneRoster 1.2. Nothing was read.',
  'delta-file': 'This OneRoster export holds changes only. Ask for the full export (“bulk”).',
  'several-schools': 'This export holds several schools. Say which one to import.',
  'school-unknown': 'This export does not hold the school asked for. Nothing was read.',
  'calendar-workbook':
    'The workbook {file} does not tell the hour of its dates, which may be a day off. Download the calendar as CSV from data.education.gouv.fr.',
  'calendar-unknown':
    'The file {file} is not the school calendar: it must have the columns Description, Population, Date de début, Date de fin and Zones. Download it again, as CSV, from data.education.gouv.fr.',
  'calendar-cell':
    'File {file}, line {line}: the cell “{column}” is empty, damaged or too long. Nothing was read. Download the file again, without opening it in a spreadsheet.',
  'calendar-date':
    'File {file}, line {line}: the cell “{column}” is not a date. Nothing was read. Download the file again, without opening it in a spreadsheet.',
  'calendar-period':
    'File {file}, line {line}: the date of “{column}” comes before the beginning, or over a hundred days after it. Nothing was read. Correct this line or download the file again.',
  'calendar-long':
    'The file {file} has over 2,000 periods of holidays. It is probably not the school calendar: download it again from data.education.gouv.fr.',
  'calendar-empty':
    'The file {file} has no holidays of your zone for this school year or those after it. Download the latest calendar, or change the zone of the town.',

  'too-few-cells':
    'Line {line}: cells are missing. The file may have been cut off; export it again.',
  'too-many-cells':
    'Line {line}: there are more cells than columns (“{cell}”). A separator has probably slipped into a name.',
  'family-name-missing':
    'Line {line}: the family name is missing. Correct it where the file comes from (ONDE or another), then give it again.',
  'given-name-missing':
    'Line {line}: the given name is missing. Correct it where the file comes from (ONDE or another), then give it again.',
  'birth-date-impossible':
    'Line {line}: the birth date {cell} does not exist. Correct it where the file comes from (ONDE or another), then give it again.',
  'birth-date-unreadable':
    'Line {line}: “{cell}” is not a birth date. Write it as 31/12/2019 or 2019-12-31.',
  'birth-date-of-no-pupil':
    'Line {line}: born on {cell}, nobody is of an age for a primary school. Correct the date where the file comes from (ONDE or another), then give it again.',
  'identity-missing':
    'Line {line}: neither birth date nor INE. Without one of them two children of the same name would be taken for one. Complete it where the file comes from (ONDE or another), then give it again.',
  'ine-malformed':
    'Line {line}: “{cell}” is not an INE. A spreadsheet may have changed it; export again without opening it.',
  'ine-of-two-pupils':
    'Line {line}: two different children have the same INE. Correct it where the file comes from (ONDE or another), then give it again.',
  'line-twice':
    'Line {line}: this person already stands above, in the same class. The line does not count twice.',
  'cell-too-long':
    'Line {line}, column “{column}”: the text is too long (“{cell}”). 200 characters are enough.',
  'character-hidden':
    'Line {line}, column “{column}”: there is an invisible character in “{cell}”. Type this cell again.',
  'letters-lost':
    'Line {line}, column “{column}”: letters were lost (“{cell}”). Export again without a spreadsheet in between.',
  'email-malformed': 'Line {line}: “{cell}” is not a mail address. Correct it, or empty the cell.',
  'head-unclear': 'Line {line}, column “{column}”: “{cell}” is neither yes nor no.',
  'guardian-without-child':
    'Line {line}: no child is named for this guardian. Correct it where the file comes from (ONDE or another), then give it again.',
  'child-incomplete': 'Line {line}, column “{column}”: a child’s family or given name is missing.',
  'too-many-children': 'Line {line}: over 20 children for one guardian. Check the line.',
  footer: 'Line {line}: “{cell}” is a footer, not a person. Nothing to do.',
  'host-organisation':
    'Line {line}: “{cell}” is a host organisation, not a person. It gets no mailbox. Nothing to do.',
  'pupil-struck-off':
    'Line {line}: this child has been struck off the school’s list. Nothing to do.',
  'role-unknown': 'Line {line}: the role “{cell}” has no mailbox here.',
  'role-missing': 'Line {line}: this person has no role in any school of the export.',
  'reference-unknown':
    'File {file}, line {line}, column “{column}”: “{cell}” is not in the export.',
  'identifier-twice': 'File {file}, line {line}: the identifier “{cell}” is taken above.',
  'identifier-missing': 'File {file}, line {line}: the identifier is missing.',

  twice: 'Line {line}: this person already stands on another line. Keep one of them.',
  'ine-twice':
    'Line {line}: this INE is already another child’s. Correct it where the file comes from (ONDE or another), then give it again.',
  'role-raise':
    'Line {line}: “{cell}” already has a mailbox in another role. An import changes no role; do it in the school.',
  'name-without-letters':
    'Line {line}: “{cell}” gives no address. Say how this name is written in Latin letters.',
  'child-unknown':
    'Line {line}: no child of the school has this name. Import the pupils first, or correct it where the file comes from.',
  'child-ambiguous': 'Line {line}: several children of the school have this name. Say which one.',
  namesakes:
    'Line {line}: more than 50 people have this name, and nothing says which one. Check that it is the right file; if it is, add the date of birth or the mail address.',
};
