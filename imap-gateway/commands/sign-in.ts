import { capabilitiesOf } from '../capabilities.ts';
import { no, ok, type TaggedReply } from '../responses.ts';
import type { ImapSession } from '../session.ts';

/**
 * Signs a session in, by the account's password or by that of a device; LOGIN and AUTHENTICATE
 * differ only in how they bring it. An unknown address and a wrong password get one answer.
 */
export async function signIn(
  session: ImapSession,
  address: string,
  password: string,
): Promise<TaggedReply> {
  const { core, context } = session;
  const answer = await core.accounts.signIn(address, password, { ip: session.ip, way: 'imap' });
  if (answer.kind === 'wait') return no('sign-in-wait', null);
  if (answer.kind === 'not-admitted') return no('not-admitted', answer.viewer);
  if (answer.kind !== 'welcome') {
    session.failedSignIns += 1;
    return no(answer.kind === 'device-password' ? 'device-password' : 'sign-in-failed', null);
  }
  const { viewer } = answer;
  if (!(await context.enter(viewer.school, viewer.account)))
    return no('too-many-connections', viewer);
  session.welcome(viewer, answer);
  return ok('Bonjour', `CAPABILITY ${capabilitiesOf(session)}`);
}
