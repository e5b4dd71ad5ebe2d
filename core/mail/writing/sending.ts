import { Readable } from 'node:stream';
import type { LetterId } from '../../ground/ids.ts';
import { type AnswerAudience, ANSWERS_FIELD } from '../../letters/message/answers.ts';
import type { ComposedFile } from '../../letters/message/compose.ts';
import { placeless } from '../../letters/message/picture-place.ts';
import type { Outcome } from '../../rules/outcome.ts';
import type { RoomVisit, Viewer } from '../../rules/viewer.ts';
import type { DraftRef } from '../../store/mail/contract.ts';
import { waitForScanner } from '../../store/mail/leaving-drafts.ts';
import type { PaperWords } from '../../store/papers/papers.ts';
import { awaitLeft } from '../reading/awaited.ts';
import type { Writing } from './contract.ts';
import { letterMessageId } from './draft-form.ts';
import { filesOf, keptDraft, letterOf, writingOf } from './kept-draft.ts';
import { spelledOut, type SpelledOut } from './own-lists.ts';
import type { WritingParts } from './parts.ts';
import { allowedOf } from './reach.ts';
import { write } from './written.ts';

/** How long a draft waits before the scanner is asked again. */
const SCANNER_RETRY_MS = 20_000;

/** What a letter brings besides what its writer wrote. */
interface Enclosed {
  /** The paper that it asks for, from the commit on that stores the letter. */
  readonly paper: PaperWords | null;
  /** What stands below its words. */
  readonly below: string;
  readonly files: readonly ComposedFile[];
  /** The letter whose words no longer hold. */
  readonly supersedes: LetterId | null;
}

const NOTHING_ENCLOSED: Enclosed = { paper: null, below: '', files: [], supersedes: null };

/**
 * Sends a draft as it is, or with a paper: on anything but `accepted` and `held` it stays. With the
 * scanner silent it leaves by itself later, but not a paper, whose hours would be others by then.
 */
export async function send(
  { parts, viewer }: RoomVisit<WritingParts>,
  ref: DraftRef,
  enclosed: Enclosed = NOTHING_ENCLOSED,
): Promise<Outcome> {
  const kept = await keptDraft(parts, viewer, ref);
  if (!kept) return { kind: 'no-recipient' };
  const writing = writingOf(kept);
  const spelled = await spelledOut({ parts, viewer }, writing, allowedOf(parts, viewer));
  if (spelled.kind === 'denied') return spelled;
  const { to, cc, recipients } = spelled;
  if (recipients.length === 0) return { kind: 'no-recipient' };
  const letter = letterOf(kept, parts.domain);
  const raw = await write(
    { parts, viewer },
    { ...writing, to, cc },
    {
      letter,
      files: filesOf(kept, []).map(placeless),
      below: enclosed.below,
      ours: enclosed.files,
      supersedes: enclosed.supersedes,
      draftOf: null,
    },
  );
  // Who gets the answers is a mark of ours, which delivery takes out of whatever a sender writes:
  // it is put on top as ours.
  const outcome = await parts.delivery.acceptOwn(
    {
      sender: { kind: 'account', viewer },
      recipients,
      via: 'web',
      peer: null,
      session: 'web',
      trace: `${ANSWERS_FIELD}: ${await whoIsAnswered(parts, viewer, { writing, spelled })}\r\n`,
      draft: ref,
      absenceReply: null,
      paper: enclosed.paper,
      notice: null,
    },
    Readable.from([raw]),
  );
  if (outcome.kind === 'scanner-silent' && enclosed.paper === null) {
    const at = new Date(parts.clock().getTime() + SCANNER_RETRY_MS);
    await parts.store.write(viewer.school, (tx) => waitForScanner(tx, viewer.account, { ref, at }));
  }
  if (outcome.kind === 'accepted' || outcome.kind === 'held')
    await noteLeft({ parts, viewer }, writing, letter);
  return outcome;
}

/**
 * Notes for the writer of a letter that has left what it answers, and by when they wait. It has
 * left, whatever becomes of that.
 */
async function noteLeft(
  { parts, viewer }: RoomVisit<WritingParts>,
  { answerTo, awaitUntil }: Writing,
  letter: LetterId,
): Promise<void> {
  const noting = (error: unknown): void =>
    parts.log.warn(
      { err: error, school: viewer.school },
      'nothing was noted of a letter that left',
    );
  if (answerTo) await noteAnswered({ parts, viewer }, answerTo).catch(noting);
  if (awaitUntil !== undefined)
    await noteAwaited({ parts, viewer }, letter, awaitUntil).catch(noting);
}

async function noteAnswered(
  { parts, viewer }: RoomVisit<WritingParts>,
  { mailbox, uid }: DraftRef,
): Promise<void> {
  await parts.mail.mark(viewer, mailbox, { uids: [uid], marks: { answered: true } });
}

async function noteAwaited(
  { parts, viewer }: RoomVisit<WritingParts>,
  letter: LetterId,
  day: string,
): Promise<void> {
  const messageId = letterMessageId(letter, parts.domain);
  await parts.store.write(viewer.school, (tx) =>
    awaitLeft(tx, viewer, { messageId, day, now: parts.clock() }),
  );
}

/**
 * A list's answers would reach people whom nobody sees: an adult says who gets them. Whoever is
 * named in a letter may be answered, and a child's class is its own. The people of a group are
 * named to nobody: no answer can go to them.
 */
async function whoIsAnswered(
  { directory }: WritingParts,
  viewer: Viewer,
  { writing, spelled }: { readonly writing: Writing; readonly spelled: SpelledOut },
): Promise<AnswerAudience> {
  if (viewer.role === 'pupil') return 'everyone';
  if (spelled.hidesSome) return writing.answers === 'none' ? 'none' : 'sender';
  const entries = await directory.resolve(spelled.recipients, { maxAgeMs: KIND_AGE_MS });
  return [...entries.values()].some(({ kind }) => kind !== 'account')
    ? writing.answers
    : 'everyone';
}
/** A list stays a list: what the names were looked up with will do. */
const KIND_AGE_MS = 60_000;
