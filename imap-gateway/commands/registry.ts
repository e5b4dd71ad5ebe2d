import type { TaggedReply } from '../responses.ts';
import type { ImapSession, State } from '../session.ts';
import type { ImapCommand, CommandName } from '../wire/command.ts';
import { deleteAcl, getAcl, listRights, myRights, setAcl } from './acl.ts';
import { append } from './append.ts';
import { authenticate } from './authenticate.ts';
import { capability } from './capability.ts';
import { close, unselect } from './close.ts';
import { compress } from './compress.ts';
import { copy, move } from './copy.ts';
import { create } from './create.ts';
import { remove } from './delete.ts';
import { enable } from './enable.ts';
import { expunge } from './expunge.ts';
import { fetch } from './fetch.ts';
import type { Handlers, Tells } from './handler.ts';
import { id } from './id.ts';
import { idle } from './idle.ts';
import { list, lsub } from './list.ts';
import { login } from './login.ts';
import { logout } from './logout.ts';
import { getMetadata, setMetadata } from './metadata.ts';
import { namespace } from './namespace.ts';
import { check, noop } from './noop.ts';
import { notify } from './notify.ts';
import { getQuota, getQuotaRoot, setQuota } from './quota.ts';
import { rename } from './rename.ts';
import { replace } from './replace.ts';
import { search, sort } from './search.ts';
import { select } from './select.ts';
import { starttls } from './starttls.ts';
import { status } from './status.ts';
import { store } from './store.ts';
import { subscribe } from './subscribe.ts';
import { thread } from './thread.ts';

/** One line a command. */
const HANDLERS: Handlers = {
  APPEND: append,
  AUTHENTICATE: authenticate,
  CAPABILITY: capability,
  CHECK: check,
  CLOSE: close,
  COMPRESS: compress,
  COPY: copy,
  CREATE: create,
  DELETE: remove,
  DELETEACL: deleteAcl,
  ENABLE: enable,
  EXAMINE: select,
  EXPUNGE: expunge,
  FETCH: fetch,
  GETACL: getAcl,
  GETMETADATA: getMetadata,
  GETQUOTA: getQuota,
  GETQUOTAROOT: getQuotaRoot,
  ID: id,
  IDLE: idle,
  LIST: list,
  LISTRIGHTS: listRights,
  LOGIN: login,
  LOGOUT: logout,
  LSUB: lsub,
  MOVE: move,
  MYRIGHTS: myRights,
  NAMESPACE: namespace,
  NOOP: noop,
  NOTIFY: notify,
  RENAME: rename,
  REPLACE: replace,
  SEARCH: search,
  SELECT: select,
  SETACL: setAcl,
  SETMETADATA: setMetadata,
  SETQUOTA: setQuota,
  SORT: sort,
  STARTTLS: starttls,
  STATUS: status,
  STORE: store,
  SUBSCRIBE: subscribe,
  THREAD: thread,
  UNSELECT: unselect,
  UNSUBSCRIBE: subscribe,
};

/**
 * A handler once a command's name has found it. Methods here, so that every handler is one: a
 * command of that name is what it takes.
 */
interface Found {
  readonly states: readonly State[];
  tells(command: ImapCommand): Tells;
  run(session: ImapSession, command: ImapCommand, tag: string): Promise<TaggedReply>;
}

/** What does a command of this name, and of no other. */
export function handlerOf(name: CommandName): Found {
  return HANDLERS[name];
}
