import { describe, expect, it } from 'vitest';
import { read, set } from './testing/read.ts';

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
