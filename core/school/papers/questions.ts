import type { PaperId } from '../../ground/ids.ts';
import { letterMessageId } from '../../mail/writing/draft-form.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { letterPlace, openQuestions, type QuestionRow } from '../../store/papers/questions.ts';
import type { AskedPaper } from './asked-papers.ts';
import type { SlipQuestion, SlipRef } from './contract/slips.ts';
import { slip } from './family.ts';
import type { AskingParts } from './parts.ts';

const lettersOf = ({ older, now }: AskedPaper, domain: string): readonly string[] =>
  [now, ...older].map(({ letter }) => letterMessageId(letter, domain));

/**
 * What families asked back about some papers and the viewer has not answered, by paper: answers to
 * the letter, from its page or from a mail program, in the viewer's own mail alone.
 */
export async function questionsOn(
  { store, writing: { domain } }: AskingParts,
  viewer: Viewer,
  papers: readonly AskedPaper[],
): Promise<ReadonlyMap<PaperId, readonly QuestionRow[]>> {
  const paperOf = new Map(
    papers.flatMap((paper) => lettersOf(paper, domain).map((id) => [id, paper.row.id] as const)),
  );
  const rows = await store.read(viewer.school, (tx) =>
    openQuestions(tx, viewer.account, [...paperOf.keys()]),
  );
  const questions = new Map<PaperId, QuestionRow[]>();
  for (const row of rows) {
    const paper = paperOf.get(row.letter);
    if (paper !== undefined) questions.set(paper, [...(questions.get(paper) ?? []), row]);
  }
  return questions;
}

/** How a question about a slip begins: an answer to its letter, where that is still there. */
export async function questionTo(
  parts: AskingParts,
  viewer: Viewer,
  ref: SlipRef,
): Promise<SlipQuestion | null> {
  const own = await slip(parts, viewer, ref);
  if (own === null || own.authorAddress === null) return null;
  const letters = own.letters.map((one) => letterMessageId(one, parts.writing.domain));
  const answerTo = await parts.store.read(viewer.school, (tx) =>
    letterPlace(tx, viewer.account, letters),
  );
  return { to: own.authorAddress, subject: `${own.subject} (${own.childName})`, answerTo };
}
