/**
 * From the bytes of one command to a `ImapCommand`, or to what is wrong with them (RFC 9051 §9
 * `command`). Never throws.
 */
import type {
  CommandName,
  CommandOf,
  CommandRefusal,
  ImapCommand,
  Messages,
  Numbering,
} from './command.ts';
import { Cursor, GrammarError, Incomplete } from './cursor.ts';
import { TAG_CHARACTERS } from './limits.ts';
import type { SetNumber } from './number-set.ts';
import { messageAhead, type MessageAhead } from './parse-append.ts';
import {
  deleteAcl,
  enable,
  getMetadata,
  id,
  listRights,
  notify,
  setAcl,
  setMetadata,
  setQuota,
} from './parse-extensions.ts';
import { fetch, store } from './parse-fetch.ts';
import { create, list, lsub, mailbox, rename, select, status } from './parse-mailbox.ts';
import { search, sort, thread } from './parse-search.ts';
import { numberSet, setNumber } from './parse-sets.ts';

/** APPEND or REPLACE without their messages: the intake adds them. */
type Upload = Readonly<
  | { name: 'APPEND'; mailbox: string }
  | { name: 'REPLACE'; byUid: boolean; target: SetNumber; mailbox: string }
>;

export type ParseOutcome =
  | {
      readonly kind: 'command';
      readonly tag: string;
      readonly command: Exclude<ImapCommand, { readonly messages: Messages }>;
    }
  /** The text ends where the first message begins. */
  | {
      readonly kind: 'upload';
      readonly tag: string;
      readonly upload: Upload;
      readonly ahead: MessageAhead;
    }
  /** The text ends in a literal that is still to be read, and is no message. */
  | { readonly kind: 'incomplete' }
  /** `tag` is `*` where none could be read. */
  | { readonly kind: 'refused'; readonly tag: string; readonly refused: CommandRefusal };

type Finished = Exclude<ImapCommand, { readonly messages: Messages }>;
type Read = Finished | { readonly upload: Upload; readonly ahead: MessageAhead };
type Parser = (cursor: Cursor) => Read;

/** tag (§9): ASTRING-CHARs but `+`. */
const TAG = /[!#-$&',-[\]-z|}~]+/y;

/**
 * Parses one command without its last CRLF, literals in place as they came; or a part of it that
 * ends in the announcement of a literal with its CRLF. `text` is latin1: a character is a byte.
 */
export function parse(text: string, as: { readonly utf8: boolean }): ParseOutcome {
  const cursor = new Cursor(text, as);
  let tag = '*';
  try {
    const found = cursor.take(TAG)?.[0] ?? cursor.fail('a tag');
    if (found.length > TAG_CHARACTERS)
      throw new GrammarError(`A tag is longer than ${TAG_CHARACTERS} characters`);
    tag = found;
    cursor.space();
    const read = command(cursor);
    if ('upload' in read) return { kind: 'upload', tag, ...read };
    cursor.end();
    return { kind: 'command', tag, command: read };
  } catch (error) {
    if (error instanceof Incomplete) return { kind: 'incomplete' };
    if (error instanceof GrammarError) return { kind: 'refused', tag, refused: error.refused };
    throw error;
  }
}

/** command (§9): `UID` before some of them (§6.4.9). */
function command(cursor: Cursor): Read {
  const name = cursor.keyword('a command');
  if (name !== 'UID') return (PARSERS.get(name) ?? unknown(name))(cursor);
  cursor.space();
  const inner = cursor.keyword('a command after UID');
  return (UID_PARSERS.get(inner) ?? unknown(`UID ${inner}`))(cursor);
}

const unknown =
  (name: string): Parser =>
  () => {
    throw new GrammarError(`Unknown command ${name.slice(0, 40)}`);
  };

/** Commands of which there is nothing but their name. */
type Alone = {
  [Name in CommandName]: keyof CommandOf<Name> extends 'name' ? Name : never;
}[CommandName];

/** Without arguments (§9 command-any, command-auth, command-select). */
const alone = <Name extends Alone>(name: Name): [Name, Parser] => [name, () => ({ name })];
/** A mailbox alone (§6.3.5, §6.3.7, §6.3.8; RFC 9208 §4.1.2; RFC 4314 §3.3, §3.5). */
const ofMailbox = <
  Name extends 'DELETE' | 'SUBSCRIBE' | 'UNSUBSCRIBE' | 'GETQUOTAROOT' | 'GETACL' | 'MYRIGHTS',
>(
  name: Name,
): [Name, Parser] => [name, (cursor) => ({ name, mailbox: mailbox(cursor) })];

/** What names messages by their numbers, or after `UID` by their UIDs (§6.4.9). */
const NUMBERED: readonly [CommandName, (cursor: Cursor, by: Numbering) => Read][] = [
  ['SEARCH', search],
  ['SORT', sort],
  ['THREAD', thread],
  ['FETCH', fetch],
  ['STORE', store],
  ['COPY', (cursor, by) => copy(cursor, 'COPY', by)],
  ['MOVE', (cursor, by) => copy(cursor, 'MOVE', by)],
  ['REPLACE', replace],
];
const numbered = (by: Numbering): [CommandName, Parser][] =>
  NUMBERED.map(([name, read]) => [name, (cursor) => read(cursor, by)]);

const PARSERS: ReadonlyMap<string, Parser> = new Map<CommandName, Parser>([
  alone('CAPABILITY'),
  alone('NOOP'),
  alone('LOGOUT'),
  alone('STARTTLS'),
  alone('NAMESPACE'),
  alone('IDLE'),
  alone('CHECK'),
  alone('CLOSE'),
  alone('UNSELECT'),
  ofMailbox('DELETE'),
  ofMailbox('SUBSCRIBE'),
  ofMailbox('UNSUBSCRIBE'),
  ofMailbox('GETQUOTAROOT'),
  ofMailbox('GETACL'),
  ofMailbox('MYRIGHTS'),
  ['ID', id],
  ['AUTHENTICATE', authenticate],
  ['LOGIN', login],
  ['ENABLE', enable],
  ['SELECT', (cursor) => select(cursor, 'SELECT')],
  ['EXAMINE', (cursor) => select(cursor, 'EXAMINE')],
  ['CREATE', create],
  ['RENAME', rename],
  ['LIST', list],
  ['LSUB', lsub],
  ['STATUS', status],
  ['APPEND', append],
  ['NOTIFY', notify],
  ['COMPRESS', compress],
  [
    'GETQUOTA',
    (cursor) => {
      cursor.space();
      return { name: 'GETQUOTA', root: cursor.astring('a quota root') };
    },
  ],
  ['SETQUOTA', setQuota],
  ['SETACL', setAcl],
  ['DELETEACL', deleteAcl],
  ['LISTRIGHTS', listRights],
  ['GETMETADATA', getMetadata],
  ['SETMETADATA', setMetadata],
  ['EXPUNGE', () => ({ name: 'EXPUNGE', uids: null })],
  ...numbered({ byUid: false }),
]);

const UID_PARSERS = new Map<string, Parser>([
  [
    'EXPUNGE',
    (cursor) => {
      cursor.space();
      return { name: 'EXPUNGE', uids: numberSet(cursor) };
    },
  ],
  ...numbered({ byUid: true }),
]);

/** §6.2.2; the initial response of RFC 4959 §3, `=` for an empty one. */
function authenticate(cursor: Cursor): Finished {
  cursor.space();
  const mechanism = cursor.keyword('a mechanism');
  if (!cursor.skip(' ')) return { name: 'AUTHENTICATE', mechanism, initial: null };
  if (cursor.skip('=')) return { name: 'AUTHENTICATE', mechanism, initial: Buffer.alloc(0) };
  const base64 = cursor.take(/[A-Za-z0-9+/]+={0,2}/y)?.[0] ?? '';
  if (base64 === '' || base64.length % 4 !== 0) cursor.fail('base64');
  return { name: 'AUTHENTICATE', mechanism, initial: Buffer.from(base64, 'base64') };
}

/** login (§9, §6.2.3). */
function login(cursor: Cursor): Finished {
  cursor.space();
  const user = cursor.astring('a user name');
  cursor.space();
  return { name: 'LOGIN', user, password: cursor.astring('a password') };
}

/** RFC 4978 §3. */
function compress(cursor: Cursor): Finished {
  cursor.space();
  return { name: 'COMPRESS', mechanism: cursor.keyword('DEFLATE') };
}

/** copy and move (§9, §6.4.7, §6.4.8). */
function copy(cursor: Cursor, name: 'COPY' | 'MOVE', { byUid }: Numbering): Finished {
  cursor.space();
  return { name, byUid, set: numberSet(cursor), mailbox: mailbox(cursor) };
}

/** append (§9, §6.3.12), up to its first message. */
function append(cursor: Cursor): Read {
  const upload: Upload = { name: 'APPEND', mailbox: mailbox(cursor) };
  return { upload, ahead: messageAhead(cursor) };
}

/** RFC 8508 §4. */
function replace(cursor: Cursor, { byUid }: Numbering): Read {
  cursor.space();
  const target = setNumber(cursor);
  const upload: Upload = { name: 'REPLACE', byUid, target, mailbox: mailbox(cursor) };
  return { upload, ahead: messageAhead(cursor) };
}
