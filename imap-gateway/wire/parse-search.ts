/**
 * Arguments of SEARCH, SORT and THREAD (RFC 9051 §6.4.4, §9 `search`; RFC 5256 §5; RFC 4731, 5182,
 * 5267, 9394).
 */
import type { SortBy } from '../../core/store/mail/contract.ts';
import type { CommandOf, Numbering } from './command.ts';
import { GrammarError, type Cursor } from './cursor.ts';
import {
  LIST_ITEMS,
  SEARCH_DEPTH,
  SEARCH_KEYS,
  SEARCH_TEXT_CHARACTERS,
  SORT_KEYS,
} from './limits.ts';
import { day, flag, numberSet, partialRange } from './parse-sets.ts';
import type { SearchCondition, SearchReturns } from './search-tree.ts';

/** search (§9): `SEARCH [RETURN (…)] [CHARSET c] key…`. */
export function search(cursor: Cursor, { byUid }: Numbering): CommandOf<'SEARCH'> {
  cursor.space();
  const returns = returnOptions(cursor);
  if (!cursor.skipKeyword('CHARSET'))
    return { name: 'SEARCH', byUid, returns, condition: conditions(cursor) };
  cursor.space();
  return { name: 'SEARCH', byUid, returns, condition: inCharset(cursor) };
}

/** sort (RFC 5256 §5, RFC 5267 §5): `SORT [RETURN (…)] (keys) charset key…`. */
export function sort(cursor: Cursor, { byUid }: Numbering): CommandOf<'SORT'> {
  cursor.space();
  const returns = returnOptions(cursor);
  const order = cursor.list(() => sortKey(cursor), { least: 1, most: SORT_KEYS });
  cursor.space();
  return { name: 'SORT', byUid, returns, order, condition: inCharset(cursor) };
}

/** thread (RFC 5256 §5): `THREAD algorithm charset key…`. */
export function thread(cursor: Cursor, { byUid }: Numbering): CommandOf<'THREAD'> {
  cursor.space();
  const algorithm = cursor.keyword('an algorithm');
  if (algorithm !== 'REFERENCES' && algorithm !== 'ORDEREDSUBJECT')
    cursor.fail('REFERENCES or ORDEREDSUBJECT');
  cursor.space();
  return { name: 'THREAD', byUid, algorithm, condition: inCharset(cursor) };
}

/**
 * §6.4.4: US-ASCII and UTF-8 must be known. What is asked in another can't be read, which is for
 * the command to answer: it may have to forget `$`.
 */
function inCharset(cursor: Cursor): SearchCondition {
  const name = cursor.astring('a charset').toUpperCase();
  cursor.space();
  if (name === 'UTF-8' || name === 'US-ASCII') return conditions(cursor);
  cursor.at = cursor.text.length;
  return { kind: 'unreadable' };
}

/** search-return-opts (§9; RFC 4731 §4, RFC 5182 §3, RFC 9394 §4). */
function returnOptions(cursor: Cursor): SearchReturns | null {
  if (!cursor.skipKeyword('RETURN')) return null;
  cursor.space();
  const asked: { -readonly [Key in keyof SearchReturns]: SearchReturns[Key] } = {
    min: false,
    max: false,
    all: false,
    count: false,
    save: false,
    partial: null,
  };
  cursor.list(
    () => {
      const name = cursor.keyword('MIN, MAX, ALL, COUNT, SAVE or PARTIAL');
      switch (name) {
        case 'MIN':
          asked.min = true;
          return;
        case 'MAX':
          asked.max = true;
          return;
        case 'ALL':
          asked.all = true;
          return;
        case 'COUNT':
          asked.count = true;
          return;
        case 'SAVE':
          asked.save = true;
          return;
        case 'PARTIAL':
          cursor.space();
          asked.partial = partialRange(cursor);
          return;
        default:
          cursor.fail('MIN, MAX, ALL, COUNT, SAVE or PARTIAL');
      }
    },
    { least: 0, most: LIST_ITEMS },
  );
  cursor.space();
  if (asked.all && asked.partial) cursor.fail('either ALL or PARTIAL'); // RFC 9394 §3.1
  const nothing = !asked.min && !asked.max && !asked.count && !asked.save && !asked.partial;
  return nothing ? { ...asked, all: true } : asked;
}

/** sort-criterion (RFC 5256 §5, RFC 5957 §4). */
function sortKey(cursor: Cursor): SortBy {
  let name = cursor.keyword('a sort key');
  const reverse = name === 'REVERSE';
  if (reverse) {
    cursor.space();
    name = cursor.keyword('a sort key');
  }
  const by = (
    {
      ARRIVAL: 'arrival',
      CC: 'cc',
      DATE: 'date',
      FROM: 'from',
      SIZE: 'size',
      SUBJECT: 'subject',
      TO: 'to',
      DISPLAYFROM: 'display-from',
      DISPLAYTO: 'display-to',
    } as const
  )[name];
  return by
    ? { by, reverse }
    : cursor.fail('ARRIVAL, CC, DATE, FROM, SIZE, SUBJECT, TO, DISPLAYFROM or DISPLAYTO');
}

/** All keys up to the end of the command, joined by AND. */
function conditions(cursor: Cursor): SearchCondition {
  const keys = [condition(cursor)];
  while (cursor.skip(' ')) keys.push(condition(cursor));
  return and(keys);
}

const and = (keys: readonly SearchCondition[]): SearchCondition =>
  keys.length === 1 && keys[0] ? keys[0] : { kind: 'and', of: keys };

/** search-key (§9). */
function condition(cursor: Cursor): SearchCondition {
  if (++cursor.keys > SEARCH_KEYS)
    throw new GrammarError(`A search has more than ${SEARCH_KEYS} keys`);
  if (cursor.depth >= SEARCH_DEPTH)
    throw new GrammarError(`A search nests deeper than ${SEARCH_DEPTH}`);
  cursor.depth++;
  const read = key(cursor);
  cursor.depth--;
  return read;
}

function key(cursor: Cursor): SearchCondition {
  if (cursor.sees('(')) return group(cursor);
  return /[\d*$]/.test(cursor.text[cursor.at] ?? '')
    ? { kind: 'numbers', set: numberSet(cursor) }
    : named(cursor);
}

const group = (cursor: Cursor): SearchCondition =>
  and(cursor.list(() => condition(cursor), { least: 1, most: SEARCH_KEYS }));

const FLAG_KEYS = new Map<string, SearchCondition>([
  ...[
    ['ANSWERED', '\\Answered'],
    ['DELETED', '\\Deleted'],
    ['DRAFT', '\\Draft'],
    ['FLAGGED', '\\Flagged'],
    ['SEEN', '\\Seen'],
  ].flatMap(([key = '', name = '']): [string, SearchCondition][] => [
    [key, { kind: 'flag', flag: name, set: true }],
    [`UN${key}`, { kind: 'flag', flag: name, set: false }],
  ]),
  // RFC 3501 §6.4.4; RFC 9051 has no \Recent.
  ['RECENT', { kind: 'flag', flag: '\\Recent', set: true }],
  ['OLD', { kind: 'flag', flag: '\\Recent', set: false }],
  [
    'NEW',
    {
      kind: 'and',
      of: [
        { kind: 'flag', flag: '\\Recent', set: true },
        { kind: 'flag', flag: '\\Seen', set: false },
      ],
    },
  ],
  ['ALL', { kind: 'all' }],
  ['SAVEDATESUPPORTED', { kind: 'saved-dates' }],
]);

type DayKey = Pick<Extract<SearchCondition, { kind: 'day' }>, 'of' | 'is'>;
const DAY_KEYS = new Map<string, DayKey>(
  (
    [
      ['', 'internal'],
      ['SENT', 'sent'],
      ['SAVED', 'saved'],
    ] as const
  ).flatMap(([prefix, of]): [string, DayKey][] => [
    [`${prefix}BEFORE`, { of, is: 'before' }],
    [`${prefix}ON`, { of, is: 'on' }],
    [`${prefix}SINCE`, { of, is: 'since' }],
  ]),
);

type AddressField = Extract<SearchCondition, { kind: 'address' }>['field'];
const ADDRESS_KEYS = new Map<string, AddressField>([
  ['FROM', 'from'],
  ['TO', 'to'],
  ['CC', 'cc'],
  ['BCC', 'bcc'],
]);

/**
 * search-key (§9) by its name; WITHIN of RFC 5032 §4, MODSEQ of RFC 7162 §7, object ids of RFC 8474
 * §7, SAVED… of RFC 8514 §6.
 */
function named(cursor: Cursor): SearchCondition {
  const name = cursor.keyword('a search key');
  const ready = FLAG_KEYS.get(name);
  if (ready) return ready;
  cursor.space();
  const field = ADDRESS_KEYS.get(name);
  if (field) return { kind: 'address', field, text: text(cursor) };
  const dayKey = DAY_KEYS.get(name);
  if (dayKey) return { kind: 'day', ...dayKey, day: day(cursor) };
  switch (name) {
    case 'NOT':
      return { kind: 'not', not: condition(cursor) };
    case 'OR':
      return either(cursor);
    case 'UID':
      return { kind: 'uids', set: numberSet(cursor) };
    case 'SUBJECT':
      return { kind: 'subject', text: text(cursor) };
    case 'BODY':
      return { kind: 'body', text: text(cursor) };
    case 'TEXT':
      return { kind: 'text', text: text(cursor) };
    case 'HEADER':
      return header(cursor);
    case 'KEYWORD':
      return { kind: 'flag', flag: keyword(cursor), set: true };
    case 'UNKEYWORD':
      return { kind: 'flag', flag: keyword(cursor), set: false };
    case 'LARGER':
    case 'SMALLER':
      return { kind: name === 'LARGER' ? 'larger' : 'smaller', bytes: cursor.size() };
    case 'YOUNGER':
    case 'OLDER':
      // RFC 5032 §3
      return { kind: name === 'YOUNGER' ? 'younger' : 'older', seconds: cursor.positive() };
    case 'MODSEQ':
      return modseq(cursor);
    case 'EMAILID':
      return { kind: 'email-id', id: objectId(cursor) };
    case 'THREADID':
      return { kind: 'thread-id', id: objectId(cursor) };
    default:
      return cursor.fail(`a known search key instead of ${name.slice(0, 40)}`);
  }
}

/** `OR` (§9 search-key). */
function either(cursor: Cursor): SearchCondition {
  const first = condition(cursor);
  cursor.space();
  return { kind: 'or', either: first, or: condition(cursor) };
}

/**
 * Line ends can't be part of what a search looks for; refusing them keeps them out of all that
 * comes after.
 */
function text(cursor: Cursor): string {
  const value = cursor.astring('a text to look for').normalize('NFC');
  if (value.length > SEARCH_TEXT_CHARACTERS)
    throw new GrammarError(
      `A text to look for is longer than ${SEARCH_TEXT_CHARACTERS} characters`,
    );
  return /[\r\n]/.test(value) ? cursor.fail('a text of one line') : value;
}

/** `HEADER` (§9 search-key). */
function header(cursor: Cursor): SearchCondition {
  const field = cursor.astring('the name of a header field');
  if (!/^[!-9;-~]{1,998}$/.test(field)) cursor.fail('the name of a header field');
  cursor.space();
  return { kind: 'header', field: field.toLowerCase(), text: text(cursor) };
}

/** flag-keyword (§9); SYSTEM flags have keys of their own. */
const keyword = (cursor: Cursor): string =>
  cursor.sees('\\') ? cursor.fail('a keyword') : flag(cursor);

/** RFC 7162 §3.1.5: `MODSEQ ["/flags/\\seen" all] n`. */
function modseq(cursor: Cursor): SearchCondition {
  if (cursor.sees('"')) {
    if (!/^\/flags\/[^/]/i.test(cursor.string())) cursor.fail('an entry such as "/flags/\\\\seen"');
    cursor.space();
    if (!/^(?:ALL|PRIV|SHARED)$/.test(cursor.keyword('all, priv or shared')))
      cursor.fail('all, priv or shared');
    cursor.space();
  }
  return { kind: 'modseq', atLeast: cursor.modseq() };
}

/** RFC 8474 §7 `objectid`. */
function objectId(cursor: Cursor): string {
  const id = cursor.astring('an object id');
  return /^[A-Za-z0-9_-]{1,255}$/.test(id) ? id : cursor.fail('an object id');
}
