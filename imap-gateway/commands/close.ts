import { ok } from '../responses.ts';
import { SELECTED, type Handler } from './handler.ts';

/** RFC 9051 §6.4.1: erases what is \Deleted without a word, where it may, and closes. */
export const close: Handler<'CLOSE'> = {
  states: SELECTED,
  tells: () => 'nothing',
  async run(session) {
    const { id, viewer, readOnly } = session.box;
    // Without the right to expunge it closes all the same (RFC 4314 §4).
    if (!readOnly) await session.core.mailboxes.expunge(viewer, id, null);
    session.select(null);
    return ok('CLOSE done');
  },
};

/** RFC 9051 §6.4.2. */
export const unselect: Handler<'UNSELECT'> = {
  states: SELECTED,
  tells: () => 'nothing',
  async run(session) {
    session.select(null);
    return ok('UNSELECT done');
  },
};
