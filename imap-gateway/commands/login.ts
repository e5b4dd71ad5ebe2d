import { no } from '../responses.ts';
import type { Handler } from './handler.ts';
import { signIn } from './sign-in.ts';

/** RFC 9051 §6.2.3; LOGINDISABLED until TLS. */
export const login: Handler<'LOGIN'> = {
  states: ['stranger'],
  tells: () => 'nothing',
  async run(session, { user, password }) {
    return session.maySignIn ? signIn(session, user, password) : no('privacy-required', null);
  },
};
