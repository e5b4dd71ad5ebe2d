import type { AddressId, MessageId, SchoolId } from '../../../ground/ids.ts';
import type { Outcome } from '../../../rules/outcome.ts';
import { storedMessages } from '../../../store/mail/stored-messages.ts';
import { askAgain } from '../judging/ask-again.ts';
import { outcomeOf } from '../judging/judge.ts';
import { lookAgain } from '../judging/scan-again.ts';
import type { ReleaseParts } from '../parts.ts';

/**
 * What speaks today against a pupil's letter that a teacher lets onto a board, asked as of a letter
 * that is let go: the roster, the list of forbidden sites and the scanner of now. Null: nothing.
 * What would hold it holds nothing any more, since that teacher has read it.
 */
export async function againstHanging(
  parts: ReleaseParts,
  school: SchoolId,
  { message: id, lists }: { readonly message: MessageId; readonly lists: readonly AddressId[] },
): Promise<Outcome | null> {
  const message = (await parts.store.read(school, (tx) => storedMessages(tx, [id]))).get(id);
  if (message === undefined) return { kind: 'no-recipient' };
  const content = { ...(await lookAgain(parts, message)), doubtfulWords: false };
  const asked = { named: lists, message, rule: null, lifted: [], content };
  const outcome = outcomeOf((await askAgain(parts, asked)).judgement);
  return outcome?.kind === 'held' ? null : outcome;
}
