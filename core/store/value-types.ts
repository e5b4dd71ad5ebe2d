import pg from 'pg';

/** Types of PostgreSQL by their number in its catalogue. */
const INT8 = 20;
const INT8_ARRAY = 1016;
const DATE = 1082;

/** How the driver reads values: int8 as a number, a date as its text. Neither needs more here. */
export const VALUE_TYPES = {
  getTypeParser(oid: number, format?: 'text' | 'binary'): unknown {
    if (oid === INT8) return Number;
    if (oid === INT8_ARRAY) return numbersOf;
    if (oid === DATE) return String;
    return pg.types.getTypeParser(oid, format);
  },
};

/** `{1,2,NULL}`, of one dimension. */
function numbersOf(text: string): readonly (number | null)[] {
  const list = text.slice(1, -1);
  return list === '' ? [] : list.split(',').map((one) => (one === 'NULL' ? null : Number(one)));
}
