import type { Command, CommandName } from '../wire/command.ts';
import { authenticate } from './authenticate.ts';
import { capability } from './capability.ts';
import { close, unselect } from './close.ts';
import type { Taking } from './handler.ts';
import { compress } from './compress.ts';
import { copy, move } from './copy.ts';
import { expunge } from './expunge.ts';
import { fetch } from './fetch.ts';
import { idle } from './idle.ts';
import { login } from './login.ts';
import { logout } from './logout.ts';
import { check, noop } from './noop.ts';
import { select } from './select.ts';
import { starttls } from './starttls.ts';
import { store } from './store.ts';

/** One line a command. */
const HANDLERS: Readonly<Partial<Record<CommandName, Taking<Command>>>> = {
  AUTHENTICATE: authenticate,
  CAPABILITY: capability,
  CHECK: check,
  CLOSE: close,
  COMPRESS: compress,
  COPY: copy,
  EXAMINE: select,
  EXPUNGE: expunge,
  FETCH: fetch,
  IDLE: idle,
  LOGIN: login,
  LOGOUT: logout,
  MOVE: move,
  NOOP: noop,
  SELECT: select,
  STARTTLS: starttls,
  STORE: store,
  UNSELECT: unselect,
};

/** What does a command; undefined for one that isn't here. */
export function handlerOf(name: CommandName): Taking<Command> | undefined {
  return HANDLERS[name];
}
