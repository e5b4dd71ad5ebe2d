import { imapString } from '../../core/letters/message/imap-string.ts';
import type { ListedMailbox } from '../../core/mail/mailboxes/contract/listed.ts';
import { bad, no, ok, replyToStop, type TaggedReply } from '../responses.ts';
import type { ImapSession } from '../session.ts';
import { encodeName } from '../wire/names.ts';
import { SIGNED_IN, type Handler } from './handler.ts';

/** RFC 4314 §2.1; the last two are RFC 2086's, which old programs say and look for (§2.1.1). */
const RIGHTS = 'lrswipkxteacd';
const OBSOLETE = { c: 'kx', d: 'te' } as const;

/**
 * §2.1.1: a right of RFC 2086 is said where all that it stood for is there, so that nobody reads
 * more into it.
 */
function withObsolete(rights: string): string {
  const old = (['c', 'd'] as const).filter((right) =>
    [...OBSOLETE[right]].every((part) => rights.includes(part)),
  );
  return rights + old.join('');
}

const withoutObsolete = (rights: string): string =>
  [...new Set(rights.replaceAll('c', OBSOLETE.c).replaceAll('d', OBSOLETE.d))].join('');

/** Finds the mailbox and goes on with it, or says that there is none. */
async function on(
  session: ImapSession,
  path: string,
  act: (mailbox: ListedMailbox, name: string) => Promise<TaggedReply>,
): Promise<TaggedReply> {
  const mailbox = await session.core.mailboxes.find(session.me, path);
  return mailbox
    ? await act(mailbox, encodeName(path, session.intake.state))
    : no('no-mailbox', session.me);
}

/** RFC 4314 §3.3. */
export const getAcl: Handler<'GETACL'> = {
  states: SIGNED_IN,
  tells: () => 'news',
  run: async (session, command) =>
    await on(session, command.mailbox, async (mailbox, name) => {
      const grants = await session.core.mailboxes.rights(session.me, mailbox.id);
      if (grants.kind !== 'done') return replyToStop(grants, session.me);
      session.untagged(
        `ACL ${name}${grants.value.map(({ identifier, rights }) => ` ${imapString(identifier)} ${imapString(withObsolete(rights))}`).join('')}`,
      );
      return ok('ACL told');
    }),
};

/** RFC 4314 §3.5. */
export const myRights: Handler<'MYRIGHTS'> = {
  states: SIGNED_IN,
  tells: () => 'news',
  run: async (session, command) =>
    await on(session, command.mailbox, async (mailbox, name) => {
      session.untagged(`MYRIGHTS ${name} ${imapString(withObsolete(mailbox.rights))}`);
      return ok('Rights told');
    }),
};

/** RFC 4314 §3.1: rights that aren't known are BAD, whatever is asked with them. */
export const setAcl: Handler<'SETACL'> = {
  states: SIGNED_IN,
  tells: () => 'news',
  run: async (session, command) =>
    await on(session, command.mailbox, async (mailbox) => {
      if ([...command.rights].some((right) => !RIGHTS.includes(right)))
        return bad(`Rights are letters of ${RIGHTS}`);
      const done = await session.core.mailboxes.grant(session.me, mailbox.id, {
        identifier: command.identifier,
        change: {
          how: command.change,
          rights: withoutObsolete(command.rights),
        },
      });
      return done.kind === 'done' ? ok('Rights given') : replyToStop(done, session.me);
    }),
};

/** RFC 4314 §3.2. */
export const deleteAcl: Handler<'DELETEACL'> = {
  states: SIGNED_IN,
  tells: () => 'news',
  run: async (session, command) =>
    await on(session, command.mailbox, async (mailbox) => {
      const done = await session.core.mailboxes.grant(session.me, mailbox.id, {
        identifier: command.identifier,
        change: {
          how: 'set',
          rights: '',
        },
      });
      return done.kind === 'done' ? ok('Rights taken') : replyToStop(done, session.me);
    }),
};

/** RFC 4314 §3.4, §3.7. */
export const listRights: Handler<'LISTRIGHTS'> = {
  states: SIGNED_IN,
  tells: () => 'news',
  run: async (session, command) =>
    await on(session, command.mailbox, async (mailbox, name) => {
      const rights = await session.core.mailboxes.grantable(
        session.me,
        mailbox.id,
        command.identifier,
      );
      if (rights.kind !== 'done') return replyToStop(rights, session.me);
      const { always, maybe } = rights.value;
      session.untagged(
        `LISTRIGHTS ${name} ${imapString(command.identifier)} ${[always, ...maybe].map((right) => imapString(right)).join(' ')}`,
      );
      return ok('Rights told');
    }),
};
