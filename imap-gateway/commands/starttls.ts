import { bad, ok } from '../responses.ts';
import type { Handler } from './handler.ts';

/** RFC 9051 §6.2.1. */
export const starttls: Handler<'STARTTLS'> = {
  states: ['stranger'],
  tells: () => 'nothing',
  async run(session) {
    if (session.isSecure) return bad('TLS is active already');
    return { ...ok('Begin TLS now'), after: () => session.startTls() };
  },
};
