import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ListedName, ListedMailbox } from '../core/mail/mailboxes/contract/listed.ts';
import { listLines, lsubLines, matches, useOf, type ListQuestion } from './list-names.ts';
import { listed } from './testing/listed.ts';

const mailbox = (path: string, more: Partial<ListedMailbox> = {}): ListedMailbox =>
  listed(path, { rights: 'lr', ...more });

/** The tree of imaptest's `listext`. */
const TREE: readonly ListedName[] = [
  mailbox('INBOX', { use: 'inbox' }),
  mailbox('Envoyés', { use: 'sent', subscribed: true }),
  mailbox('t1', { subscribed: true }),
  mailbox('t2', { hasChildren: true }),
  mailbox('t2/t1', { subscribed: true }),
  mailbox('t7', { hasChildren: true }),
  mailbox('t7/t7', { subscribed: true }),
  mailbox('t8', { hasChildren: true }),
  mailbox('t8/t8', { subscribed: true }),
  mailbox('t8/t9', { subscribed: true }),
  { kind: 'branch', path: 'Partagés' },
  { kind: 'gone', path: 't6' },
  { kind: 'gone', path: 'old/gone' },
];
const ASK: ListQuestion = {
  patterns: ['*'],
  extended: true,
  select: { subscribed: false, remote: false, recursiveMatch: false, specialUse: false },
  returns: { subscribed: false, children: false, specialUse: false, status: null },
};
const told = async (question: Partial<ListQuestion>): Promise<string[]> =>
  (await listLines(TREE, { ...ASK, ...question })).map(
    ({ path, attributes, childInfo }) =>
      `${path} ${attributes.join(' ')}${childInfo ? ' CHILDINFO' : ''}`,
  );
const RECURSIVE = { ...ASK.select, subscribed: true, recursiveMatch: true };

describe('LIST', () => {
  it('all that is there', async () => {
    expect(await told({ extended: false, patterns: ['%'] })).toEqual([
      'INBOX \\HasNoChildren',
      'Envoyés \\HasNoChildren \\Sent',
      't1 \\HasNoChildren',
      't2 \\HasChildren',
      't7 \\HasChildren',
      't8 \\HasChildren',
      'Partagés \\Noselect \\HasChildren',
    ]);
  });
  it.each<{ when: string; given: Partial<ListQuestion>; then: string[] }>([
    {
      when: 'subscribed',
      given: { select: { ...ASK.select, subscribed: true }, patterns: ['t*'] },
      then: [
        't1 \\HasNoChildren \\Subscribed',
        't2/t1 \\HasNoChildren \\Subscribed',
        't7/t7 \\HasNoChildren \\Subscribed',
        't8/t8 \\HasNoChildren \\Subscribed',
        't8/t9 \\HasNoChildren \\Subscribed',
        't6 \\NonExistent \\Subscribed',
      ],
    },
    {
      when: 'special uses',
      given: { select: { ...ASK.select, specialUse: true } },
      then: ['Envoyés \\HasNoChildren \\Sent'],
    },
    {
      when: 'recursive',
      given: { select: RECURSIVE, patterns: ['t2%'] },
      then: ['t2 \\HasChildren CHILDINFO'],
    },
    {
      when: 'recursive, the child is named itself',
      given: { select: RECURSIVE, patterns: ['*t7'] },
      then: ['t7/t7 \\HasNoChildren \\Subscribed'],
    },
    {
      when: 'recursive, one of two children is named',
      given: { select: RECURSIVE, patterns: ['*t8'] },
      then: ['t8 \\HasChildren CHILDINFO', 't8/t8 \\HasNoChildren \\Subscribed'],
    },
    {
      when: 'recursive, above what is gone',
      given: { select: RECURSIVE, patterns: ['old'] },
      then: ['old \\NonExistent \\HasChildren CHILDINFO'],
    },
    {
      when: 'two patterns, each name once',
      given: { patterns: ['t7', 't%'] },
      then: ['t1 \\HasNoChildren', 't2 \\HasChildren', 't7 \\HasChildren', 't8 \\HasChildren'],
    },
    {
      when: 'subscriptions told',
      given: { patterns: ['t%'], returns: { ...ASK.returns, subscribed: true } },
      then: [
        't1 \\HasNoChildren \\Subscribed',
        't2 \\HasChildren',
        't7 \\HasChildren',
        't8 \\HasChildren',
      ],
    },
    { when: 'no pattern that could match', given: { patterns: [] }, then: [] },
  ])('$when', async ({ given, then }) => expect(await told(given)).toEqual(then));
});

it('LSUB gives what is above instead, where the pattern names only that', async () => {
  expect(
    (await lsubLines(TREE, 't%')).map(({ path, attributes }) =>
      `${path} ${attributes.join(' ')}`.trim(),
    ),
  ).toEqual(['t1', 't6 \\Noselect', 't2 \\Noselect', 't7 \\Noselect', 't8 \\Noselect']);
  expect((await lsubLines(TREE, '*')).map(({ path }) => path)).toEqual([
    'Envoyés',
    't1',
    't2/t1',
    't7/t7',
    't8/t8',
    't8/t9',
    't6',
    'old/gone',
  ]);
});

it.each<[string, string, boolean]>([
  ['*', 'a/b', true],
  ['%', 'a/b', false],
  ['%/%', 'a/b', true],
  ['a*', 'a', true],
  ['a%b', 'ab', true],
  ['*b', 'aab', true],
  ['a*b*c', 'aXbYbZc', true],
  ['a%c', 'a/c', false],
  ['', '', true],
  ['', 'a', false],
  ['inbox', 'INBOX', true],
  ['InB*', 'INBOX/x', true],
  ['inbox/X', 'INBOX/x', false],
  ['%x', 'INBOX', true],
  ['%X', 'INBOX', true],
  ['inboxx', 'INBOXx', false],
  ['*%*%*%', 'a/b/c', true],
])('%s and %s: %s', (pattern, path, then) => expect(matches(pattern, path)).toBe(then));

it('a pattern of many wildcards takes little time', () => {
  const before = process.threadCpuUsage();
  for (let i = 0; i < 100; i++)
    expect(matches(`${'*%a'.repeat(10)}b`, 'a'.repeat(200))).toBe(false);
  expect(process.threadCpuUsage(before).user / 1000).toBeLessThan(1_000);
});

it('a name is matched as by a regular expression, whatever is asked', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 10 });
  const asked = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*', '%'), maxLength: 8 });
  fc.assert(
    fc.property(asked, text, (pattern, path) => {
      const source = pattern.replaceAll('*', '.*').replaceAll('%', '[^/]*');
      expect(matches(pattern, path)).toBe(new RegExp(`^${source}$`).test(path));
    }),
    { numRuns: 5_000 },
  );
});

it('others have the loop while many names are held to many patterns', async () => {
  const names = Array.from({ length: 200 }, (_, at) => mailbox(`${'a'.repeat(497)}${at}`));
  const patterns = Array.from({ length: 100 }, () => '*a'.repeat(19));
  let longest = 0;
  let last = performance.now();
  const watching = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 1);
  const lines = await listLines(names, { ...ASK, patterns });
  clearInterval(watching);
  expect(lines).toEqual([]);
  expect(longest).toBeLessThan(250);
});

it('attributes name uses', () =>
  expect(['\\sent', '\\Trash', '\\All', '\\Inbox'].map(useOf)).toEqual([
    'sent',
    'trash',
    null,
    null,
  ]));
