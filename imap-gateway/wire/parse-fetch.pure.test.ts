import { describe, expect, it } from 'vitest';
import { read, section, set, simple } from './testing/read.ts';

const fetched = (items: unknown[], more: object = {}) => ({
  name: 'FETCH',
  byUid: false,
  set: set([1, 1]),
  items,
  changedSince: null,
  vanished: false,
  partial: null,
  ...more,
});
describe('FETCH and STORE', () => {
  it.each<[string, unknown]>([
    ['FETCH 1 FAST', fetched([simple('FLAGS'), simple('INTERNALDATE'), simple('RFC822.SIZE')])],
    [
      'UID FETCH 2:*,5 (UID uid FLAGS)',
      fetched([simple('UID'), simple('FLAGS')], { byUid: true, set: set([2, '*'], [5, 5]) }),
    ],
    ['FETCH 1 BODY', fetched([simple('BODY')])],
    ['FETCH 1 BODY[]', fetched([section({ label: 'BODY[]' })])],
    [
      'FETCH 1 body.peek[1.2.mime]<0.10>',
      fetched([
        section({
          part: [1, 2],
          text: 'mime',
          partial: { offset: 0, count: 10 },
          peek: true,
          label: 'BODY[1.2.MIME]<0>',
        }),
      ]),
    ],
    [
      'FETCH 1 BODY[HEADER.FIELDS (Date "From")]',
      fetched([
        section({
          text: 'fields',
          fields: ['date', 'from'],
          label: 'BODY[HEADER.FIELDS (DATE FROM)]',
        }),
      ]),
    ],
    [
      'FETCH 1 (RFC822.HEADER RFC822.SIZE)',
      fetched([
        section({ text: 'header', peek: true, label: 'RFC822.HEADER' }),
        simple('RFC822.SIZE'),
      ]),
    ],
    [
      'FETCH 1 (BINARY.PEEK[1] BINARY.SIZE[2.1])',
      fetched([
        { kind: 'binary', part: [1], partial: null, peek: true, label: 'BINARY[1]' },
        { kind: 'binary-size', part: [2, 1], label: 'BINARY.SIZE[2.1]' },
      ]),
    ],
    [
      'FETCH 1 (PREVIEW (LAZY) EMAILID)',
      fetched([{ kind: 'preview', lazy: true }, simple('EMAILID')]),
    ],
    [
      'UID FETCH 1 FLAGS (CHANGEDSINCE 12345 VANISHED)',
      fetched([simple('FLAGS')], { byUid: true, changedSince: 12345, vanished: true }),
    ],
    ['FETCH 1 FLAGS (PARTIAL 1:50)', fetched([simple('FLAGS')], { partial: { from: 1, to: 50 } })],
    [
      'STORE 1 +FLAGS (\\seen $Forwarded)',
      {
        name: 'STORE',
        byUid: false,
        set: set([1, 1]),
        change: 'add',
        silent: false,
        flags: ['\\Seen', '$Forwarded'],
        unchangedSince: null,
      },
    ],
    [
      'UID STORE 1 (UNCHANGEDSINCE 0) -FLAGS.SILENT \\Deleted x',
      {
        name: 'STORE',
        byUid: true,
        set: set([1, 1]),
        change: 'remove',
        silent: true,
        flags: ['\\Deleted', 'x'],
        unchangedSince: 0,
      },
    ],
    [
      'STORE 1 FLAGS ()',
      {
        name: 'STORE',
        byUid: false,
        set: set([1, 1]),
        change: 'set',
        silent: false,
        flags: [],
        unchangedSince: null,
      },
    ],
    [
      'UID MOVE 1:2 Corbeille',
      { name: 'MOVE', byUid: true, set: set([1, 2]), mailbox: 'Corbeille' },
    ],
    ['UID EXPUNGE 3', { name: 'EXPUNGE', uids: set([3, 3]) }],
    ['FETCH 1 (FAST)', 'BAD: Expected a known item to fetch instead of FAST at column 17'],
    [
      'FETCH 1 BODY[MIME]',
      'BAD: Expected HEADER, HEADER.FIELDS, HEADER.FIELDS.NOT, TEXT, or MIME of a part at column 21',
    ],
    ['FETCH 1 BODY[HEADER.FIELDS ()]', 'BAD: Expected the name of a header field at column 32'],
    ['FETCH 1 BODY[1.]', 'BAD: Expected a section at column 19'],
    ['FETCH 1 BODY[]<0.0>', 'BAD: Expected a count greater than 0 at column 23'],
    [
      'FETCH 1 FLAGS (CHANGEDSINCE 1 VANISHED)',
      'BAD: Expected VANISHED only with UID FETCH and CHANGEDSINCE at column 43',
    ],
    [
      'STORE 1 FLAGS \\Recent',
      'BAD: Expected a system flag that can be set, such as \\Seen, at column 25',
    ],
    ['STORE 1 FLAGS (\\Seen) x', 'BAD: Expected the end of the command at column 25'],
    ['FETCH 1:4294967296 FLAGS', 'BAD: Expected a number of 32 bits at column 22'],
  ])('%s', (text, then) => expect(read(text)).toEqual(then));
});
