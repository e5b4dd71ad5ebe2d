import type { Reply } from '../responses.ts';
import type { Session } from '../session.ts';
import type { CommandName, CommandOf } from '../wire/command.ts';

/** RFC 9051 §3; `selected` is signed in too. */
export type State = 'stranger' | 'signed-in' | 'selected';

export const ANY_STATE: readonly State[] = ['stranger', 'signed-in', 'selected'];
export const SIGNED_IN: readonly State[] = ['signed-in', 'selected'];
export const SELECTED: readonly State[] = ['selected'];

/**
 * What a session is told of its selected mailbox before a command's reply. `all`: looks at the
 * store whether or not the bell rang. `news`: only when it rang. `no-expunge`: the same, but what
 * is gone keeps its number (RFC 9051 §7.5.1: FETCH, STORE and SEARCH by sequence numbers).
 * `nothing`: the command has told of it itself, or there is nothing to tell.
 */
export type Tells = 'all' | 'news' | 'no-expunge' | 'nothing';

/**
 * One command. What it throws becomes NO [UNAVAILABLE] or NO [SERVERBUG]; what it refuses is a
 * reply.
 */
export type Handler<Name extends CommandName> = Taking<CommandOf<Name>>;

/** In the registry, where names have met their commands: `Taking<Command>`. */
export interface Taking<Given> {
  readonly states: readonly State[];
  tells(command: Given): Tells;
  /** `tag` is for what is told of the command before its reply: ESEARCH names it. */
  run(session: Session, command: Given, tag: string): Promise<Reply>;
}
