import type { SchoolId } from '../../../ground/ids.ts';
import type { Preview, RosterQuestion } from '../../../roster/preview.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import type { DraftChoices } from '../../../store/schools/contract.ts';
import type { DraftRow } from '../../../store/schools/roster-drafts.ts';
import type { Unusable } from '../contract.ts';
import { previewDated } from '../preview-wish.ts';
import type { PackedLines } from './draft-content.ts';
import { wishOfDraft } from './drafts.ts';
import { actorOf, type PendingParts } from './rights.ts';
import { allQuestions } from './show.ts';

interface DraftPreview {
  readonly kind: 'preview';
  readonly preview: Preview;
  readonly questions: readonly RosterQuestion[];
  readonly rehearsal: boolean;
  readonly sameFileAppliedAt: Date | null;
}

/** A draft as it lies, and what was said about it. */
interface DraftToPreview {
  school: SchoolId;
  row: DraftRow;
  content: PackedLines;
  choices: DraftChoices;
}

/**
 * What it would come to with the answers so far, and every question, answered or not; or why
 * nothing can be made of it any more: its school has ended, its school year is over.
 */
export async function previewDraft(
  parts: PendingParts,
  viewer: Viewer,
  { school, row, content, choices }: DraftToPreview,
): Promise<DraftPreview | Unusable> {
  const look = async (decisions: DraftChoices['decisions']) => {
    const dated = await wishOfDraft(parts, {
      school,
      year: row.schoolYear,
      content,
      choices: { ...choices, decisions },
      by: actorOf(viewer, ''),
    });
    return dated.kind === 'dated' ? previewDated(parts, dated) : dated;
  };
  const now = await look(choices.decisions);
  if (now.kind !== 'preview') return now;
  if (Object.keys(choices.decisions).length === 0)
    return { ...now, questions: now.preview.questions };
  const before = await look({});
  return {
    ...now,
    questions: allQuestions(
      before.kind === 'preview' ? before.preview.questions : [],
      now.preview.questions,
    ),
  };
}
