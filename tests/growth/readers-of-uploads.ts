/** Readers of files that people of a town upload: rosters, as text and as workbooks. */

import { headerKey } from '../../core/roster/reading/header.ts';
import { FILE_BYTES, HEADER_CHARACTERS } from '../../core/roster/reading/limits.ts';
import { mobileNumber } from '../../core/roster/reading/phones.ts';
import { readRosterFile } from '../../core/roster/reading/read.ts';
import { workbookOfParts } from '../../core/roster/testing/workbook-parts.ts';
import { bytesOf, type StrangersReader } from './reader.ts';

const readRoster = (name: string, bytes: Buffer) =>
  readRosterFile([{ name, bytes }], { mapping: null, day: '2026-11-24' });

const PUPILS = 'Nom élève;Prénom élève;Date naissance;Libellé classe\n';
const CSV_UNITS = [
  'a;',
  '"',
  '"a";',
  '""',
  'a;b;c;d\n',
  '\n;',
  'Roux;Léa;2019-01-01;CP\n',
  'sep=;\n',
];
const XML_UNITS = [
  '<row>',
  '<row></row>',
  '<c>',
  '<c r="A1" t="inlineStr"><is><t>a</t></is></c>',
  '<c r="A1"><v>0</v></c>',
  '<c r="',
  '<a ',
  '<a b="c"/>',
  '<!--',
  '<![CDATA[',
  '<?',
  '_x000D_',
];

export const READERS_OF_UPLOADS: readonly StrangersReader[] = [
  {
    name: 'a roster as text',
    largest: FILE_BYTES,
    units: CSV_UNITS,
    read: (text) => readRoster('a.csv', bytesOf(text)),
  },
  {
    name: 'lines of a roster as text',
    largest: FILE_BYTES,
    units: CSV_UNITS,
    around: [PUPILS, ''],
    read: (text) => readRoster('a.csv', Buffer.from(text)),
  },
  {
    name: 'a column’s header',
    largest: HEADER_CHARACTERS,
    units: ['(s', 'enfant '],
    read: headerKey,
  },
  {
    name: 'a telephone number',
    largest: HEADER_CHARACTERS,
    units: ['+33 ', '06'],
    read: mobileNumber,
  },
  {
    name: 'rows of a workbook',
    largest: FILE_BYTES,
    units: XML_UNITS,
    read: (rows) => readRoster('a.xlsx', workbookOfParts({ rows })),
  },
  {
    name: 'a cell of a workbook',
    largest: FILE_BYTES,
    units: XML_UNITS,
    around: ['<row r="1"><c r="A1" t="inlineStr"><is><t>', '</t></is></c></row>'],
    read: (rows) => readRoster('a.xlsx', workbookOfParts({ rows })),
  },
  {
    name: 'words that cells of a workbook share',
    largest: FILE_BYTES,
    units: ['<si>', '<si><t>', '<si><t>a</t></si>', '<rPh>', '<t>', '_x000D_'],
    read: (strings) => readRoster('a.xlsx', workbookOfParts({ rows: '<row/>', strings })),
  },
  {
    name: 'styles of a workbook',
    largest: FILE_BYTES,
    units: ['<numFmt numFmtId="200" formatCode="', '<xf numFmtId="1"/>', '[', 'yy', '\\', '"'],
    around: ['<numFmts><numFmt numFmtId="200" formatCode="', '"/></numFmts>'],
    read: (styles) => readRoster('a.xlsx', workbookOfParts({ rows: '<row/>', styles })),
  },
];
