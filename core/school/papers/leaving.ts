import type { Left } from '../../mail/writing/contract.ts';
import { slipIn } from '../../mail/writing/draft-form.ts';
import { keptDraft, letterOf, writingOf } from '../../mail/writing/kept-draft.ts';
import { handIn as handInLetter } from '../../mail/writing/leaving.ts';
import { send } from '../../mail/writing/sending.ts';
import type { Viewer } from '../../rules/viewer.ts';
import type { DraftRef } from '../../store/mail/contract.ts';
import { ask, askedBefore, prepareFor } from './asking.ts';
import type { HandedDraft, HandedPaper } from './contract.ts';
import { draftedIn } from './drafting.ts';
import type { AskingParts } from './parts.ts';
import { unaskedLetter } from './words.ts';

/**
 * Hands a paper in as any letter is (decision 42): until its seconds are over or its hour has come
 * it is a draft, and nothing is asked. What will be wrong with it by then is said now.
 */
export async function handIn(
  parts: AskingParts,
  viewer: Viewer,
  { draft, letter, at }: HandedDraft & { readonly at: Date | null },
): Promise<HandedPaper> {
  const kept = draft && (await keptDraft(parts.writing, viewer, draft));
  if (draft === null || kept === null) return askedBefore(parts, viewer, letter);
  const drafted = draftedIn(slipIn(kept.raw));
  if (drafted === null) return { kind: 'missing' };
  const { wish, changes } = drafted;
  const asking = { draft, letter, wish };
  if (at === null && parts.writing.undoMs === 0) return ask({ parts, viewer }, asking, changes);
  const byThen = { ...parts, clock: () => at ?? parts.clock() };
  const prepared = await prepareFor({ parts: byThen, viewer }, asking, changes);
  if ('kind' in prepared) return prepared;
  const handed = await handInLetter(parts.writing, viewer, {
    ref: draft,
    at,
    send: () => send({ parts: parts.writing, viewer }, draft),
  });
  return handed.kind === 'leaves' || handed.kind === 'too-many-scheduled'
    ? handed
    : { kind: 'unsent', outcome: handed };
}

/** The clock's word: a draft leaves, with its paper where it has one. */
export async function leave(parts: AskingParts, viewer: Viewer, draft: DraftRef): Promise<Left> {
  const kept = await keptDraft(parts.writing, viewer, draft);
  const drafted = kept && draftedIn(slipIn(kept.raw));
  if (kept === null || drafted === null) return send({ parts: parts.writing, viewer }, draft);
  const letter = letterOf(kept, parts.writing.domain);
  const asking = { draft, letter, wish: drafted.wish };
  const asked = await ask({ parts, viewer }, asking, drafted.changes);
  if (asked.kind === 'asked') return { kind: 'accepted', message: null };
  if (asked.kind === 'unsent') return asked.outcome;
  if (asked.kind === 'underway') return asked;
  return { kind: 'unasked', said: unaskedLetter(writingOf(kept).subject, viewer.language) };
}
