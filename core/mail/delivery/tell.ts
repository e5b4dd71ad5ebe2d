import type { ReadMessage } from '../../letters/message/message.ts';
import type { Outcome } from '../../rules/outcome.ts';
import { freshRow } from '../../store/mail/outbox.ts';
import { reversePathOf, type JudgedLetter } from './keeping/judged-letter.ts';
import type { KeptLetter } from './keeping/keep.ts';
import { holdsOf } from './keeping/shares.ts';
import type { LetterReport } from './letter.ts';
import type { OwnHandover, ReleaseParts } from './parts.ts';
import { stopFlood } from './telling/flood.ts';
import { tellHeld } from './telling/held-notice.ts';
import { tellOfRefused } from './telling/note-refused.ts';
import { noteReport } from './telling/note-report.ts';
import { tellDeciders } from './telling/tell-deciders.ts';
import { tellDelivered } from './telling/tell-delivered.ts';

/** What a letter came to. */
export interface TellInput {
  readonly outcome: Outcome;
  /** Null where it was answered before it was read. */
  readonly read: ReadMessage | null;
  /** Null where nothing of it was stored. */
  readonly stored: { readonly letter: JudgedLetter; readonly kept: KeptLetter } | null;
  /** What it says as a report to the postmaster, where it is one and is taken. */
  readonly report: LetterReport | null;
}

/**
 * Whoever hears of a letter by itself, once its fate is written down: open pages, who decides about
 * it, who sends it outside, its writer, the postmaster, those who miss it. It never rejects: a
 * letter that is stored is answered so, whatever becomes of that.
 */
export async function tell(
  parts: ReleaseParts,
  handover: OwnHandover,
  told: TellInput,
): Promise<void> {
  try {
    await tellEach(parts, handover, told);
  } catch (error) {
    parts.log.error(
      { err: error, outcome: told.outcome.kind },
      'not all could be told of a letter',
    );
  }
}

async function tellEach(
  parts: ReleaseParts,
  handover: OwnHandover,
  { outcome, read, stored, report }: TellInput,
): Promise<void> {
  const { sender, via } = handover;
  if (stored !== null) {
    const { letter, kept } = stored;
    for (const [school, accounts] of kept.changed) parts.mailEvents.announce(school, accounts);
    await tellDeciders(parts, holdsOf(letter));
    await letLeave(parts, letter, kept);
    await tellDelivered(parts, handover, letter);
  }
  // On the pages it is the page that says so.
  if (outcome.kind === 'held' && via === 'submission' && sender.kind === 'account')
    await tellHeld(parts, sender.viewer, {
      held: outcome.held,
      subject: read?.envelope.subject ?? '',
    });
  if (report !== null && outcome.kind === 'accepted') await noteReport(parts, report);
  if (sender.kind === 'outside' && read !== null)
    await tellOfRefused(parts, { recipients: handover.recipients, read }, outcome);
}

/** Lets what is for outside leave, unless its writer's account is stopped. */
async function letLeave(
  parts: ReleaseParts,
  letter: JudgedLetter,
  { outside, message }: KeptLetter,
): Promise<void> {
  const { account: writer } = letter;
  if (writer === null || outside === null) return;
  const { school, account } = writer;
  const { leaving, traffic } = outside;
  // What isn't hurried leaves as it is due; the next letter is counted with these.
  if (await stopFlood(parts, { school, account, traffic })) return;
  const sender = reversePathOf(writer);
  const { dsnRequests, begunUntil: until } = writer;
  for (const { id, recipient, isBegun } of leaving) {
    const dsn = dsnRequests.get(recipient);
    const row = freshRow({ id, account, message, sender, recipient, dsn, createdAt: letter.now });
    if (isBegun && until !== null) parts.freshRows.send({ school, row, raw: letter.raw, until });
    else parts.freshRows.hurry(school, [id]); // as it is due
  }
}
