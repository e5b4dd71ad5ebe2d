import { criterionOf } from '../criteria.ts';
import { no, ok } from '../responses.ts';
import { threadText } from '../threading.ts';
import { numberOf } from '../view.ts';
import { SELECTED, type Handler } from './handler.ts';
import { tellsOf } from './search.ts';

/** RFC 5256 §3: THREAD=REFERENCES and THREAD=ORDEREDSUBJECT. */
export const thread: Handler<'THREAD'> = {
  states: SELECTED,
  tells: tellsOf,
  async run(session, { byUid, algorithm, condition }) {
    if (condition.kind === 'unreadable') return no('bad-charset', session.me);
    const { view, saved, id } = session.box;
    const criterion = criterionOf(condition, { view, saved });
    const sources = (await session.core.mailboxes.threads(session.me, id, criterion)) ?? [];
    const known = sources.filter(({ uid }) => numberOf(view.uids, uid) > 0);
    const text = threadText(algorithm, known, ({ uid }) =>
      byUid ? uid : numberOf(view.uids, uid),
    );
    session.untagged(text === '' ? 'THREAD' : `THREAD ${text}`);
    return ok('THREAD done');
  },
};
