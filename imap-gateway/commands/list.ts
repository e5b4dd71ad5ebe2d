import { listLines, lsubLines, type ListQuestion } from '../list-names.ts';
import { ok } from '../responses.ts';
import type { ImapSession } from '../session.ts';
import type { CommandOf } from '../wire/command.ts';
import { mailboxList } from '../wire/write.ts';
import { SIGNED_IN, type Handler } from './handler.ts';
import { statusLine } from './status.ts';

/** Past so many lines the rest waits until the client has taken some. */
const LINES_AT_ONCE = 200;

/** RFC 9051 §6.3.9 (LIST-EXTENDED, RFC 5258; SPECIAL-USE, RFC 6154; LIST-STATUS, RFC 5819). */
export const list: Handler<'LIST'> = {
  states: SIGNED_IN,
  tells: () => 'news',
  async run(session, command) {
    const asksForRoot = !command.extended && command.patterns[0] === '';
    if (asksForRoot) writeList(session, { path: '', attributes: ['\\Noselect'] });
    else await writeNames(session, questionOf(command));
    return ok('LIST done');
  },
};

function questionOf({
  reference,
  patterns,
  extended,
  select,
  returns,
}: CommandOf<'LIST'>): ListQuestion {
  return { patterns: patterns.map((pattern) => reference + pattern), extended, select, returns };
}

async function writeNames(session: ImapSession, question: ListQuestion): Promise<void> {
  const { status } = question.returns;
  const { subscribed, specialUse } = question.select;
  // RFC 5258 §4, RFC 6154 §2
  const childInfoText = `"CHILDINFO" (${[...(subscribed ? ['"SUBSCRIBED"'] : []), ...(specialUse ? ['"SPECIAL-USE"'] : [])].join(' ')})`;
  const lines = await listLines(await session.core.mailboxes.list(session.me), question);
  for (const [at, { path, attributes, childInfo, mailbox }] of lines.entries()) {
    writeList(session, { path, attributes, extended: childInfo ? childInfoText : '' });
    if (status && mailbox?.rights.includes('r')) await statusLine(session, mailbox, status);
    if (at % LINES_AT_ONCE === LINES_AT_ONCE - 1) await session.room();
  }
}

interface ListLine {
  readonly path: string;
  readonly attributes: readonly string[];
  readonly extended?: string;
}

function writeList(session: ImapSession, { path, ...line }: ListLine): void {
  session.output.write(mailboxList('LIST', path, { ...line, utf8: session.intake.state.utf8 }));
}

/** RFC 3501 §6.3.9; IMAP4rev2 has LIST (SUBSCRIBED) instead. */
export const lsub: Handler<'LSUB'> = {
  states: SIGNED_IN,
  tells: () => 'news',
  async run(session, { reference, pattern }) {
    const { utf8 } = session.intake.state;
    const names = await session.core.mailboxes.list(session.me);
    for (const { path, attributes } of await lsubLines(names, reference + pattern))
      session.output.write(mailboxList('LSUB', path, { attributes, utf8 }));
    return ok('LSUB done');
  },
};
