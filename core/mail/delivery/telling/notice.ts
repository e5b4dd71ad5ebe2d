import { randomUUID } from 'node:crypto';
import type { Directory } from '../../../directory/directory.ts';
import type { AccountId, Language, SchoolId } from '../../../ground/ids.ts';
import { quote } from '../../../letters/message/compose.ts';
import type { ReadMessage } from '../../../letters/message/message.ts';
import type { Person } from '../../../roster/snapshot.ts';
import type { MailEvents } from '../../../store/mail-events.ts';
import { deliver } from '../../../store/mail/messages.ts';
import { Rollback, type SchoolTx, type Store, type TownTx } from '../../../store/store.ts';
import { readOurs, writeOurs } from '../../parsing/own-letter.ts';
import { SERVICE_LETTERS } from './service-letters.ts';

/**
 * The service's own mail: a bounce, a message that a teacher gave back. It is from nobody, and
 * nobody can answer it.
 */
export interface Notices {
  /**
   * Puts a message of ours into an account's INBOX and runs `also` in the same transaction, so that
   * both are there or neither.
   */
  deliver(
    to: { readonly school: SchoolId; readonly account: AccountId },
    raw: Buffer,
    also?: (tx: SchoolTx) => Promise<void>,
  ): Promise<void>;
  /**
   * Puts one in with what else a transaction does; whoever began it announces it after the commit.
   */
  place(
    tx: TownTx,
    to: { readonly school: SchoolId; readonly account: AccountId },
    raw: Buffer,
  ): Promise<void>;
  /**
   * Writes to a person and puts it into their INBOX. `take` is asked in the same transaction: where
   * it says no, somebody else has told them, and there is nothing.
   */
  tell(
    to: NoticeReader & { readonly school: SchoolId },
    words: ServiceWords,
    take?: (tx: SchoolTx) => Promise<boolean>,
  ): Promise<void>;
  /** Writes to a person, for `place`. */
  writeTo(to: NoticeReader, words: ServiceWords): Promise<Buffer>;
  /** The same message to several accounts of one school, who don't see one another. */
  deliverToAll(school: SchoolId, accounts: readonly AccountId[], raw: Buffer): Promise<void>;
  /** Writes a notice to a person of the town. */
  write(letter: NoticeLetter): Promise<Buffer>;
}

/** Somebody of the town, as rosters and sessions know them. */
type NoticeReader = Pick<Person, 'account' | 'displayName' | 'address'>;

/** What a room needs that tells people of what it does. */
export interface NoticingParts {
  readonly store: Store;
  readonly directory: Directory;
  readonly notices: Notices;
  readonly mailEvents: MailEvents;
  readonly clock: () => Date;
  /** Where the pages are, for a letter that leads to them; without an end slash. */
  readonly publicUrl: string;
}

/** What a notice says. */
export interface ServiceWords {
  readonly subject: string;
  readonly text: string;
}

interface NoticeLetter extends ServiceWords {
  /** Null: to several, and none of them is named. */
  readonly to: { readonly name: string; readonly address: string } | null;
}

/** Another process has told them: nobody is told twice. */
class AlreadyTold extends Rollback {}

interface NoticeParts {
  readonly store: Store;
  readonly mailEvents: MailEvents;
  readonly domain: string;
  readonly clock: () => Date;
}

export function openNotices(parts: NoticeParts): Notices {
  const write = (letter: NoticeLetter): Promise<Buffer> =>
    writeOurs({
      ...letter,
      from: `postmaster@${parts.domain}`,
      id: randomUUID(),
      date: parts.clock(),
      domain: parts.domain,
    });
  const writeTo = ({ displayName, address }: NoticeReader, words: ServiceWords): Promise<Buffer> =>
    write({ ...words, to: { name: displayName, address } });

  return {
    write,
    writeTo,
    async tell(to, words, take = async () => true) {
      const raw = await writeTo(to, words);
      const also = async (tx: SchoolTx): Promise<void> => {
        if (!(await take(tx))) throw new AlreadyTold();
      };
      try {
        await post(parts, { school: to.school, accounts: [to.account], raw, also });
      } catch (error) {
        if (!(error instanceof AlreadyTold)) throw error;
      }
    },
    deliver: ({ school, account }, raw, also) =>
      post(parts, { school, accounts: [account], raw, also }),
    async place(tx, { school, account }, raw) {
      await into(await tx.in(school), [account], { raw, read: await readOurs(raw) });
    },
    deliverToAll: (school, accounts, raw) => post(parts, { school, accounts, raw }),
  };
}

interface Posted {
  readonly school: SchoolId;
  readonly accounts: readonly AccountId[];
  readonly raw: Buffer;
  /** Runs in the same transaction. */
  readonly also?: ((tx: SchoolTx) => Promise<void>) | undefined;
}

async function post(parts: NoticeParts, { school, accounts, raw, also }: Posted): Promise<void> {
  const read = await readOurs(raw);
  await parts.store.write(school, async (tx) => {
    await into(tx, accounts, { raw, read });
    await also?.(tx);
  });
  parts.mailEvents.announce(school, accounts);
}

async function into(
  tx: SchoolTx,
  accounts: readonly AccountId[],
  { raw, read }: { readonly raw: Buffer; readonly read: ReadMessage },
): Promise<void> {
  await deliver(
    tx,
    {
      sender: { addressId: null, role: 'system' },
      origin: 'system',
      read,
      raw,
      handed: null,
    },
    { into: 'inbox', inboxes: [...accounts], junk: [], sentOf: null, stranger: null },
  );
}

interface Returned {
  readonly language: Language;
  readonly isChild: boolean;
  /** Who gave it back, as the person knows them; null when a rule did. */
  readonly by: string | null;
  readonly note: string;
  /**
   * For whom alone it comes back, as the person knows them, while it goes to the others; empty: for
   * everybody.
   */
  readonly missed: readonly string[];
  /** It was on its way to another class. */
  readonly wasOnRoad: boolean;
  readonly subject: string;
  readonly text: string;
}

/**
 * What a person reads when their message comes back: who gave it back, with what word, and their
 * text, which is not lost.
 */
export function returnedText(returned: Returned): ServiceWords {
  const { language, isChild, by, note, missed, wasOnRoad, subject, text } = returned;
  const words = SERVICE_LETTERS[language].returned[isChild ? 'child' : 'adult'];
  const alone = wasOnRoad ? words.road : words.changed;
  const byRule = missed.length > 0 ? words.missed(missed.join(', ')) : alone;
  const first = by === null ? byRule : words.by(by);
  const title = missed.length > 0 ? words.missedSubject : words.subject;
  return {
    subject: title(subject),
    text: [first, note, quote(text, words.yours)].filter(Boolean).join('\n\n'),
  };
}
