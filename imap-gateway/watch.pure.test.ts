/** What NOTIFY says of what has changed, from lists of names before and after. */
import { describe, expect, it } from 'vitest';
import type { AccountId, MailboxId, SchoolId } from '../core/ground/ids.ts';
import type { ListedName, ListedMailbox } from '../core/mail/mailboxes/contract/listed.ts';
import type { AnnotationMark } from '../core/store/mail/contract.ts';
import { listed } from './testing/listed.ts';
import {
  annotationsOf,
  changesOf,
  eventsOf,
  learnMarks,
  learnMessages,
  learnNames,
  ownersOf,
  type MailboxWatch,
} from './watch.ts';
import type { NotifyEvent, NotifyGroup } from './wire/command.ts';

const newsOf = (account: number) => ({ school: 1 as SchoolId, account: account as AccountId });

const box = (id: number, path: string, more: Partial<ListedMailbox> = {}): ListedMailbox =>
  listed(path, { id: id as MailboxId, objectId: `M${id}`, uidValidity: id, ...more });
const group = (mailboxes: NotifyGroup['mailboxes'], ...events: NotifyEvent[]): NotifyGroup => ({
  mailboxes,
  events,
  fetch: [],
});
const NAMES = group({ kind: 'personal' }, 'MailboxName', 'SubscriptionChange');
const watching = (known: readonly ListedName[], ...groups: NotifyGroup[]): MailboxWatch => ({
  groups,
  known,
  marks: [],
});
const lines = (
  watch: MailboxWatch,
  now: readonly ListedName[],
  selected: number | null = null,
): string[] =>
  changesOf(watch, now, {
    utf8: true,
    selected,
    statusOf: ({ path }) => `* STATUS ${path}\r\n`,
  }).map((line) => line.replace(/^\* (.*)\r\n$/, '$1'));

describe('which events are asked of a mailbox (RFC 5465 §6)', () => {
  const few = group(
    { kind: 'mailboxes', names: new Set(['INBOX']) },
    'MessageNew',
    'MessageExpunge',
  );
  const none = group({ kind: 'subtree', names: new Set(['Archives']) });
  it.each([
    [
      'of two groups, both',
      [few, NAMES],
      'INBOX',
      ['MessageNew', 'MessageExpunge', 'MailboxName', 'SubscriptionChange'],
    ],
    ['of none', [few], 'Autre', []],
    ['NONE before others takes it out', [none, NAMES], 'Archives/2025', []],
    [
      'NONE behind others does not',
      [NAMES, none],
      'Archives/2025',
      ['MailboxName', 'SubscriptionChange'],
    ],
    [
      'what only begins alike doesn’t lie below it',
      [none, NAMES],
      'Archives-2025',
      ['MailboxName', 'SubscriptionChange'],
    ],
    [
      'what is selected is no name',
      [group({ kind: 'selected' }, 'MessageNew', 'MessageExpunge')],
      'INBOX',
      [],
    ],
  ] as const)('%s', (_when, groups, path, then) =>
    expect([...eventsOf(groups, box(1, path))]).toEqual(then),
  );

  it('the events of others are heard for what is watched of theirs', () => {
    const theirs = [
      box(2, 'Partagés/Ana/T', { isOwn: false, news: newsOf(7) }),
      box(3, 'Partagés/Bob/T', { isOwn: false, news: newsOf(8) }),
    ];
    expect(
      ownersOf(
        [group({ kind: 'subtree', names: new Set(['Partagés/Ana']) }, 'MailboxName')],
        [box(1, 'INBOX'), ...theirs],
      ),
    ).toEqual([newsOf(7)]);
    expect(ownersOf([NAMES], theirs)).toEqual([]);
  });
});

describe('names (RFC 5465 §5.4, §5.5)', () => {
  const [a, b] = [box(1, 'a', { hasChildren: true }), box(2, 'a/b')];
  it.each<[string, readonly ListedName[], readonly ListedName[], readonly string[]]>([
    [
      'made, and what it lies under',
      [box(1, 'a')],
      [a, b],
      ['LIST (\\HasChildren) "/" a', 'LIST (\\HasNoChildren) "/" a/b'],
    ],
    [
      'removed, and what it lay under',
      [a, b],
      [box(1, 'a')],
      ['LIST (\\NonExistent) "/" a/b', 'LIST (\\HasNoChildren) "/" a'],
    ],
    [
      'renamed: what lies below is not told',
      [a, b],
      [box(1, 'c', { hasChildren: true }), box(2, 'c/b')],
      ['LIST (\\HasChildren) "/" c ("OLDNAME" (a))'],
    ],
    [
      'renamed by itself',
      [a, b],
      [box(1, 'a'), box(2, 'd')],
      ['LIST (\\HasNoChildren) "/" a', 'LIST (\\HasNoChildren) "/" d ("OLDNAME" (a/b))'],
    ],
    [
      'subscribed',
      [box(1, 'a')],
      [box(1, 'a', { subscribed: true })],
      ['LIST (\\HasNoChildren \\Subscribed) "/" a'],
    ],
    [
      'unsubscribed',
      [box(1, 'a', { subscribed: true })],
      [box(1, 'a')],
      ['LIST (\\HasNoChildren) "/" a'],
    ],
    ['nothing', [a, b], [a, b], []],
  ])('%s', (_when, before, now, then) => expect(lines(watching(before, NAMES), now)).toEqual(then));

  it('of what a client does itself it isn’t told, of what others do meanwhile it is', () => {
    const watch = watching([box(1, 'a'), box(2, 'b')], NAMES);
    const now = [
      box(1, 'a', { hasChildren: true }),
      box(2, 'c'),
      box(3, 'a/neuf'),
      box(4, 'autre'),
    ];
    learnNames(watch, now, ['a/neuf']);
    expect(lines(watch, now)).toEqual([
      'LIST (\\HasNoChildren) "/" c ("OLDNAME" (b))',
      'LIST (\\HasNoChildren) "/" autre',
    ]);
    learnNames(watch, now, ['b', 'c', 'autre']);
    expect(lines(watch, now)).toEqual([]);
  });
});

describe('counts (RFC 5465 §5.1 to §5.3)', () => {
  const messages = group({ kind: 'personal' }, 'MessageNew', 'MessageExpunge');
  const flags = group({ kind: 'personal' }, 'MessageNew', 'MessageExpunge', 'FlagChange');
  const [was, more, other] = [
    box(1, 'a'),
    box(1, 'a', { total: 1, uidNext: 2, highestModseq: 2 }),
    box(1, 'a', { highestModseq: 2 }),
  ];
  it.each<[string, NotifyGroup, ListedMailbox, readonly string[]]>([
    ['a new message', messages, more, ['STATUS a']],
    ['a flag, not asked for', messages, other, []],
    ['a flag', flags, other, ['STATUS a']],
    ['without the right to read', flags, { ...more, rights: 'l' }, []],
  ])('%s', (_when, asked, is, then) => expect(lines(watching([was], asked), [is])).toEqual(then));
  it.each<[string, readonly number[], ListedMailbox, readonly string[]]>([
    ['not of messages that the client puts there itself', [1], more, []],
    ['not of several at once', [1, 2], box(1, 'a', { total: 2, uidNext: 3, highestModseq: 2 }), []],
    [
      'of those too where another came before',
      [2],
      box(1, 'a', { total: 2, uidNext: 3, highestModseq: 3 }),
      ['STATUS a'],
    ],
    [
      'of another that came behind',
      [1],
      box(1, 'a', { total: 2, uidNext: 3, highestModseq: 3 }),
      ['STATUS a'],
    ],
    ['of a flag that was changed meanwhile', [1], { ...more, highestModseq: 3 }, ['STATUS a']],
    [
      'of one that was erased meanwhile',
      [1],
      { ...more, total: 0, highestModseq: 3 },
      ['STATUS a'],
    ],
  ])('%s', (_when, uids, is, then) => {
    const watch = watching([was], flags);
    learnMessages(watch, { path: 'a', uids });
    expect(lines(watch, [is])).toEqual(then);
  });
  it('not of what is selected', () => expect(lines(watching([was], flags), [more], 1)).toEqual([]));
});

describe('annotations (RFC 5465 §5.6, §5.7)', () => {
  const mark = (mailbox: number | null, entry: string, value: string): AnnotationMark => ({
    mailbox: mailbox as MailboxId | null,
    entry,
    mark: value,
  });
  const listed = [box(1, 'INBOX')];
  const names = (watch: MailboxWatch, now: readonly AnnotationMark[]): string[] =>
    annotationsOf(watch, now, { annotated: [null, 1 as MailboxId], listed, utf8: true });
  it('tells the names of those that came, changed and went, without values', () => {
    const watch: MailboxWatch = {
      ...watching(listed),
      marks: [
        mark(1, '/private/a', 'x'),
        mark(1, '/private/b', 'x'),
        mark(1, '/private/c', 'x'),
        mark(null, '/private/d', 'x'),
      ],
    };
    expect(
      names(watch, [
        mark(1, '/private/a', 'y'),
        mark(1, '/private/b', 'x'),
        mark(1, '/shared/(e)', 'x'),
        mark(null, '/private/d', 'y'),
      ]),
    ).toEqual([
      '* METADATA "" /private/d\r\n',
      '* METADATA INBOX /private/a /private/c "/shared/(e)"\r\n',
    ]);
  });
  it('not those that the client sets itself', () => {
    const watch: MailboxWatch = { ...watching(listed), marks: [mark(1, '/private/a', 'x')] };
    const now = [mark(1, '/private/a', 'y'), mark(1, '/private/b', 'x')];
    learnMarks(watch, now, { mailbox: 1 as MailboxId, entries: ['/private/a'] });
    expect(names(watch, now)).toEqual(['* METADATA INBOX /private/b\r\n']);
  });
});
