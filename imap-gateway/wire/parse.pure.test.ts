import { describe, expect, it } from 'vitest';
import * as limits from './limits.ts';
import { parse } from './parse.ts';

/**
 * What the text of one command means, without its tag; a `Refused` comes as `BAD: why` or `NO
 * [CODE]: why`.
 */
function read(text: string, utf8 = false): unknown {
  const parsed = parse(Buffer.from(`a1 ${text}`, 'utf8').toString('latin1'), { utf8 });
  if (parsed.kind === 'command') return parsed.command;
  if (parsed.kind === 'refused')
    return `${parsed.refused.status}${parsed.refused.code ? ` [${parsed.refused.code}]` : ''}: ${parsed.refused.text}`;
  return parsed;
}

const set = (...ranges: readonly (readonly [number | '*', number | '*'])[]) => ({
  kind: 'ranges',
  ranges: ranges.map(([from, to]) => ({ from, to })),
});
const none = { subscribed: false, remote: false, recursiveMatch: false, specialUse: false };
const noReturns = { subscribed: false, children: false, specialUse: false, status: null };

describe('commands without a mailbox open', () => {
  it.each<[string, unknown]>([
    ['NOOP', { name: 'NOOP' }],
    ['noop', { name: 'NOOP' }],
    ['LOGIN lina "p w\\""', { name: 'LOGIN', user: 'lina', password: 'p w"' }],
    ['LOGIN {4}\r\nlina {3+}\r\na\rb', { name: 'LOGIN', user: 'lina', password: 'a\rb' }],
    ['LOGIN "é" {2}\r\né', { name: 'LOGIN', user: 'é', password: 'é' }],
    ['AUTHENTICATE plain', { name: 'AUTHENTICATE', mechanism: 'PLAIN', initial: null }],
    [
      'AUTHENTICATE PLAIN =',
      { name: 'AUTHENTICATE', mechanism: 'PLAIN', initial: Buffer.alloc(0) },
    ],
    [
      'AUTHENTICATE PLAIN AGEAYg==',
      { name: 'AUTHENTICATE', mechanism: 'PLAIN', initial: Buffer.from('\0a\0b') },
    ],
    ['ENABLE condstore IMAP4rev2', { name: 'ENABLE', capabilities: ['CONDSTORE', 'IMAP4REV2'] }],
    ['ID NIL', { name: 'ID', fields: null }],
    [
      'ID ("name" "x" "os" NIL)',
      {
        name: 'ID',
        fields: [
          ['name', 'x'],
          ['os', null],
        ],
      },
    ],
    ['COMPRESS deflate', { name: 'COMPRESS', mechanism: 'DEFLATE' }],
  ])('%s', (text, then) => expect(read(text)).toEqual(then));
});

describe('mailboxes', () => {
  it.each<[string, unknown]>([
    ['SELECT inbox', { name: 'SELECT', mailbox: 'INBOX', condstore: false, resync: null }],
    [
      'SELECT "Envoy&AOk-s" (CONDSTORE)',
      { name: 'SELECT', mailbox: 'Envoyés', condstore: true, resync: null },
    ],
    [
      'EXAMINE x (QRESYNC (67890007 20050715194045000 41,43:211 (1:2 4:5)))',
      {
        name: 'EXAMINE',
        mailbox: 'x',
        condstore: false,
        resync: {
          uidValidity: 67890007,
          modseq: Number.MAX_SAFE_INTEGER,
          knownUids: set([41, 41], [43, 211]),
          match: { numbers: set([1, 2]), uids: set([4, 5]) },
        },
      },
    ],
    [
      'SELECT x (QRESYNC (1 2 (1 4)))',
      {
        name: 'SELECT',
        mailbox: 'x',
        condstore: false,
        resync: {
          uidValidity: 1,
          modseq: 2,
          knownUids: null,
          match: { numbers: set([1, 1]), uids: set([4, 4]) },
        },
      },
    ],
    [
      'CREATE a/b (USE (\\Sent \\Drafts))',
      { name: 'CREATE', mailbox: 'a/b', written: 'a/b', uses: ['\\Sent', '\\Drafts'] },
    ],
    ['RENAME "a b" inbox/x', { name: 'RENAME', from: 'a b', to: 'INBOX/x' }],
    [
      'STATUS x (messages UIDNEXT messages)',
      { name: 'STATUS', mailbox: 'x', items: ['MESSAGES', 'UIDNEXT'] },
    ],
    [
      'LIST "" *',
      {
        name: 'LIST',
        reference: '',
        patterns: ['*'],
        extended: false,
        select: none,
        returns: noReturns,
      },
    ],
    [
      'LIST "" "%/&AOk-*"',
      {
        name: 'LIST',
        reference: '',
        patterns: ['%/é*'],
        extended: false,
        select: none,
        returns: noReturns,
      },
    ],
    [
      'LIST (SUBSCRIBED RECURSIVEMATCH) "" (a% "b") RETURN (CHILDREN STATUS (UNSEEN))',
      {
        name: 'LIST',
        reference: '',
        patterns: ['a%', 'b'],
        extended: true,
        select: { ...none, subscribed: true, recursiveMatch: true },
        returns: { ...noReturns, children: true, status: ['UNSEEN'] },
      },
    ],
    [
      'LIST "" !#$$&\'+,-.0123456789:;<=>?@^_`|[}%*',
      {
        name: 'LIST',
        reference: '',
        patterns: [],
        extended: false,
        select: none,
        returns: noReturns,
      },
    ],
    ['LSUB "" "x*"', { name: 'LSUB', reference: '', pattern: 'x*' }],
    [
      'CREATE &AOkA6Q',
      'NO [CANNOT]: A mailbox name must be modified UTF-7 without control characters',
    ],
    [
      'CREATE &AGE-',
      'NO [CANNOT]: A mailbox name must be modified UTF-7 without control characters',
    ],
    [
      'DELETE {3}\r\na\nb',
      'NO [CANNOT]: A mailbox name must be modified UTF-7 without control characters',
    ],
    ['SELECT &AOkA6Q', { name: 'SELECT', mailbox: null, condstore: false, resync: null }],
    ['SELECT {3}\r\na\0b', 'BAD: Expected a string without NUL at column 19'],
    [
      'LIST (RECURSIVEMATCH REMOTE) "" *',
      'BAD: Expected SUBSCRIBED beside RECURSIVEMATCH at column 32',
    ],
    ['LIST (X) "" *', 'BAD: Expected a known selection option instead of X at column 12'],
    ['LIST "" "" RETURN (X)', 'BAD: Expected a known return option instead of X at column 24'],
    ['SELECT x (QRESYNC (1 2 1:*))', 'BAD: Expected a set of numbers without "*" at column 30'],
  ])('%s', (text, then) => expect(read(text)).toEqual(then));
  it('with UTF-8 on, names are UTF-8 and & is a letter', () => {
    expect(read('SELECT "é&b"', true)).toEqual({
      name: 'SELECT',
      mailbox: 'é&b',
      condstore: false,
      resync: null,
    });
    expect(read('SELECT "e\u0301"', true)).toEqual({
      name: 'SELECT',
      mailbox: 'é',
      condstore: false,
      resync: null,
    });
  });
});

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

const simple = (item: string) => ({ kind: 'simple', item });
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
const section = (more: object) => ({
  kind: 'section',
  part: [],
  text: 'all',
  fields: [],
  partial: null,
  peek: false,
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

describe('quota, rights, annotations, notices', () => {
  it.each<[string, unknown]>([
    [
      'SETQUOTA "" (STORAGE 512)',
      { name: 'SETQUOTA', root: '', limits: [{ resource: 'STORAGE', limit: 512 }] },
    ],
    ['GETQUOTA ""', { name: 'GETQUOTA', root: '' }],
    [
      'SETACL x chris +cda',
      { name: 'SETACL', mailbox: 'x', identifier: 'chris', change: 'add', rights: 'cda' },
    ],
    [
      'SETACL x chris ""',
      { name: 'SETACL', mailbox: 'x', identifier: 'chris', change: 'set', rights: '' },
    ],
    [
      'GETMETADATA (MAXSIZE 1024 DEPTH 1) "" /Shared/Comment',
      {
        name: 'GETMETADATA',
        mailbox: '',
        entries: ['/shared/comment'],
        maxSizeBytes: 1024,
        depth: 1,
      },
    ],
    [
      'GETMETADATA INBOX (DEPTH infinity) (/private/a /shared/b)',
      {
        name: 'GETMETADATA',
        mailbox: 'INBOX',
        entries: ['/private/a', '/shared/b'],
        maxSizeBytes: null,
        depth: 'infinity',
      },
    ],
    [
      'SETMETADATA x (/private/a ~{3}\r\na\0b /private/c NIL)',
      {
        name: 'SETMETADATA',
        mailbox: 'x',
        entries: [
          { entry: '/private/a', value: Buffer.from('a\0b') },
          { entry: '/private/c', value: null },
        ],
      },
    ],
    ['NOTIFY NONE', { name: 'NOTIFY', set: null }],
    [
      'NOTIFY SET STATUS (selected (MessageNew (UID BODY.PEEK[]) MessageExpunge)) (subtree (a b) NONE)',
      {
        name: 'NOTIFY',
        set: {
          status: true,
          groups: [
            {
              mailboxes: { kind: 'selected' },
              events: ['MessageNew', 'MessageExpunge'],
              fetch: [simple('UID'), section({ peek: true, label: 'BODY[]' })],
            },
            { mailboxes: { kind: 'subtree', names: ['a', 'b'] }, events: [], fetch: [] },
          ],
        },
      },
    ],
    [
      'NOTIFY SET (selected (MessageNew MessageExpunge)) (selected-delayed NONE)',
      'BAD: Only one of SELECTED and SELECTED-DELAYED, and once',
    ],
    [
      'NOTIFY SET (selected (MailboxName))',
      'BAD: Of what is selected only messages can be watched',
    ],
    [
      'NOTIFY SET (personal (MessageNew))',
      'BAD: MessageNew and MessageExpunge go together, and FlagChange only with them',
    ],
    ['GETMETADATA x "/private/a*"', 'BAD: Expected an entry such as /private/comment at column 31'],
    ['SETACL x chris LRS', 'BAD: Expected rights in lower case, such as lrs at column 22'],
  ])('%s', (text, then) => expect(read(text)).toEqual(then));
  it('an event that nobody knows is NO [BADEVENT] (RFC 5465 §5)', () =>
    expect(read('NOTIFY SET (personal (Frog))')).toMatch(
      /^NO \[BADEVENT \(MessageNew .*\)\]: Unknown event FROG$/,
    ));
});

describe('APPEND and REPLACE end where their message begins', () => {
  it.each<[string, unknown]>([
    [
      'APPEND x {310}\r\n',
      {
        kind: 'upload',
        tag: 'a1',
        upload: { name: 'APPEND', mailbox: 'x' },
        ahead: {
          flags: [],
          internalDate: null,
          utf8: false,
          announced: { sizeBytes: 310, literal8: false, synchronising: true },
        },
      },
    ],
    [
      'APPEND x (\\Seen) " 7-Feb-1994 21:52:25 -0800" ~{3+}\r\n',
      {
        kind: 'upload',
        tag: 'a1',
        upload: { name: 'APPEND', mailbox: 'x' },
        ahead: {
          flags: ['\\Seen'],
          internalDate: new Date('1994-02-08T05:52:25Z'),
          utf8: false,
          announced: { sizeBytes: 3, literal8: true, synchronising: false },
        },
      },
    ],
    [
      'APPEND {1}\r\nx UTF8 (~{3}\r\n',
      {
        kind: 'upload',
        tag: 'a1',
        upload: { name: 'APPEND', mailbox: 'x' },
        ahead: {
          flags: [],
          internalDate: null,
          utf8: true,
          announced: { sizeBytes: 3, literal8: true, synchronising: true },
        },
      },
    ],
    [
      'UID REPLACE 2000 Drafts {300}\r\n',
      {
        kind: 'upload',
        tag: 'a1',
        upload: { name: 'REPLACE', byUid: true, target: 2000, mailbox: 'Drafts' },
        ahead: {
          flags: [],
          internalDate: null,
          utf8: false,
          announced: { sizeBytes: 300, literal8: false, synchronising: true },
        },
      },
    ],
    ['APPEND {5}\r\n', { kind: 'incomplete' }],
    ['APPEND x {18446744073709551616}\r\n', 'NO [TOOBIG]: The message is too big'],
    ['APPEND x CATENATE (URL "/x")', 'BAD: Expected the literal of a message at column 13'],
    [
      'APPEND x "31-Feb-2024 00:00:00 +0000" {1}\r\n',
      'BAD: Expected a date and time that exist at column 41',
    ],
  ])('%s', (text, then) => expect(read(text)).toEqual(then));
});

describe('limits and refusals', () => {
  const many = (count: number, one: string) => Array.from({ length: count }, () => one).join(' ');
  const each = (count: number, one: (at: number) => string) =>
    Array.from({ length: count }, (_none, at) => one(at)).join(' ');
  /** At the limit it passes, one past it not. */
  it.each<[string, number, (count: number) => string, string]>([
    [
      'ranges of a set',
      limits.SET_RANGES,
      (n) => `a FETCH ${Array.from({ length: n }, (_none, at) => 2 * at + 1).join(',')} FLAGS`,
      'BAD A set has more than 5000 ranges',
    ],
    [
      'depth by NOT',
      limits.SEARCH_DEPTH,
      (n) => `a SEARCH ${'NOT '.repeat(n - 1)}ALL`,
      'BAD A search nests deeper than 100',
    ],
    [
      'depth by OR',
      limits.SEARCH_DEPTH,
      (n) => `a SEARCH ${'OR ALL '.repeat(n - 1)}ALL`,
      'BAD A search nests deeper than 100',
    ],
    [
      'depth by parentheses',
      limits.SEARCH_DEPTH,
      (n) => `a SEARCH ${'('.repeat(n - 1)}ALL${')'.repeat(n - 1)}`,
      'BAD A search nests deeper than 100',
    ],
    [
      'keys of a search',
      limits.SEARCH_KEYS,
      (n) => `a SEARCH ${many(n, 'ALL')}`,
      'BAD A search has more than 1000 keys',
    ],
    [
      'characters of a text',
      limits.SEARCH_TEXT_CHARACTERS,
      (n) => `a SEARCH TEXT ${'x'.repeat(n)}`,
      'BAD A text to look for is longer than 2048 characters',
    ],
    [
      'keys of SORT',
      limits.SORT_KEYS,
      (n) => `a SORT (${many(n, 'DATE')}) UTF-8 ALL`,
      'BAD A list has more than 16 items',
    ],
    [
      'items of FETCH',
      limits.FETCH_ITEMS,
      (n) => `a FETCH 1 (${many(n, 'BODY[]')})`,
      'BAD A list has more than 100 items',
    ],
    [
      'levels of a section',
      limits.SECTION_DEPTH,
      (n) => `a FETCH 1 BODY[${Array.from({ length: n }, () => 1).join('.')}]`,
      'BAD A section has more than 64 levels',
    ],
    [
      'header fields of a section',
      limits.SECTION_FIELDS,
      (n) => `a FETCH 1 BODY[HEADER.FIELDS (${many(n, 'x')})]`,
      'BAD A list has more than 250 items',
    ],
    [
      'bytes of a field’s name',
      limits.FIELD_NAME_BYTES,
      (n) => `a FETCH 1 BODY[HEADER.FIELDS (${'x'.repeat(n)})]`,
      'BAD Expected the name of a header field at column 1030',
    ],
    [
      'flags',
      limits.FLAGS,
      (n) => `a STORE 1 FLAGS (${each(n, (at) => `k${at}`)})`,
      'BAD A list has more than 100 items',
    ],
    [
      'characters of a keyword',
      limits.FLAG_CHARACTERS,
      (n) => `a STORE 1 FLAGS ${'x'.repeat(n)}`,
      'BAD A keyword is longer than 100 characters',
    ],
    [
      'patterns of LIST',
      limits.PATTERNS,
      (n) => `a LIST "" (${many(n, 'x')})`,
      'BAD A list has more than 100 items',
    ],
    [
      'wildcards of a pattern',
      limits.WILDCARDS,
      (n) => `a LIST "" ${'*%'.repeat(n).slice(0, n)}`,
      'BAD A pattern has more than 20 wildcards',
    ],
    [
      'characters of a mailbox’s name',
      limits.MAILBOX_CHARACTERS,
      (n) => `a CREATE ${'x'.repeat(n)}`,
      'NO A mailbox name must be modified UTF-7 without control characters',
    ],
    [
      'fields of ID',
      limits.ID_FIELDS,
      (n) => `a ID (${many(n, '"a" "b"')})`,
      'BAD A list has more than 30 items',
    ],
    [
      'bytes of a field’s name in ID',
      limits.ID_NAME_BYTES,
      (n) => `a ID ("${'x'.repeat(n)}" "b")`,
      'BAD A field of ID is too long',
    ],
    [
      'bytes of a field’s value in ID',
      limits.ID_VALUE_BYTES,
      (n) => `a ID ("a" "${'x'.repeat(n)}")`,
      'BAD A field of ID is too long',
    ],
    [
      'entries of GETMETADATA',
      limits.LIST_ITEMS,
      (n) => `a GETMETADATA x (${each(n, (at) => `/private/${at}`)})`,
      'BAD A list has more than 100 items',
    ],
    [
      'groups of NOTIFY',
      limits.LIST_ITEMS,
      (n) => `a NOTIFY SET ${many(n, '(personal NONE)')}`,
      'BAD More than 100 groups',
    ],
    [
      'literals',
      limits.LITERALS,
      (n) => `a SEARCH ${many(n, 'TEXT {1}\r\nx')}`,
      'BAD More than 200 literals',
    ],
    [
      'bytes of a literal',
      limits.LITERAL_BYTES,
      (n) => `a SETMETADATA x (/private/y {${n}}\r\n${'x'.repeat(n)})`,
      'BAD A literal is longer than 65536 bytes',
    ],
    [
      'characters of a tag',
      limits.TAG_CHARACTERS,
      (n) => `${'x'.repeat(n)} NOOP`,
      'BAD A tag is longer than 128 characters',
    ],
  ])('%s: %i, and no more', (_what, most, make, then) => {
    expect(parse(make(most), { utf8: false }).kind).toBe('command');
    const past = parse(make(most + 1), { utf8: false });
    expect(
      past.kind === 'refused' ? `${past.refused.status} ${past.refused.text}` : past.kind,
    ).toBe(then);
  });
  it.each<[string, string, string]>([
    ['2,000 NOT', `SEARCH ${many(2000, 'NOT')} ALL`, 'A search nests deeper than 100'],
    ['500 OR', `SEARCH ${many(500, 'OR 1')} ALL`, 'A search nests deeper than 100'],
    [
      '5,000 parentheses',
      `SEARCH ${'('.repeat(5000)}ALL${')'.repeat(5000)}`,
      'A search nests deeper than 100',
    ],
    [
      '5,000 header fields',
      `FETCH 1 BODY[HEADER.FIELDS (${many(5000, 'x')})]`,
      'A list has more than 250 items',
    ],
  ])('%s', (_, text, then) => expect(read(text)).toBe(`BAD: ${then}`));
  it.each<[string, unknown]>([
    [
      '',
      {
        kind: 'refused',
        tag: '*',
        refused: { status: 'BAD', code: null, text: 'Expected a tag at column 1' },
      },
    ],
    [
      '+ NOOP',
      {
        kind: 'refused',
        tag: '*',
        refused: { status: 'BAD', code: null, text: 'Expected a tag at column 1' },
      },
    ],
    [
      'a',
      {
        kind: 'refused',
        tag: 'a',
        refused: { status: 'BAD', code: null, text: 'Expected a space at column 2' },
      },
    ],
    [
      'a FROG',
      {
        kind: 'refused',
        tag: 'a',
        refused: { status: 'BAD', code: null, text: 'Unknown command FROG' },
      },
    ],
    [
      'a UID NOOP',
      {
        kind: 'refused',
        tag: 'a',
        refused: { status: 'BAD', code: null, text: 'Unknown command UID NOOP' },
      },
    ],
    [
      'a NOOP x',
      {
        kind: 'refused',
        tag: 'a',
        refused: { status: 'BAD', code: null, text: 'Expected the end of the command at column 7' },
      },
    ],
  ])('%s', (text, then) => expect(parse(text, { utf8: false })).toEqual(then));
});
