import type { SchoolId } from '../../../ground/ids.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import type { DraftChoices } from '../../../store/schools/contract.ts';
import type { DraftContent, PackedLines } from './draft-content.ts';
import { filesOf, keepChoices, readContent } from './drafts.ts';
import { type OpenedDraft, openDraft } from './open-draft.ts';
import { tellBatch } from './outcomes.ts';
import { previewDraft } from './preview-draft.ts';
import type { PendingParts } from './rights.ts';
import { ELSEWHERE, readerOf, unveiled } from './show.ts';

export async function askColumns(
  parts: PendingParts,
  viewer: Viewer,
  of: { school: SchoolId; id: number },
): Promise<boolean> {
  const opened = await openDraft(parts, viewer, of);
  const content = opened?.content;
  if (!opened || content?.kind !== 'lines' || content.files === null) return false;
  const file = content.set.found.find(({ format }) => format === 'mapped')?.name ?? '';
  const { under, beside } = content;
  const asked: DraftContent = {
    under,
    beside,
    kind: 'files',
    files: content.files,
    why: { kind: 'unreadable', reason: 'header-unknown', at: { file, line: 1, column: null } },
  };
  return parts.store.write(of.school, (tx) =>
    keepChoices(parts, tx, { row: opened.row, content: asked, choices: opened.choices }),
  );
}

interface ChosenDraft {
  school: SchoolId;
  id: number;
  choices: Partial<DraftChoices>;
}

/**
 * Says more about a draft, and to the batch that it came with how it stands now. What somebody else
 * has said meanwhile stands beside it. False: not there, not theirs, or applied.
 */
export async function choose(
  parts: PendingParts,
  viewer: Viewer,
  { school, id, choices }: ChosenDraft,
): Promise<boolean> {
  for (;;) {
    const opened = await openDraft(parts, viewer, { school, id });
    if (opened === null || opened.content === null) return false;
    const { content } = opened;
    if (!(await chosen(parts, viewer, { opened: { ...opened, content }, choices }))) continue;
    await tellBatch(parts, viewer, { school, opened });
    return true;
  }
}

interface Choosing {
  readonly opened: OpenedDraft & { readonly content: DraftContent };
  readonly choices: ChosenDraft['choices'];
}

/** False: it has changed since it was opened. */
async function chosen(
  parts: PendingParts,
  viewer: Viewer,
  { opened, choices }: Choosing,
): Promise<boolean> {
  const { content, row } = opened;
  const school = opened.school.id;
  const merged: DraftChoices = {
    ...opened.choices,
    ...choices,
    mappings: { ...opened.choices.mappings, ...choices.mappings },
  };
  const isReadAnew = choices.mappings !== undefined || choices.exported !== undefined;
  const next = isReadAnew ? await readAgain(parts, school, { content, choices: merged }) : content;
  const decisions =
    choices.decisions !== undefined && next.kind === 'lines'
      ? await decided(parts, viewer, { opened, content: next, merged, said: choices.decisions })
      : merged.decisions;
  const kept = { content: next, choices: { ...merged, decisions } };
  return parts.store.write(school, (tx) => keepChoices(parts, tx, { row, ...kept }));
}

/** What can't be read with these columns is asked again, with the reason. */
async function readAgain(
  parts: PendingParts,
  school: SchoolId,
  { content, choices }: { content: DraftContent; choices: DraftChoices },
): Promise<DraftContent> {
  const { files, under, beside } = content;
  if (files === null) return content;
  const again = await readContent(parts, school, { files: filesOf(files), choices });
  return again.kind === 'unreadable'
    ? { kind: 'files', files, why: again, under, beside }
    : { ...again, under, beside };
}

interface ChoicesSaid {
  readonly opened: OpenedDraft;
  readonly content: PackedLines;
  readonly merged: DraftChoices;
  readonly said: DraftChoices['decisions'];
}

/** The decisions so far with those said now, which may stand for what the reader was not shown. */
async function decided(
  parts: PendingParts,
  viewer: Viewer,
  { opened, content, merged, said }: ChoicesSaid,
): Promise<DraftChoices['decisions']> {
  const seen = await previewDraft(parts, viewer, {
    school: opened.school.id,
    row: opened.row,
    content,
    choices: { ...merged, decisions: {} },
  });
  const questions = seen.kind === 'preview' ? seen.questions : [];
  // Answers that the first look doesn't ask for may answer a question that came of another answer.
  const known = new Set(questions.map(({ key }) => key));
  const others = Object.entries(said).filter(
    ([key, answer]) => !known.has(key) && !answer.startsWith(ELSEWHERE),
  );
  return {
    ...opened.choices.decisions,
    ...Object.fromEntries(others),
    ...unveiled(readerOf(viewer, [], parts.secret), questions, said),
  };
}
