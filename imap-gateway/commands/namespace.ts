import { imapString } from '../../core/letters/message/imap-string.ts';
import { ok } from '../responses.ts';
import { encodeName } from '../wire/names.ts';
import { SIGNED_IN, type Handler } from './handler.ts';

/**
 * RFC 2342, RFC 9051 §6.3.10: one's own at the root, what others share below one name. Namespaces
 * are strings, never atoms.
 */
export const namespace: Handler<'NAMESPACE'> = {
  states: SIGNED_IN,
  tells: () => 'news',
  async run(session) {
    const { personal, others, separator } = session.core.mailboxes.namespaces;
    const at = (prefix: string): string => {
      const name = encodeName(prefix, session.intake.state);
      return `((${/^["{]/.test(name) ? name : imapString(name)} "${separator}"))`;
    };
    session.untagged(`NAMESPACE ${at(personal)} ${at(others)} NIL`);
    return ok('NAMESPACE done');
  },
};
