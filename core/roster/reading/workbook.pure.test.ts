import { describe, expect, it } from 'vitest';
import { SOAKED, sliced } from '../../../tests/shared/slice.ts';
import { importSentence } from '../reasons.ts';
import { repeated, textCell, workbookOfParts } from '../testing/workbook-parts.ts';
import { COLUMNS, ROWS, WORKBOOK_BYTES } from './limits.ts';
import { isUnreadable } from './trouble.ts';
import { readWorkbook } from './workbook.ts';

type Parts = Parameters<typeof workbookOfParts>[0];

/** The header and the lines with their numbers, or why nothing is read. */
function said(parts: Parts | Buffer): readonly string[] {
  const table = readWorkbook('liste.xlsx', Buffer.isBuffer(parts) ? parts : workbookOfParts(parts));
  if (isUnreadable(table)) return [`${table.at.line} ${table.reason} ${table.at.column ?? ''}`];
  const header = { line: table.headerLine, cells: table.headers };
  return [header, ...table.records].map(({ line, cells }) => `${line} ${cells.join('|')}`);
}

describe('what a cell says', () => {
  const STYLES =
    '<numFmts>' +
    '<numFmt numFmtId="164" formatCode="[$-40C]d\\ mmmm\\ yyyy;@"/>' +
    '<numFmt numFmtId="165" formatCode="0.00&quot; d&quot;"/>' +
    '<numFmt numFmtId="166" formatCode="[&lt;45000]&quot;Avant : &quot;dd/mm/yy;yyyy-mm-dd"/>' +
    '</numFmts>' +
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>' +
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/>' +
    '<xf numFmtId="165"/><xf numFmtId="166"/><xf xfId="0"/></cellXfs>';
  it.each<[what: string, cell: string, text: string]>([
    ['a number', '<c r="A1"><v>12</v></c>', '12'],
    ['a fraction', '<c r="A1" t="n"><v>0.5</v></c>', '0.5'],
    ['a great number', '<c r="A1"><v>1E21</v></c>', '1e+21'],
    ['a shared string', '<c r="A1" t="s"><v>1</v></c>', 'Bœuf & Cie'],
    ['runs of a shared string, its reading aside', '<c r="A1" t="s"><v>2</v></c>', '東京 gras'],
    ['words of its own', textCell('A1', ' Zoé '), 'Zoé'],
    [
      'runs of its own',
      '<c r="A1" t="inlineStr"><is><r><t>Lu</t></r><r><rPr><b/></rPr><t>pin</t></r></is></c>',
      'Lupin',
    ],
    ['signs that XML can’t hold', textCell('A1', 'a_x000A_b'), 'a\nb'],
    ['CDATA', '<c r="A1" t="str"><v><![CDATA[a<b]]></v></c>', 'a<b'],
    ['a formula’s last result', '<c r="A1" t="str"><f>B1&amp;"x"</f><v>CPx</v></c>', 'CPx'],
    ['a formula’s number', '<c r="A1"><f>1+1</f><v>2</v></c>', '2'],
    ['a formula never reckoned', '<c r="A1" t="str"><f>B1</f></c>', ''],
    ['true', '<c r="A1" t="b"><v>1</v></c>', 'true'],
    ['false', '<c r="A1" t="b"><v>0</v></c>', 'false'],
    ['an error', '<c r="A1" t="e"><v>#N/A</v></c>', ''],
    ['a day', '<c r="A1" s="1"><v>43892</v></c>', '2020-03-02'],
    ['a day with its hour', '<c r="A1" s="1"><v>43892.75</v></c>', '2020-03-02'],
    ['a day in words', '<c r="A1" s="2"><v>43892</v></c>', '2020-03-02'],
    ['a number of a unit « d »', '<c r="A1" s="3"><v>43892</v></c>', '43892'],
    ['a day under a condition', '<c r="A1" s="4"><v>43892</v></c>', '2020-03-02'],
    ['a day by the style above', '<c r="A1" s="5"><v>43892</v></c>', '2020-03-02'],
    ['a day as text', '<c r="A1" t="d"><v>2020-03-02T10:00:00Z</v></c>', '2020-03-02'],
    ['no day, as text', '<c r="A1" t="d"><v>2020-02-30</v></c>', '2020-02-30'],
    ['a day beyond any', '<c r="A1" s="1"><v>1e300</v></c>', ''],
    ['a style that isn’t there', '<c r="A1" s="99"><v>3</v></c>', '3'],
    ['nothing', '<c r="A1" s="1"/>', ''],
  ])('%s', (_what, cell, text) => {
    const strings =
      '<si><t>a</t></si><si><t>Bœuf &amp; Cie</t></si><si><r><t>東京</t></r><rPh><t>とう</t></rPh><r><t> gras</t></r></si>';
    const rows = `<row r="1">${cell}${textCell('B1', 'x')}</row>`;
    expect(said({ rows, strings, styles: STYLES })).toEqual([`1 ${text}|x`]);
  });
  it('days count from 1904 in a workbook that says so', () => {
    const more = {
      'xl/workbook.xml':
        '<x:workbook xmlns:x="a" xmlns:r="b"><x:workbookPr date1904="1"/><x:sheets>' +
        '<x:sheet name="a" r:id="rId1"/><x:sheet name="b" r:id="rId2"/></x:sheets></x:workbook>',
    };
    const rows = '<row r="1"><c r="A1" s="0"><v>42430</v></c></row>';
    const styles = '<cellXfs><xf numFmtId="14"/></cellXfs>';
    expect(said({ rows, styles, more })).toEqual(['1 2020-03-02']);
  });
  it('gaps are empty cells, rows and cells without a place follow the one before', () => {
    const rows = [
      `<row r="3">${textCell('A3', 'Nom')}${textCell('C3', 'Classe')}</row>`,
      '<row/><row><c><v>1</v></c><c><v>2</v></c></row>',
      `<row r="9">${textCell('B9', 'x')}</row>`,
    ].join('');
    expect(said({ rows })).toEqual(['3 Nom||Classe', '5 1|2|', '9 |x|']);
  });
});

const HEADER = [
  `<row r="1">${textCell('A1', 'Nom')}${textCell('B1', 'Prénom')}</row>`,
  `<row r="2">${textCell('A2', 'Roux')}${textCell('B2', 'Léa')}</row>`,
].join('');
const READ = ['1 Nom|Prénom', '2 Roux|Léa'];
/** A quarter of the XML that a workbook may unpack to: more would only take longer. */
const MUCH = WORKBOOK_BYTES / 4;
const megabytes = (bytes: number): number => Math.round(bytes / 1_000_000);

describe('a workbook made to hurt', () => {
  const sheets: readonly [what: string, parts: () => Parts | Buffer, then: readonly string[]][] = [
    [
      'an empty cell at the very end, as formatting leaves it',
      () => ({ rows: `${HEADER}<row r="1048576"><c r="XFD1048576" s="0"/></row>` }),
      READ,
    ],
    [
      'empty cells far to the right',
      () => ({ rows: HEADER.replace('</row>', '<c r="XFD1"/><c r="ZZZZZZ1" t="s"/></row>') }),
      READ,
    ],
    [
      'one cell at the very end',
      () => ({ rows: `${HEADER}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>` }),
      ['1048576 cell-far XFD1048576'],
    ],
    [
      'a column that no spreadsheet has',
      () => ({ rows: HEADER.replace('</row>', '<c r="ZZZZZZ1"><v>1</v></c></row>') }),
      ['1 cell-far ZZZZZZ1'],
    ],
    [
      '480,000 rows',
      () => ({
        rows: Array.from(
          { length: 480_000 },
          (_, row) => `<row r="${row + 1}"><c r="A${row + 1}"><v>1</v></c></row>`,
        ).join(''),
      }),
      [`${ROWS + 2} cell-far A${ROWS + 2}`],
    ],
    [
      '480,000 rows that are only formatted',
      () => ({ rows: `${HEADER}${'<row><c s="0"/></row>'.repeat(480_000)}` }),
      READ,
    ],
    [
      'one long text in every cell',
      () => ({
        rows: `<row>${'<c t="s"><v>0</v></c>'.repeat(20)}</row>`.repeat(ROWS),
        strings: `<si><t>${'a'.repeat(4_000)}</t></si>`,
      }),
      ['263 file-too-big '],
    ],
    [
      'one text of many megabytes',
      () => ({ rows: `${HEADER}<row>${textCell('A3', repeated('&amp;', MUCH))}</row>` }),
      ['3 line-too-long '],
    ],
    ['elements within elements', () => ({ rows: '<a>'.repeat(1_000_000) }), ['1 workbook-broken ']],
    [
      'attributes without end',
      () => ({
        rows: `<a ${Array.from({ length: 400_000 }, (_, at) => `a${at}="1"`).join(' ')}/>`,
      }),
      ['1 workbook-broken '],
    ],
    [
      'formats of nothing but brackets, and styles of them',
      () => ({
        rows: HEADER,
        styles: [
          `<numFmts><numFmt numFmtId="164" formatCode="${'['.repeat(250)}"/></numFmts>`,
          `<cellXfs>${repeated('<xf numFmtId="164"/>', MUCH)}</cellXfs>`,
        ].join(''),
      }),
      READ,
    ],
    [
      'strings that nobody asks for',
      () => ({ rows: HEADER, strings: repeated('<si/>', MUCH) }),
      READ,
    ],
    [
      'cells on one place',
      () => ({ rows: `<row>${'<c r="A1"/>'.repeat(9)}</row>` }),
      ['1 workbook-broken '],
    ],
    ['rows that go back', () => ({ rows: '<row r="2"/><row r="1"/>' }), ['1 workbook-broken ']],
    [
      'a cell of another row',
      () => ({ rows: '<row r="2"><c r="A1"/></row>' }),
      ['2 workbook-broken '],
    ],
    ['a place that is none', () => ({ rows: '<row><c r="1A"/></row>' }), ['1 workbook-broken ']],
    [
      'a string that isn’t there',
      () => ({ rows: '<row><c r="A1" t="s"><v>7</v></c></row>' }),
      ['1 workbook-broken A1'],
    ],
    [
      'a document type in a part that is read',
      () => ({
        rows: HEADER,
        more: { 'xl/sharedStrings.xml': '<!DOCTYPE a [<!ENTITY b "c">]><sst/>' },
      }),
      ['1 workbook-broken '],
    ],
    [
      '26 MB of rows',
      () => ({ rows: repeated('<row/>', WORKBOOK_BYTES) }),
      ['1 workbook-too-big '],
    ],
    [
      'two sheets of one name',
      () => {
        const bytes = workbookOfParts({
          rows: HEADER,
          more: { 'xl/worksheets/sheet2.xml': '<a/>' },
        });
        return Buffer.from(
          bytes.toString('latin1').replaceAll('sheet2.xml', 'sheet1.xml'),
          'latin1',
        );
      },
      ['1 workbook-broken '],
    ],
    [
      `${COLUMNS + 1} columns`,
      () => ({ rows: `<row>${'<c><v>1</v></c>'.repeat(COLUMNS + 1)}</row>` }),
      [`1 cell-far 1:${COLUMNS + 1}`],
    ],
  ];

  const { some, rest } = sliced(3, sheets);
  it.each(some)('%s', isNoWork);
  it.each(rest)('%s', SOAKED, isNoWork);

  function isNoWork(what: string, parts: () => Parts | Buffer, then: readonly string[]): void {
    const given = parts();
    const bytes = Buffer.isBuffer(given) ? given : workbookOfParts(given);
    const memory = process.memoryUsage().rss;
    const since = process.cpuUsage();
    expect(said(bytes)).toEqual(then);
    const { user, system } = process.cpuUsage(since);
    const seconds = (user + system) / 1_000_000;
    const grown = process.memoryUsage().rss - memory;
    process.stdout.write(
      `${what}: ${bytes.length} bytes, ${seconds.toFixed(2)} s, + ${megabytes(grown)} MB\n`,
    );
    expect(seconds).toBeLessThan(3);
    expect(megabytes(grown)).toBeLessThan(300);
  }

  it('is told which cell to empty', () => {
    const rows = `${HEADER}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`;
    const table = readWorkbook('liste.xlsx', workbookOfParts({ rows }));
    if (!isUnreadable(table)) throw new Error('read');
    expect(importSentence(table, 'fr')).toContain('dans la case XFD1048576');
    expect(importSentence(table, 'en')).toContain('in cell XFD1048576');
  });
});
