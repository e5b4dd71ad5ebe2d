/** Arguments of ID, ENABLE, QUOTA, ACL, METADATA and NOTIFY, each by its RFC. */
import type { AclCommand, CommandOf, NotifyEvent, NotifyGroup, QuotaCommand } from './command.ts';
import { GrammarError, type Cursor } from './cursor.ts';
import type { FetchItem } from './fetch-items.ts';
import {
  FETCH_ITEMS,
  ID_FIELDS,
  ID_NAME_BYTES,
  ID_VALUE_BYTES,
  LIST_ITEMS,
  NOTIFY_GROUPS,
  PATTERNS,
} from './limits.ts';
import { fetchItem } from './parse-fetch.ts';
import { bareMailbox, mailbox } from './parse-mailbox.ts';

/** RFC 2971 §3.1, §3.3: at most 30 pairs, names of 30 octets, values of 1,024. */
export function id(cursor: Cursor): CommandOf<'ID'> {
  cursor.space();
  if (cursor.skipKeyword('NIL')) return { name: 'ID', fields: null };
  const fields = cursor.list(
    (): readonly [string, string | null] => {
      const name = cursor.string('the name of a field');
      cursor.space();
      const value = cursor.nstring();
      if (
        Buffer.byteLength(name) > ID_NAME_BYTES ||
        Buffer.byteLength(value ?? '') > ID_VALUE_BYTES
      )
        throw new GrammarError('A field of ID is too long');
      return [name, value];
    },
    { least: 0, most: ID_FIELDS },
  );
  return { name: 'ID', fields };
}

/** RFC 9051 §6.3.1. */
export function enable(cursor: Cursor): CommandOf<'ENABLE'> {
  const capabilities: string[] = [];
  do {
    cursor.space();
    capabilities.push(cursor.keyword('a capability'));
  } while (!cursor.atEnd && capabilities.length < LIST_ITEMS);
  return { name: 'ENABLE', capabilities };
}

/** RFC 9208 §4.1.3. */
export function setQuota(cursor: Cursor): QuotaCommand {
  cursor.space();
  const root = cursor.astring('a quota root');
  cursor.space();
  const limits = cursor.list(
    () => {
      const resource = cursor.keyword('a resource');
      cursor.space();
      return { resource, limit: cursor.size('a limit') };
    },
    { least: 0, most: LIST_ITEMS },
  );
  return { name: 'SETQUOTA', root, limits };
}

/** RFC 4314 §3.1: `+` adds, `-` removes, without sign the rights become these. */
export function setAcl(cursor: Cursor): AclCommand {
  const name = mailbox(cursor);
  const who = identifier(cursor);
  cursor.space();
  const [, sign = '', rights = ''] = /^([+-]?)(.*)$/s.exec(cursor.astring('rights')) ?? [];
  // §6.1: upper case isn't allowed
  if (!/^[a-z0-9]*$/.test(rights)) cursor.fail('rights in lower case, such as lrs');
  return {
    name: 'SETACL',
    mailbox: name,
    identifier: who,
    change: changeOf(sign),
    rights: [...new Set(rights)].join(''),
  };
}

function changeOf(sign: string): 'set' | 'add' | 'remove' {
  if (sign === '+') return 'add';
  return sign === '-' ? 'remove' : 'set';
}

/** RFC 4314 §3.2. */
export function deleteAcl(cursor: Cursor): AclCommand {
  return { name: 'DELETEACL', mailbox: mailbox(cursor), identifier: identifier(cursor) };
}

/** RFC 4314 §3.4. */
export function listRights(cursor: Cursor): AclCommand {
  return { name: 'LISTRIGHTS', mailbox: mailbox(cursor), identifier: identifier(cursor) };
}

/** RFC 4314 §3: UTF-8, never an empty one. */
function identifier(cursor: Cursor): string {
  cursor.space();
  const name = cursor.astring('an identifier').normalize('NFC');
  return /^[^\u0000-\u001f\u007f]{1,320}$/.test(name) ? name : cursor.fail('an identifier');
}

/**
 * `GETMETADATA [(options)] mailbox entries`; the examples of RFC 5464 §4.2 have the options behind
 * the mailbox, its grammar before: both are taken.
 */
export function getMetadata(cursor: Cursor): CommandOf<'GETMETADATA'> {
  const options: { maxSizeBytes: number | null; depth: 0 | 1 | 'infinity' } = {
    maxSizeBytes: null,
    depth: 0,
  };
  cursor.space();
  const early = cursor.sees('(');
  if (early) metadataOptions(cursor, options);
  if (early) cursor.space();
  const name = bareMailbox(cursor);
  cursor.space();
  if (
    !early &&
    cursor.sees('(') &&
    /^\((?:MAXSIZE|DEPTH) /i.test(cursor.text.slice(cursor.at, cursor.at + 9))
  ) {
    metadataOptions(cursor, options);
    cursor.space();
  }
  const entries = cursor.sees('(')
    ? cursor.list(() => entryName(cursor), { least: 1, most: LIST_ITEMS })
    : [entryName(cursor)];
  return { name: 'GETMETADATA', mailbox: name, entries, ...options };
}

/** RFC 5464 §4.2.2. */
const DEPTHS = new Map<string, 0 | 1 | 'infinity'>([
  ['0', 0],
  ['1', 1],
  ['INFINITY', 'infinity'],
]);

/** RFC 5464 §5 `getmetadata-options`. */
function metadataOptions(
  cursor: Cursor,
  options: { maxSizeBytes: number | null; depth: 0 | 1 | 'infinity' },
): void {
  cursor.list(
    () => {
      const option = cursor.keyword('MAXSIZE or DEPTH');
      cursor.space();
      if (option === 'MAXSIZE') {
        options.maxSizeBytes = cursor.number();
        return;
      }
      if (option !== 'DEPTH') cursor.fail('MAXSIZE or DEPTH');
      options.depth =
        DEPTHS.get(cursor.keyword('0, 1 or infinity')) ?? cursor.fail('0, 1 or infinity');
    },
    { least: 1, most: LIST_ITEMS },
  );
}

/** RFC 5464 §4.3. */
export function setMetadata(cursor: Cursor): CommandOf<'SETMETADATA'> {
  const name = mailbox(cursor);
  cursor.space();
  const entries = cursor.list(
    () => {
      const entry = entryName(cursor);
      cursor.space();
      return { entry, value: cursor.bytes() };
    },
    { least: 1, most: LIST_ITEMS },
  );
  return { name: 'SETMETADATA', mailbox: name, entries };
}

/** RFC 5464 §3.2: a path of ASCII without wildcards, compared without case. */
function entryName(cursor: Cursor): string {
  const entry = cursor.astring('an entry');
  return /^(?:\/[^/*%\u0000-\u0020\u007f-\uffff]+)+$/.test(entry) && entry.length <= 255
    ? entry.toLowerCase()
    : cursor.fail('an entry such as /private/comment');
}

/** RFC 5465 §5: what can be watched here; AnnotationChange needs ANNOTATE, which isn't. */
export const WATCHED_EVENTS: readonly NotifyEvent[] = [
  'MessageNew',
  'MessageExpunge',
  'FlagChange',
  'MailboxName',
  'SubscriptionChange',
  'MailboxMetadataChange',
  'ServerMetadataChange',
];
const EVENTS: readonly NotifyEvent[] = [...WATCHED_EVENTS, 'AnnotationChange'];
const MESSAGE_EVENTS: readonly NotifyEvent[] = [
  'MessageNew',
  'MessageExpunge',
  'FlagChange',
  'AnnotationChange',
];

/** RFC 5465 §8 `notify`. */
export function notify(cursor: Cursor): CommandOf<'NOTIFY'> {
  cursor.space();
  if (cursor.skipKeyword('NONE')) return { name: 'NOTIFY', set: null };
  if (!cursor.skipKeyword('SET')) cursor.fail('SET or NONE');
  cursor.space();
  const reports = cursor.skipKeyword('STATUS');
  if (reports) cursor.space();
  const groups = [notifyGroup(cursor)];
  while (cursor.skip(' ')) {
    if (groups.length >= NOTIFY_GROUPS) throw new GrammarError(`More than ${NOTIFY_GROUPS} groups`);
    groups.push(notifyGroup(cursor));
  }
  if (groups.filter(({ mailboxes }) => isSelected(mailboxes)).length > 1)
    throw new GrammarError('Only one of SELECTED and SELECTED-DELAYED, and once'); // §6.1
  return { name: 'NOTIFY', set: { status: reports, groups } };
}

/** RFC 5465 §8 `event-group`. */
function notifyGroup(cursor: Cursor): NotifyGroup {
  cursor.expect('(');
  const mailboxes = notifyMailboxes(cursor);
  cursor.space();
  const events: NotifyEvent[] = [];
  let fetch: FetchItem[] = [];
  if (!cursor.skipKeyword('NONE')) {
    cursor.list(
      () => {
        const name = cursor.keyword('an event');
        const event =
          EVENTS.find((known) => known.toUpperCase() === name) ??
          (() => {
            throw new GrammarError(`Unknown event ${name.slice(0, 40)}`, {
              status: 'NO',
              code: `BADEVENT (${WATCHED_EVENTS.join(' ')})`,
            });
          })();
        if (!events.includes(event)) events.push(event);
        if (event === 'MessageNew' && cursor.text.startsWith(' (', cursor.at)) {
          cursor.space();
          fetch = cursor.list(() => fetchItem(cursor), { least: 1, most: FETCH_ITEMS });
        }
      },
      { least: 1, most: LIST_ITEMS },
    );
  }
  cursor.expect(')');
  requireTogether(events);
  if (isSelected(mailboxes) && !events.every((event) => MESSAGE_EVENTS.includes(event)))
    throw new GrammarError('Of what is selected only messages can be watched'); // §6.1
  return { mailboxes, events, fetch };
}

const isSelected = ({ kind }: NotifyGroup['mailboxes']): boolean =>
  kind === 'selected' || kind === 'selected-delayed';

/**
 * RFC 5465 §5: MessageNew and MessageExpunge go together, and FlagChange and AnnotationChange only
 * with them.
 */
function requireTogether(events: readonly NotifyEvent[]): void {
  const has = (event: NotifyEvent): boolean => events.includes(event);
  const both = has('MessageNew') && has('MessageExpunge');
  if (
    has('MessageNew') !== has('MessageExpunge') ||
    ((has('FlagChange') || has('AnnotationChange')) && !both)
  )
    throw new GrammarError(
      'MessageNew and MessageExpunge go together, and FlagChange only with them',
    );
}

/** RFC 5465 §8 `filter-mailboxes`. */
function notifyMailboxes(cursor: Cursor): NotifyGroup['mailboxes'] {
  const kind = cursor.keyword('which mailboxes').toLowerCase();
  switch (kind) {
    case 'selected':
    case 'selected-delayed':
    case 'inboxes':
    case 'personal':
    case 'subscribed':
      return { kind };
    case 'subtree':
    case 'mailboxes': {
      cursor.space();
      const names = cursor.sees('(')
        ? cursor.list(() => bareMailbox(cursor), { least: 1, most: PATTERNS })
        : [bareMailbox(cursor)];
      return { kind, names: new Set(names) };
    }
    default:
      return cursor.fail(
        'selected, selected-delayed, inboxes, personal, subscribed, subtree or mailboxes',
      );
  }
}
