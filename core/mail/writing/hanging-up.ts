import { Readable } from 'node:stream';
import type { LetterId } from '../../ground/ids.ts';
import { ANSWERS_FIELD } from '../../letters/message/answers.ts';
import type { ComposedFile } from '../../letters/message/compose.ts';
import { placeless } from '../../letters/message/picture-place.ts';
import type { Outcome } from '../../rules/outcome.ts';
import type { Viewer } from '../../rules/viewer.ts';
import type { NoticeWords } from '../../store/boards/notices.ts';
import type { DraftRef } from '../../store/mail/contract.ts';
import type { WritingParts } from './parts.ts';
import { write } from './written.ts';

/** A letter that hangs on a board. */
interface NoticeLetter {
  readonly letter: LetterId;
  /** The addresses of the lists whose boards they are. */
  readonly to: readonly string[];
  /** What its readers are called in its head: a list is no address for who reads of another. */
  readonly readers: string;
  readonly title: string;
  readonly text: string;
  readonly files: readonly ComposedFile[];
  readonly notice: NoticeWords;
  /** The letter whose words hung there before; null: none did. */
  readonly supersedes: LetterId | null;
  /** When it comes off; null: nobody has said yet. */
  readonly expires: Date | null;
  /** The draft that goes with it. */
  readonly draft: DraftRef | null;
}

/**
 * Hands a notice to delivery as any letter to these lists, and with what it is. Where the rules,
 * the scanner and the list of forbidden sites let it through, it hangs on their boards and comes to
 * nobody's mailbox. Nobody answers it.
 */
export async function hangUp(
  parts: WritingParts,
  viewer: Viewer,
  { letter, to, readers, title, text, files, notice, supersedes, expires, draft }: NoticeLetter,
): Promise<Outcome> {
  const writing = { to, cc: [], subject: title, text, answers: 'none', answerTo: null } as const;
  const raw = await write({ parts, viewer }, writing, {
    letter,
    files: files.map(placeless),
    readers,
    expires,
    supersedes,
    draftOf: null,
  });
  return parts.delivery.acceptOwn(
    {
      sender: { kind: 'account', viewer },
      recipients: to,
      via: 'web',
      peer: null,
      session: 'web',
      trace: `${ANSWERS_FIELD}: none\r\n`,
      draft,
      absenceReply: null,
      paper: null,
      notice,
    },
    Readable.from([raw]),
  );
}
