import { capabilitiesOf } from '../capabilities.ts';
import { ok } from '../responses.ts';
import { ANY_STATE, type Handler } from './handler.ts';

/** RFC 9051 §6.1.1. */
export const capability: Handler<'CAPABILITY'> = {
  states: ANY_STATE,
  tells: () => 'news',
  async run(session) {
    session.untagged(`CAPABILITY ${capabilitiesOf(session)}`);
    return ok('CAPABILITY done');
  },
};
