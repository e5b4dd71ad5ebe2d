import { hash } from 'node:crypto';
import type { SchoolId } from '../../../ground/ids.ts';
import { isUnreadable } from '../../../roster/reading/trouble.ts';
import { importSentence } from '../../../roster/reasons.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import type { DraftChoices } from '../../../store/schools/contract.ts';
import type { ShownDraft } from './contract.ts';
import { saidIn, type PackedFiles } from './draft-content.ts';
import { filesOf, headersOf } from './drafts.ts';
import { openDraft } from './open-draft.ts';
import { previewDraft } from './preview-draft.ts';
import { ownSchools, type PendingParts } from './rights.ts';
import { readerOf, shownTo, unusableSentence, veiledDecisions } from './show.ts';

export async function shownDraft(
  parts: PendingParts,
  viewer: Viewer,
  of: { school: SchoolId; id: number },
): Promise<ShownDraft | null> {
  const opened = await openDraft(parts, viewer, of);
  if (opened === null) return null;
  const { school, row, content, choices } = opened;
  const head = {
    id: row.id,
    school,
    year: row.schoolYear,
    at: row.createdAt,
    batch: viewer.role === 'agent' && viewer.communes === null ? row.batch : null,
  };
  if (content === null || row.content === null)
    return { ...head, kind: 'settled', import: row.importId };
  if (content.kind === 'files')
    return { ...head, ...(await askingOf(parts, viewer, { content, choices })) };
  const looked = await previewDraft(parts, viewer, { row, content, choices, school: school.id });
  if (looked.kind !== 'preview')
    return { ...head, kind: 'unusable', sentence: unusableSentence(looked, viewer.language) };
  const reader = readerOf(viewer, await ownSchools(parts, viewer), parts.secret);
  const preview = shownTo(reader, { ...looked.preview, questions: looked.questions });
  return {
    ...head,
    kind: 'preview',
    version: hash('sha256', row.content).slice(0, 16),
    preview,
    found: saidIn(content).set.found,
    rehearsal: looked.rehearsal,
    sameFileAppliedAt: looked.sameFileAppliedAt,
    mapped: content.files !== null,
    choices: {
      ...choices,
      decisions: veiledDecisions(reader, looked.questions, choices.decisions),
    },
  };
}

type AskingDraft = Extract<ShownDraft, { kind: 'columns' | 'which-school' }>;

async function askingOf(
  parts: PendingParts,
  viewer: Viewer,
  { content, choices }: { content: PackedFiles; choices: DraftChoices },
): Promise<
  | Omit<Extract<AskingDraft, { kind: 'columns' }>, 'id' | 'school' | 'year' | 'at' | 'batch'>
  | Omit<Extract<AskingDraft, { kind: 'which-school' }>, 'id' | 'school' | 'year' | 'at' | 'batch'>
> {
  if (content.why.reason === 'several-schools') {
    const found = await parts.files.read('exportedIn', filesOf(content.files));
    return { kind: 'which-school', exported: isUnreadable(found) ? [] : found };
  }
  const head = await headersOf(parts, content);
  const { file = content.why.at.file, header = '', headers = [], sample = [] } = head ?? {};
  return {
    kind: 'columns',
    file,
    header,
    headers,
    sample,
    mapping: choices.mappings[header] ?? null,
    complaint:
      content.why.reason === 'header-unknown' ? null : importSentence(content.why, viewer.language),
  };
}
