import { imapString } from '../../core/letters/message/imap-string.ts';
import { ok } from '../responses.ts';
import { ANY_STATE, type Handler } from './handler.ts';

/** RFC 2971: what this is, not which version of it; what the client says of itself is not kept. */
export const id: Handler<'ID'> = {
  states: ANY_STATE,
  tells: () => 'news',
  async run(session) {
    session.untagged(
      `ID ("name" "Preau" "support-url" ${imapString(session.core.config.publicUrl)})`,
    );
    return ok('ID done');
  },
};
