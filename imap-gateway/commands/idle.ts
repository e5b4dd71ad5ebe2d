import { bad, ok, type TaggedReply } from '../responses.ts';
import type { ImapSession } from '../session.ts';
import { SIGNED_IN, type Handler } from './handler.ts';

/** RFC 9051 §6.3.13: changes are told as they come, until DONE. */
export const idle: Handler<'IDLE'> = {
  states: SIGNED_IN,
  tells: () => 'news',
  // What is news by now is told first: from « idling » on nothing but what the client waits for.
  run: async (session) => ({ ...ok('IDLE done'), before: () => untilDone(session) }),
};

async function untilDone(session: ImapSession): Promise<TaggedReply> {
  session.output.write('+ idling\r\n');
  session.output.flush();
  const line = await session.listen(session.intake.line(session.context.limits.answerBytes));
  if (line === null || line === 'too-long')
    return { ...bad('The end of IDLE was expected'), isLast: true };
  return line.toUpperCase() === 'DONE' ? ok('IDLE done') : bad('DONE was expected');
}
