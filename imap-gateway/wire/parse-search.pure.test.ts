import { describe, expect, it } from 'vitest';
import { read, set } from './testing/read.ts';

const search = (condition: unknown, more: object = {}) => ({
  name: 'SEARCH',
  byUid: false,
  returns: null,
  condition,
  ...more,
});
const flag = (name: string, on = true) => ({ kind: 'flag', flag: name, set: on });

describe('SEARCH, SORT, THREAD', () => {
  it.each<[string, unknown]>([
    ['SEARCH ALL', search({ kind: 'all' })],
    ['SEARCH CHARSET utf-8 TEXT "école"', search({ kind: 'text', text: 'école' })],
    [
      'SEARCH SEEN UNFLAGGED NEW',
      search({
        kind: 'and',
        of: [
          flag('\\Seen'),
          flag('\\Flagged', false),
          { kind: 'and', of: [flag('\\Recent'), flag('\\Seen', false)] },
        ],
      }),
    ],
    [
      'UID SEARCH OR (1:3,* FROM x) NOT UID $',
      search(
        {
          kind: 'or',
          either: {
            kind: 'and',
            of: [
              { kind: 'numbers', set: set([1, 3], ['*', '*']) },
              { kind: 'address', field: 'from', text: 'x' },
            ],
          },
          or: { kind: 'not', not: { kind: 'uids', set: { kind: 'saved' } } },
        },
        { byUid: true },
      ),
    ],
    [
      'SEARCH RETURN () $',
      search(
        { kind: 'numbers', set: { kind: 'saved' } },
        {
          returns: { min: false, max: false, all: true, count: false, save: false, partial: null },
        },
      ),
    ],
    [
      'SEARCH RETURN (MIN SAVE PARTIAL -1:-100) 2',
      search(
        { kind: 'numbers', set: set([2, 2]) },
        {
          returns: {
            min: true,
            max: false,
            all: false,
            count: false,
            save: true,
            partial: { from: -1, to: -100 },
          },
        },
      ),
    ],
    [
      'SEARCH SINCE 1-Feb-1994 SENTBEFORE "28-Feb-2024"',
      search({
        kind: 'and',
        of: [
          { kind: 'day', of: 'internal', is: 'since', day: { year: 1994, month: 2, day: 1 } },
          { kind: 'day', of: 'sent', is: 'before', day: { year: 2024, month: 2, day: 28 } },
        ],
      }),
    ],
    [
      'SEARCH HEADER Message-ID "" LARGER 10 OLDER 60',
      search({
        kind: 'and',
        of: [
          { kind: 'header', field: 'message-id', text: '' },
          { kind: 'larger', bytes: 10 },
          { kind: 'older', seconds: 60 },
        ],
      }),
    ],
    [
      'SEARCH MODSEQ "/flags/\\\\draft" all 620162338',
      search({ kind: 'modseq', atLeast: 620162338 }),
    ],
    [
      'SEARCH KEYWORD $forwarded SUBJECT NIL',
      search({ kind: 'and', of: [flag('$Forwarded'), { kind: 'subject', text: 'NIL' }] }),
    ],
    [
      'SORT (REVERSE DATE SUBJECT) UTF-8 UNSEEN',
      {
        name: 'SORT',
        byUid: false,
        returns: null,
        order: [
          { by: 'date', reverse: true },
          { by: 'subject', reverse: false },
        ],
        condition: flag('\\Seen', false),
      },
    ],
    [
      'UID THREAD REFERENCES US-ASCII ALL',
      { name: 'THREAD', byUid: true, algorithm: 'REFERENCES', condition: { kind: 'all' } },
    ],
    [
      'SEARCH CHARSET KOI8-R OR',
      { name: 'SEARCH', byUid: false, returns: null, condition: { kind: 'unreadable' } },
    ],
    ['SEARCH SINCE 31-Feb-2024', 'BAD: Expected a day of the calendar at column 28'],
    ['SEARCH 0', 'BAD: Expected a number greater than 0 at column 12'],
    [
      'SEARCH RETURN (PARTIAL 1:-2) ALL',
      'BAD: Expected a range whose ends have one sign at column 31',
    ],
    ['SEARCH SUBJECT {3}\r\na\r\n', 'BAD: Expected a text of one line at column 27'],
    ['SEARCH SUBJECT {1}\r\né', 'BAD: 8-bit text must be UTF-8'],
    ['SEARCH FROG', 'BAD: Expected a space at column 15'],
    ['SEARCH FROG x', 'BAD: Expected a known search key instead of FROG at column 16'],
    ['THREAD REFS UTF-8 ALL', 'BAD: Expected REFERENCES or ORDEREDSUBJECT at column 15'],
  ])('%s', (text, then) => expect(read(text)).toEqual(then));
});
