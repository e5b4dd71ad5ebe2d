/** Arguments of the commands that name mailboxes (RFC 9051 §6.3, §9). */
import type { CommandOf, ListReturns, ListSelect, Resync, StatusItem } from './command.ts';
import { GrammarError, type Cursor } from './cursor.ts';
import { LIST_ITEMS, PATTERN_CHARACTERS, PATTERNS, WILDCARDS } from './limits.ts';
import { decodeName, decodePattern, decodeWritten } from './names.ts';
import type { NumberSet } from './number-set.ts';
import { numberSet } from './parse-sets.ts';

/**
 * mailbox (§9), after its space. What isn't a name in this session's encoding can't exist nor be
 * made.
 */
export function mailbox(cursor: Cursor): string {
  cursor.space();
  return bareMailbox(cursor);
}

/** mailbox (§9), where its space was taken. */
export function bareMailbox(cursor: Cursor): string {
  return nameOf(cursor.astring('a mailbox name'), cursor);
}

function nameOf(wire: string, cursor: Cursor): string {
  const name = decodeName(wire, cursor);
  if (name === null)
    throw new GrammarError(
      `A mailbox name must be ${cursor.utf8 ? 'UTF-8' : 'modified UTF-7'} without control characters`,
      { status: 'NO', code: 'CANNOT' },
    );
  return name;
}

interface Opening<Name> {
  readonly name: Name;
  readonly mailbox: string | null;
  condstore: boolean;
  resync: Resync | null;
}

/** `SELECT mailbox [(CONDSTORE)] [(QRESYNC (…))]`, EXAMINE alike (RFC 7162 §3.1.8, §3.2.5). */
export function select<Name extends 'SELECT' | 'EXAMINE'>(
  cursor: Cursor,
  name: Name,
): Opening<Name> {
  cursor.space();
  const read: Opening<Name> = {
    name,
    mailbox: decodeName(cursor.astring('a mailbox name'), cursor),
    condstore: false,
    resync: null,
  };
  if (!cursor.skip(' ')) return read;
  cursor.list(
    () => {
      const parameter = cursor.keyword('CONDSTORE or QRESYNC');
      if (parameter === 'CONDSTORE') read.condstore = true;
      else if (parameter === 'QRESYNC') read.resync = resync(cursor);
      else cursor.fail('CONDSTORE or QRESYNC');
    },
    { least: 1, most: LIST_ITEMS },
  );
  return read;
}

/** RFC 7162 §7 `select-param`: neither set may hold `*` or `$`. */
function resync(cursor: Cursor): Resync {
  cursor.expect(' (');
  const uidValidity = cursor.positive();
  cursor.space();
  const modseq = cursor.modseq();
  let knownUids: NumberSet | null = null;
  let match: Resync['match'] = null;
  if (modseq === 0) cursor.fail('a mod-sequence greater than 0');
  if (cursor.skip(' ')) {
    if (!cursor.sees('(')) knownUids = knownSet(cursor);
    if (knownUids === null || cursor.skip(' ')) match = sequenceMatch(cursor);
  }
  cursor.expect(')');
  return { uidValidity, modseq, knownUids, match };
}

/** RFC 7162 §7 `seq-match-data`. */
function sequenceMatch(cursor: Cursor): NonNullable<Resync['match']> {
  cursor.expect('(');
  const numbers = knownSet(cursor);
  cursor.space();
  const uids = knownSet(cursor);
  cursor.expect(')');
  return { numbers, uids };
}

/** RFC 7162 §7 `known-uids`, `known-sequence-set`. */
function knownSet(cursor: Cursor): NumberSet {
  const set = numberSet(cursor);
  const open =
    set.kind === 'saved' || set.ranges.some(({ from, to }) => from === '*' || to === '*');
  return open ? cursor.fail('a set of numbers without "*"') : set;
}

/** `CREATE mailbox [(USE (\Sent))]` (RFC 6154 §3). */
export function create(cursor: Cursor): CommandOf<'CREATE'> {
  cursor.space();
  const wire = cursor.astring('a mailbox name');
  const name = nameOf(wire, cursor);
  let uses: string[] = [];
  if (cursor.skip(' ')) {
    cursor.list(
      () => {
        if (cursor.keyword('USE') !== 'USE') cursor.fail('USE');
        cursor.space();
        uses = cursor.list(
          () => {
            cursor.expect('\\');
            return `\\${cursor.atom('a special use')}`;
          },
          { least: 0, most: LIST_ITEMS },
        );
      },
      { least: 1, most: LIST_ITEMS },
    );
  }
  return { name: 'CREATE', mailbox: name, written: decodeWritten(wire, cursor) ?? name, uses };
}

/** rename (§9, §6.3.6). */
export function rename(cursor: Cursor): CommandOf<'RENAME'> {
  return { name: 'RENAME', from: mailbox(cursor), to: mailbox(cursor) };
}

const STATUS_ITEMS: readonly StatusItem[] = [
  'MESSAGES',
  'RECENT',
  'UIDNEXT',
  'UIDVALIDITY',
  'UNSEEN',
  'DELETED',
  'SIZE',
  'HIGHESTMODSEQ',
  'APPENDLIMIT',
  'MAILBOXID',
  'DELETED-STORAGE',
];

/** status-att list (§9); each once. */
function statusItems(cursor: Cursor): StatusItem[] {
  return [
    ...new Set(
      cursor.list(
        () => {
          const item = cursor.keyword('a status item');
          return (
            STATUS_ITEMS.find((known) => known === item) ??
            cursor.fail(`a known status item instead of ${item.slice(0, 40)}`)
          );
        },
        { least: 1, most: LIST_ITEMS },
      ),
    ),
  ];
}

/** status (§9, §6.3.11). */
export function status(cursor: Cursor): CommandOf<'STATUS'> {
  const name = mailbox(cursor);
  cursor.space();
  return { name: 'STATUS', mailbox: name, items: statusItems(cursor) };
}

/** `LIST [(selection)] reference patterns [RETURN (…)]` (§6.3.9, RFC 5258, 5819, 6154). */
export function list(cursor: Cursor): CommandOf<'LIST'> {
  cursor.space();
  const selecting = cursor.sees('(');
  const chosen = selecting
    ? selection(cursor)
    : { subscribed: false, remote: false, recursiveMatch: false, specialUse: false };
  if (selecting) cursor.space();
  const reference = bareMailbox(cursor);
  cursor.space();
  const several = cursor.sees('(');
  const patterns = (
    several ? cursor.list(() => pattern(cursor), { least: 1, most: PATTERNS }) : [pattern(cursor)]
  ).filter((one) => one !== null);
  const characters = patterns.reduce((sum, one) => sum + reference.length + one.length, 0);
  if (characters > PATTERN_CHARACTERS)
    throw new GrammarError(`The patterns have more than ${PATTERN_CHARACTERS} characters together`);
  const returning = cursor.skip(' ');
  const returns = returning
    ? listReturns(cursor)
    : { subscribed: false, children: false, specialUse: false, status: null };
  return {
    name: 'LIST',
    reference,
    patterns,
    extended: selecting || several || returning,
    select: chosen,
    returns,
  };
}

/** RFC 9051 §6.3.9.1: RECURSIVEMATCH needs something to match by. */
function selection(cursor: Cursor): ListSelect {
  const names = cursor.list(() => cursor.keyword('a selection option'), {
    least: 0,
    most: LIST_ITEMS,
  });
  const unknown = names.find(
    (name) => !['SUBSCRIBED', 'REMOTE', 'RECURSIVEMATCH', 'SPECIAL-USE'].includes(name),
  );
  if (unknown !== undefined)
    cursor.fail(`a known selection option instead of ${unknown.slice(0, 40)}`);
  const has = (name: string): boolean => names.includes(name);
  if (has('RECURSIVEMATCH') && !has('SUBSCRIBED') && !has('SPECIAL-USE'))
    cursor.fail('SUBSCRIBED beside RECURSIVEMATCH');
  return {
    subscribed: has('SUBSCRIBED'),
    remote: has('REMOTE'),
    recursiveMatch: has('RECURSIVEMATCH'),
    specialUse: has('SPECIAL-USE'),
  };
}

/** list-return-opts (§9; RFC 5258 §6, RFC 5819 §4, RFC 6154 §6). */
function listReturns(cursor: Cursor): ListReturns {
  if (cursor.keyword('RETURN') !== 'RETURN') cursor.fail('RETURN');
  cursor.space();
  const returns: { -readonly [Key in keyof ListReturns]: ListReturns[Key] } = {
    subscribed: false,
    children: false,
    specialUse: false,
    status: null,
  };
  cursor.list(
    () => {
      const option = cursor.keyword('a return option');
      switch (option) {
        case 'SUBSCRIBED':
          returns.subscribed = true;
          return;
        case 'CHILDREN':
          returns.children = true;
          return;
        case 'SPECIAL-USE':
          returns.specialUse = true;
          return;
        case 'STATUS':
          cursor.space();
          returns.status = statusItems(cursor);
          return;
        default:
          cursor.fail(`a known return option instead of ${option.slice(0, 40)}`);
      }
    },
    { least: 0, most: LIST_ITEMS },
  );
  return returns;
}

/** Null for what no name can match. */
function pattern(cursor: Cursor): string | null {
  const read = decodePattern(cursor.listMailbox(), cursor);
  if (read !== null && read.replace(/[^*%]/g, '').length > WILDCARDS)
    throw new GrammarError(`A pattern has more than ${WILDCARDS} wildcards`);
  return read;
}

/** RFC 3501 §6.3.9. */
export function lsub(cursor: Cursor): CommandOf<'LSUB'> {
  const reference = mailbox(cursor);
  cursor.space();
  return { name: 'LSUB', reference, pattern: pattern(cursor) ?? '\uffff' };
}
