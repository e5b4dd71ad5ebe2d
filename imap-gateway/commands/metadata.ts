import { isUtf8 } from 'node:buffer';
import { imapString } from '../../core/letters/message/imap-string.ts';
import type { ListedMailbox } from '../../core/mail/mailboxes/contract/listed.ts';
import type { Annotation } from '../../core/store/mail/contract.ts';
import { attributeOf } from '../list-names.ts';
import { no, ok, replyToStop, type TaggedReply } from '../responses.ts';
import type { ImapSession } from '../session.ts';
import { knowOwnAnnotations } from '../tell.ts';
import type { CommandOf } from '../wire/command.ts';
import { encodeName } from '../wire/names.ts';
import { entryText } from '../wire/write.ts';
import { SIGNED_IN, type Handler } from './handler.ts';

/**
 * What a mailbox is for, as LIST says it (RFC 6154 §4). CREATE alone can set it here; nothing that
 * is only written down may look like it.
 */
const SPECIAL_USE = '/private/specialuse';

/** RFC 5464 §4.2. */
export const getMetadata: Handler<'GETMETADATA'> = {
  states: SIGNED_IN,
  tells: () => 'news',
  async run(session, command) {
    const mailbox = await mailboxOf(session, command.mailbox);
    if (mailbox === undefined) return no('no-mailbox', session.me);
    const all = await session.core.mailboxes.annotations(session.me, mailbox?.id ?? null);
    if (all.kind !== 'done') return replyToStop(all, session.me);
    const { told, longest } = chosen(mailbox ? withUse(all.value, mailbox) : all.value, command);
    if (told.length > 0) writeAnnotations(session, command.mailbox, told);
    return longest === null
      ? ok('Annotations told')
      : ok('Longer ones left out', `METADATA LONGENTRIES ${longest}`);
  },
};

/** RFC 5464 §4.3: all or none. */
export const setMetadata: Handler<'SETMETADATA'> = {
  states: SIGNED_IN,
  tells: () => 'news',
  async run(session, command) {
    const mailbox = await mailboxOf(session, command.mailbox);
    if (mailbox === undefined) return no('no-mailbox', session.me);
    if (mailbox && command.entries.some(({ entry }) => entry === SPECIAL_USE))
      return replyToStop({ kind: 'cannot', why: 'use-taken' }, session.me);
    const done = await session.core.mailboxes.annotate(
      session.me,
      mailbox?.id ?? null,
      command.entries,
    );
    if (done.kind === 'done') {
      await knowOwnAnnotations(session, {
        mailbox: mailbox?.id ?? null,
        entries: command.entries.map(({ entry }) => entry),
      });
      return ok('Annotations kept');
    }
    const reply: TaggedReply = replyToStop(done, session.me);
    if (done.kind !== 'limit') return reply;
    return {
      ...reply,
      code: done.what === 'annotation-size' ? `METADATA MAXSIZE ${done.limit}` : 'METADATA TOOMANY',
    };
  },
};

/** The empty name is the server, null; undefined: there is no such mailbox. */
async function mailboxOf(
  session: ImapSession,
  path: string,
): Promise<ListedMailbox | null | undefined> {
  return path === '' ? null : ((await session.core.mailboxes.find(session.me, path)) ?? undefined);
}

function withUse(all: readonly Annotation[], { use }: ListedMailbox): readonly Annotation[] {
  const attribute = attributeOf(use);
  return [
    ...all.filter(({ entry }) => entry !== SPECIAL_USE),
    ...(attribute === null ? [] : [{ entry: SPECIAL_USE, value: Buffer.from(attribute) }]),
  ];
}

interface Entry {
  readonly entry: string;
  readonly value: Buffer | null;
}

/**
 * §4.2.1, §4.2.2: by depth, and no longer than asked for. An entry that was named and isn't there
 * is NIL.
 */
function chosen(
  all: readonly Annotation[],
  { entries, depth, maxSizeBytes }: CommandOf<'GETMETADATA'>,
): { readonly told: Entry[]; readonly longest: number | null } {
  const found: Entry[] = all.filter(({ entry }) =>
    entries.some((asked) => isWithin(entry, asked, depth)),
  );
  const missing =
    depth === 0
      ? [...new Set(entries)].filter((asked) => !found.some(({ entry }) => entry === asked))
      : [];
  const isLong = ({ value }: Entry): boolean =>
    maxSizeBytes !== null && (value?.length ?? 0) > maxSizeBytes;
  const long = found.filter(isLong);
  return {
    told: [
      ...found.filter((one) => !isLong(one)),
      ...missing.map((entry) => ({ entry, value: null })),
    ],
    longest: long.length === 0 ? null : Math.max(...long.map(({ value }) => value?.length ?? 0)),
  };
}

function isWithin(entry: string, asked: string, depth: 0 | 1 | 'infinity'): boolean {
  if (entry === asked) return true;
  if (depth === 0 || !entry.startsWith(`${asked}/`)) return false;
  return depth === 'infinity' || !entry.slice(asked.length + 1).includes('/');
}

/** §4.4.1; values are bytes: what no string can hold is a literal8. */
function writeAnnotations(session: ImapSession, path: string, told: readonly Entry[]): void {
  const { output } = session;
  output.write(`* METADATA ${encodeName(path, session.intake.state)} (`);
  for (const [at, { entry, value }] of told.entries()) {
    output.write(`${at > 0 ? ' ' : ''}${entryText(entry)} `);
    if (value === null) output.write('NIL');
    else if (isUtf8(value) && !value.includes(0)) output.write(imapString(value.toString('utf8')));
    else {
      output.write(`~{${value.length}}\r\n`);
      output.write(value);
    }
  }
  output.write(')\r\n');
}
