import type { TaggedReply } from '../responses.ts';
import type { ImapSession, State } from '../session.ts';
import type { CommandName, CommandOf } from '../wire/command.ts';

export const ANY_STATE: readonly State[] = ['stranger', 'signed-in', 'selected'];
export const SIGNED_IN: readonly State[] = ['signed-in', 'selected'];
export const SELECTED: readonly State[] = ['selected'];

/**
 * What a session is told of its selected mailbox before a command's reply. `all`: looks at the
 * store whether or not an event was heard. `news`: only after one. `no-expunge`: the same, but what
 * is gone keeps its number (RFC 9051 §7.5.1: FETCH, STORE and SEARCH by sequence numbers).
 * `nothing`: the command has told of it itself, or there is nothing to tell.
 */
export type Tells = 'all' | 'news' | 'no-expunge' | 'nothing';

/**
 * One command. What it throws becomes NO [UNAVAILABLE] or NO [SERVERBUG]; what it refuses is a
 * reply.
 */
export type Handler<Name extends CommandName> = Taking<CommandOf<Name>>;

/**
 * Properties, not methods: of methods the compiler would take one command's handler for another's.
 */
interface Taking<Given> {
  readonly states: readonly State[];
  readonly tells: (command: Given) => Tells;
  /** `tag` is for what is told of the command before its reply: ESEARCH names it. */
  readonly run: (session: ImapSession, command: Given, tag: string) => Promise<TaggedReply>;
}

/** Each name with the handler of its own command. */
export type Handlers = { readonly [Name in CommandName]: Handler<Name> };
