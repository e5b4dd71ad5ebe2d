import { Fault } from '../core/ground/fault.ts';
import { underWay } from '../core/ground/loop-watch.ts';
import type { Tells } from './commands/handler.ts';
import { handlerOf } from './commands/registry.ts';
import { bad, no, type TaggedReply } from './responses.ts';
import type { ImapSession, State } from './session.ts';
import { tellSelected } from './tell.ts';
import type { RefusalName } from './texts.ts';
import type { ImapCommand } from './wire/command.ts';

const WHEN: Readonly<Record<State, string>> = {
  stranger: 'before signing in',
  'signed-in': 'without a selected mailbox',
  selected: 'once signed in',
};

/** Does one command and says how it ended, counted and timed. Rejects never. */
export async function runCommand(
  session: ImapSession,
  command: ImapCommand,
  tag: string,
): Promise<TaggedReply> {
  const begun = performance.now();
  const reply = await attempt(session, command, tag);
  session.context.count(command.name, reply.status, (performance.now() - begun) / 1000);
  return reply;
}

/**
 * Commands are one of the four places where what was thrown is caught: the client hears a sentence,
 * the log what it was.
 */
async function attempt(
  session: ImapSession,
  command: ImapCommand,
  tag: string,
): Promise<TaggedReply> {
  try {
    const handler = handlerOf(command.name);
    if (!handler.states.includes(session.state))
      return bad(`${command.name} can't be used ${WHEN[session.state]}`);
    const ids = { session: session.id, command: command.name };
    const reply = await underWay({ kind: 'imap-command', bytes: 0, ids }, () =>
      handler.run(session, command, tag),
    );
    return (await tell(session, handler.tells(command)))
      ? reply
      : { ...no('mailbox-gone', session.viewer), isLast: true };
  } catch (error) {
    const isTransient = error instanceof Fault && error.transient;
    session.core.log[isTransient ? 'warn' : 'error'](
      { err: error, session: session.id, command: command.name },
      'imap command failed',
    );
    return no(refusalOf(error), session.viewer);
  } finally {
    if ('messages' in command) await command.messages.leave();
  }
}

function refusalOf(error: unknown): RefusalName {
  if (!(error instanceof Fault) || !error.transient) return 'server-bug';
  return error.code === 'body-away' ? 'body-away' : 'broken-store';
}

/** What the client must know of its selected mailbox before the reply; false: it is gone. */
async function tell(session: ImapSession, tells: Tells): Promise<boolean> {
  if (tells === 'nothing' || !session.selected) return true;
  if (await tellSelected(session, tells)) return true;
  session.select(null);
  session.untagged('BYE [NONEXISTENT] The selected mailbox is gone');
  return false;
}
