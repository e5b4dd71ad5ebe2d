import type { AddressId, LetterId, MailboxId, MessageId, Uid } from '../../ground/ids.ts';
import { letterIn, letterMessageId } from '../../mail/writing/draft-form.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { lettersHere } from '../../store/wall/given.ts';
import type { OwnMaking } from './contract.ts';
import { madeOf } from './made.ts';
import { MOST_LETTERS, type WallParts } from './parts.ts';

/** Which file of which letter. */
export type Which = Pick<OwnMaking, 'letter' | 'part'>;

/** A file of a letter that our pages made. */
interface Made extends Which {
  readonly kind: OwnMaking['kind'];
  /** SHA-256 of it without its mark. */
  readonly sha256: string;
  readonly author: AddressId;
  readonly at: Date;
  readonly message: MessageId;
  /** Where somebody has it. */
  readonly mailbox: MailboxId;
  readonly uid: Uid;
}

/**
 * What these people made on our pages, out of letters that somebody has, the newest first; out of
 * one letter, where it is named.
 */
export async function madeIn(
  { store, domain, secret }: WallParts,
  { school, account }: Viewer,
  {
    authors,
    letter = null,
  }: { readonly authors: readonly AddressId[]; readonly letter?: LetterId | null },
): Promise<readonly Made[]> {
  const asked =
    letter === null
      ? { messageId: null, limit: MOST_LETTERS }
      : { messageId: letterMessageId(letter, domain), limit: 1 };
  const letters = await store.read(school, (tx) => lettersHere(tx, { account, authors }, asked));
  return letters.flatMap(({ messageId, attachments, ...where }) => {
    const its = letterIn(messageId, domain);
    return its === null
      ? []
      : attachments.flatMap((file): Made[] => {
          const made = madeOf(file, secret);
          return made === null ? [] : [{ ...where, ...made, letter: its, part: file.path }];
        });
  });
}

/** Of what lies in several letters the newest is the one. */
export const newestOf = (all: readonly Made[]): readonly Made[] =>
  [...new Map(all.toReversed().map((one) => [keyOf(one), one])).values()].toReversed();

/** The name of one thing of one child. */
export const keyOf = ({ author, sha256 }: Pick<Made, 'author' | 'sha256'>): string =>
  `${author} ${sha256}`;
