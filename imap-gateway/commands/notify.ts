import { bad, ok } from '../responses.ts';
import { statusOf } from '../tell.ts';
import { WATCHED_EVENTS, eventsOf } from '../watch.ts';
import { SIGNED_IN, type Handler } from './handler.ts';

/** RFC 5465: what a client wants to hear without asking, of the selected mailbox and of others. Each NOTIFY replaces the one before. */
export const notify: Handler<'NOTIFY'> = {
  states: SIGNED_IN,
  tells: () => 'news',
  async run(session, { set }) {
    if (set === null) {
      session.watch = null;
      return ok('NOTIFY done');
    }
    const unknown = set.groups.flatMap(({ events }) => events).find((event) => !WATCHED_EVENTS.includes(event));
    if (unknown !== undefined) return { ...bad(`${unknown} can't be watched here`, `BADEVENT (${WATCHED_EVENTS.join(' ')})`), status: 'NO' };
    const known = await session.core.mailboxes.list(session.me);
    session.watch = { groups: set.groups, known };
    if (!set.status) return ok('NOTIFY done');
    const { utf8 } = session.intake.state;
    for (const one of known) {
      if (one.kind !== 'mailbox' || one.id === session.selected?.id) continue;
      const events = eventsOf(set.groups, one);
      if (events.includes('MessageNew') || events.includes('FlagChange')) session.output.write(statusOf(one, utf8)); // RFC 5465 §3.1
    }
    return ok('NOTIFY done');
  },
};
