import { ok } from '../responses.ts';
import { ANY_STATE, SELECTED, type Handler } from './handler.ts';

/** RFC 9051 §6.1.2: how a client that doesn't IDLE looks for news. */
export const noop: Handler<'NOOP'> = {
  states: ANY_STATE,
  tells: () => 'all',
  async run() {
    return ok('NOOP done');
  },
};

/** RFC 3501 §6.4.1: there is nothing to check here, everything answered is kept. */
export const check: Handler<'CHECK'> = {
  states: SELECTED,
  tells: () => 'all',
  async run() {
    return ok('CHECK done');
  },
};
