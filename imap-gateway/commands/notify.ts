import { no, ok, type TaggedReply } from '../responses.ts';
import type { ImapSession } from '../session.ts';
import { statusOf } from '../tell.ts';
import { eventsOf, ownersOf, annotatedOf } from '../watch.ts';
import type { CommandOf } from '../wire/command.ts';
import { WATCHED_EVENTS } from '../wire/parse-extensions.ts';
import { mailboxList } from '../wire/write.ts';
import { SIGNED_IN, type Handler } from './handler.ts';

/**
 * RFC 5465: what a client wants to hear without asking, of the selected mailbox and of others. Each
 * NOTIFY replaces the one before, and is a NOOP too (§3.1). After NONE nothing is told unasked.
 */
export const notify: Handler<'NOTIFY'> = {
  states: SIGNED_IN,
  tells: ({ set }) => (set ? 'all' : 'news'),
  async run(session, { set }) {
    if (set !== null) return await watch(session, set);
    session.watch = { groups: [], known: [], marks: [] };
    session.hearOwners([]);
    return ok('NOTIFY done');
  },
};

async function watch(
  session: ImapSession,
  { groups, status }: NonNullable<CommandOf<'NOTIFY'>['set']>,
): Promise<TaggedReply> {
  const unknown = groups
    .flatMap(({ events }) => events)
    .find((event) => !WATCHED_EVENTS.includes(event));
  if (unknown !== undefined) return no('bad-event', session.me);
  const { mailboxes } = session.core;
  const known = await mailboxes.list(session.me);
  session.hearOwners(ownersOf(groups, known));
  const annotated = annotatedOf(groups, known);
  session.watch = {
    groups,
    known,
    marks: annotated.length > 0 ? await mailboxes.annotationMarks(session.me, annotated) : [],
  };
  writeCounts(session, { groups, status });
  return ok('NOTIFY done');
}

/**
 * §3.1: the counts to begin with, where they were asked for; and what can't be watched for want of
 * the right to read it.
 */
function writeCounts(
  { watch: asked, selected, intake, output }: ImapSession,
  { groups, status }: NonNullable<CommandOf<'NOTIFY'>['set']>,
): void {
  const { utf8 } = intake.state;
  for (const one of asked?.known ?? []) {
    const events = one.kind === 'mailbox' ? eventsOf(groups, one) : null;
    if (one.kind !== 'mailbox' || !events?.size) continue;
    if (!one.rights.includes('r'))
      output.write(mailboxList('LIST', one.path, { attributes: ['\\NoAccess'], utf8 }));
    else if (status && one.id !== selected?.id && events.has('MessageNew'))
      output.write(statusOf(one, { utf8 }));
  }
}
