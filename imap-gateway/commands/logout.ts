import { ok } from '../responses.ts';
import { ANY_STATE, type Handler } from './handler.ts';

/** RFC 9051 §6.1.3. */
export const logout: Handler<'LOGOUT'> = {
  states: ANY_STATE,
  tells: () => 'nothing',
  async run(session) {
    session.untagged('BYE Au revoir');
    return { ...ok('LOGOUT done'), isLast: true };
  },
};
