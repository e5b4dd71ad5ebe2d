import { FORMAT_CHARACTERS } from './limits.ts';
import { readXml, type XmlAttributes } from './workbook-xml.ts';

/** The first that a workbook may define itself (ECMA-376 Part 1 §18.8.30). */
const OWN_FORMATS = 100;

/** The formats of days and hours that every workbook has, in Europe and in East Asia. */
const DATE_FORMATS: ReadonlySet<number> = new Set(
  [
    [14, 22],
    [27, 36],
    [45, 47],
    [50, 58],
    [71, 81],
  ].flatMap(([first = 0, last = 0]) =>
    Array.from({ length: last - first + 1 }, (_, index) => first + index),
  ),
);

/** What stands for a part of a day or an hour in a format, alone. */
const DATE_TOKENS: ReadonlySet<string> = new Set(
  's ss m mm h hh am pm a p d dd ddd dddd aaa aaaa aaaaa mmm mmmm mmmmm y yy yyyy e ee eeee'.split(
    ' ',
  ),
);

/**
 * Which styles of cells show a number as a day, by their place: a workbook keeps days as numbers,
 * and only the style tells (ECMA-376 Part 1 §18.8.10, §18.8.30).
 */
export function dateStylesOf(styles: Buffer): readonly boolean[] {
  const own = new Map<number, boolean>();
  const inherited: (number | null)[] = [];
  const dates: boolean[] = [];
  let within = '';
  const isDate = (format: number): boolean => DATE_FORMATS.has(format) || own.get(format) === true;
  readXml(styles, {
    open(name, attributes) {
      const format = numberOf(attributes, 'numFmtId');
      if (name === 'cellStyleXfs' || name === 'cellXfs') within = name;
      else if (name === 'numFmt' && format !== null && format >= OWN_FORMATS)
        own.set(format, isDateFormat(attributes['formatCode'] ?? ''));
      else if (name === 'xf' && within === 'cellStyleXfs') inherited.push(format);
      else if (name === 'xf' && within === 'cellXfs') {
        const parent = inherited[numberOf(attributes, 'xfId') ?? -1] ?? null;
        dates.push(isDate(format ?? parent ?? 0));
      }
    },
    close(name) {
      if (name === within) within = '';
    },
  });
  return dates;
}

function numberOf(attributes: XmlAttributes, name: string): number | null {
  const text = attributes[name];
  return text === undefined || !/^\d{1,9}$/.test(text) ? null : Number(text);
}

/** Whether one of a format's parts is nothing but a day or an hour, quoted text aside. */
function isDateFormat(code: string): boolean {
  if (code.length > FORMAT_CHARACTERS) return false;
  return code
    .toLowerCase()
    .replace(/;@$/, '')
    .replace(/\\./g, ' ')
    .split(';')
    .some((part) => {
      const tokens = part
        .replace(/"[^"]*"/g, ' ')
        .replace(/(\[?[smhd]{1,2}\]?)[.,]00?0?/g, '$1')
        .replace(/\[([smhd]{1,2})\]/g, '$1')
        .replace(/\[[^[\]]*\]/g, '')
        .split(/[^a-z0#?%]+/)
        .filter((token) => token !== '');
      return tokens.length > 0 && tokens.every((token) => DATE_TOKENS.has(token));
    });
}
