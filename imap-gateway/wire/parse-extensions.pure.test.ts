import { describe, expect, it } from 'vitest';
import { read, section, simple } from './testing/read.ts';

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
            { mailboxes: { kind: 'subtree', names: new Set(['a', 'b']) }, events: [], fetch: [] },
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
