import { z } from 'zod';
import { anId, aSchool } from '../../ground/id-shapes.ts';
import type { PaperId } from '../../ground/ids.ts';
import type { DraftOutcome, Writing, Writings } from '../../mail/writing/contract.ts';
import { letterIn, SLIP_FIELD } from '../../mail/writing/draft-form.ts';
import { keep } from '../../mail/writing/keeping.ts';
import type { RoomVisit, Viewer } from '../../rules/viewer.ts';
import { draftsWith } from '../../store/mail/drafts.ts';
import type { PaperDraft, PaperDraftLine } from './contract.ts';
import type { AskingParts } from './parts.ts';

const text = z.string();
/** What a draft carries: whatever a page kept, whether it can be asked or not. */
const DRAFT = z.object({
  wish: z.object({
    text,
    place: text,
    price: text,
    day: text,
    lastDay: text,
    from: text,
    to: text,
    question: z.enum(['sign', 'yes-no', 'choice', 'words']),
    options: z.array(text),
    needed: z.enum(['one', 'each', 'usual']),
    untilDay: text,
    untilTime: text,
    reminds: z.boolean(),
    asksNumber: z.boolean(),
  }),
  changes: z.object({ school: aSchool, paper: anId<PaperId>() }).nullable(),
});

/** Keeps a letter with what it is to ask, as a draft of which nothing is asked yet. */
export function keepDraft(
  { parts, viewer }: RoomVisit<AskingParts>,
  writing: Writing,
  { slip, ...from }: Omit<Parameters<Writings['keep']>[2], 'slip'> & { readonly slip: PaperDraft },
): Promise<DraftOutcome> {
  return keep({ parts: parts.writing, viewer }, writing, { ...from, slip: JSON.stringify(slip) });
}

/** Papers that somebody has begun, wherever their drafts say of which letter they are. */
export async function drafts(
  { store, writing: { domain } }: AskingParts,
  viewer: Viewer,
): Promise<readonly PaperDraftLine[]> {
  const rows = await store.read(viewer.school, (tx) => draftsWith(tx, viewer.account, SLIP_FIELD));
  return rows.flatMap(({ messageId, subject, at, leavesAt }) => {
    const letter = letterIn(messageId, domain);
    return letter === null ? [] : [{ letter, subject, at, leavesAt }];
  });
}

/** What a draft is to ask; null: it is a letter like any other. */
export function draftedIn(slip: string | null): PaperDraft | null {
  const read = slip === null ? null : DRAFT.safeParse(jsonIn(slip));
  if (!read?.success) return null;
  return read.data;
}

/** A mail program may have written anything there. */
function jsonIn(slip: string): unknown {
  try {
    return JSON.parse(slip);
  } catch {
    return null;
  }
}
