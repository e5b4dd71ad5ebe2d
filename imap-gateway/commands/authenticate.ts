import { bad, no, type TaggedReply } from '../responses.ts';
import type { ImapSession } from '../session.ts';
import type { Handler } from './handler.ts';
import { signIn } from './sign-in.ts';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * RFC 9051 §6.2.2 with PLAIN (RFC 4616), its response at once (SASL-IR, RFC 4959) or after a
 * continuation.
 */
export const authenticate: Handler<'AUTHENTICATE'> = {
  states: ['stranger'],
  tells: () => 'nothing',
  async run(session, { mechanism, initial }) {
    if (mechanism.toUpperCase() !== 'PLAIN') return no('unknown-mechanism', null);
    if (!session.maySignIn) return no('privacy-required', null);
    const response = initial ?? (await responseOf(session));
    return Buffer.isBuffer(response) ? await plain(session, response) : response;
  },
};

/** RFC 9051 §6.2.2: `*` alone cancels. */
async function responseOf(session: ImapSession): Promise<Buffer | TaggedReply> {
  session.output.write('+ \r\n');
  session.output.flush();
  const line = await session.intake.line(session.context.limits.answerBytes);
  if (line === null || line === 'too-long')
    return { ...bad('The response is too long'), isLast: true };
  if (line === '*') return bad('AUTHENTICATE cancelled');
  return BASE64.test(line) ? Buffer.from(line, 'base64') : bad('The response is not base64');
}

/** RFC 4616 §2: `[authzid] NUL authcid NUL passwd`. */
async function plain(session: ImapSession, response: Buffer): Promise<TaggedReply> {
  const [actAs, address, password, ...more] = response.toString('utf8').split('\0');
  if (actAs === undefined || address === undefined || password === undefined || more.length > 0)
    return bad('The response is not that of PLAIN');
  if (actAs !== '' && actAs.toLowerCase() !== address.toLowerCase())
    return no('sign-in-as-another', null);
  return signIn(session, address, password);
}
