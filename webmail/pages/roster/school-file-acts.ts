import type { WithConfig } from '../../../core/ground/config.ts';
import type {
  SchoolsApplied,
  WithSchoolImports,
} from '../../../core/town/town/school-imports/contract.ts';
import type { FramePart } from '../../frame/frame.ts';
import type { Visit } from '../../frame/visit.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { LONG_FIELD_CHARS } from '../../http/fields.ts';
import { field, fieldsOf, type Form } from '../../http/forms.ts';
import { schoolColumnsOf, schoolColumnsPage } from './school-file-columns.ts';
import { schoolImportDone } from './school-file-done.ts';
import {
  schoolPreview,
  type PreviewNotice,
  type ShownSchoolPreview,
} from './school-file-preview.ts';
import { CLOSING, SHORT_NAME } from './school-file-tables.ts';

type SchoolFileVisit = Visit<FramePart & WithConfig & WithSchoolImports>;
const MOST_NAMES = 1_000;

/** GET /schools/file/:import: what is still asked, what it would do, or what it did. */
export async function schoolImport(
  visit: SchoolFileVisit,
  id: number,
  said: unknown,
): Promise<Answer> {
  const shown = await visit.core.schoolImports.show(visit.viewer, id);
  if (shown === null) return MISSING;
  const words = visit.texts.townSchools;
  switch (shown.kind) {
    case 'columns':
      return schoolColumnsPage(visit, shown, null);
    case 'preview':
      return schoolPreview(
        visit,
        shown,
        said === 'looked' ? { tone: 'ok', text: words.preview.looked } : null,
      );
    case 'applied':
      return schoolImportDone(visit, shown, said);
  }
}

/** POST /schools/file/:import: says columns, communes, short names and days; gives up; applies. */
export async function decideSchoolImport(
  visit: SchoolFileVisit,
  id: number,
  form: Form,
): Promise<Answer> {
  const { core, viewer } = visit;
  const shown = await core.schoolImports.show(viewer, id);
  if (shown === null) return MISSING;
  // Settled meanwhile, by a second press or a colleague: its page says what became of it.
  if (shown.kind === 'applied') return { kind: 'go', to: `/schools/file/${id}` };
  const act = field(form, 'act');
  if (act === 'discard') {
    await core.schoolImports.discard(viewer, id);
    return { kind: 'go', to: '/schools/file?said=discarded' };
  }
  if (shown.kind === 'columns')
    return act === 'columns' ? nameColumns(visit, shown, form) : MISSING;
  if (act === 'communes') return chooseCommunes(visit, shown, form);
  return act === 'look' || act === 'apply' ? lookOrApply(visit, shown, { act, form }) : MISSING;
}

async function nameColumns(
  visit: SchoolFileVisit,
  shown: Parameters<typeof schoolColumnsPage>[1],
  form: Form,
): Promise<Answer> {
  const columns = schoolColumnsOf(form);
  if (columns === null)
    return schoolColumnsPage(visit, shown, visit.texts.townSchools.columns.missing);
  const read = await visit.core.schoolImports.nameColumns(visit.viewer, shown.id, columns);
  if (read.kind === 'refused') return schoolColumnsPage(visit, shown, read.sentence);
  return read.kind === 'given' ? { kind: 'go', to: `/schools/file/${shown.id}` } : MISSING;
}

/** Those that are ticked and those that are named. */
async function chooseCommunes(
  { core, viewer }: SchoolFileVisit,
  { id }: ShownSchoolPreview,
  form: Form,
): Promise<Answer> {
  const named = field(form, 'names', LONG_FIELD_CHARS)
    .split(/[\n;,]/)
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .slice(0, MOST_NAMES);
  const communes = [...new Set([...fieldsOf(form, 'commune'), ...named])];
  return (await core.schoolImports.choose(viewer, id, { communes }))
    ? { kind: 'go', to: `/schools/file/${id}` }
    : MISSING;
}

async function lookOrApply(
  visit: SchoolFileVisit,
  { id }: ShownSchoolPreview,
  { act, form }: { readonly act: 'look' | 'apply'; readonly form: Form },
): Promise<Answer> {
  const { core, viewer } = visit;
  const choices = { shortNames: typed(form, SHORT_NAME), closings: typed(form, CLOSING) };
  if (!(await core.schoolImports.choose(viewer, id, choices))) return MISSING;
  if (act === 'look') return { kind: 'go', to: `/schools/file/${id}?said=looked` };
  const applied = await core.schoolImports.apply(viewer, id, field(form, 'seen'));
  if (applied.kind === 'missing') return MISSING;
  if (applied.kind === 'applied') return { kind: 'go', to: `/schools/file/${id}?said=done` };
  return again(visit, id, noticeOf(visit, applied));
}

function noticeOf(
  { texts }: Visit,
  applied: Exclude<SchoolsApplied, { kind: 'applied' | 'missing' }>,
): PreviewNotice {
  const words = texts.townSchools;
  if (applied.kind === 'nothing') return { tone: 'ok', text: words.done.nothing };
  const { stopped } = words.preview;
  if (applied.kind === 'changed-meanwhile')
    return { tone: 'stop', text: stopped['changed-meanwhile'] };
  const { shortNames, days } = applied;
  const said = [
    shortNames === 0 ? '' : stopped.shortNames(shortNames),
    days.length === 0 ? '' : stopped.days(texts.list(days)),
  ];
  return { tone: 'stop', text: said.filter((one) => one !== '').join(' ') };
}

/** The preview as it stands now, with what was wrong above it. */
async function again(visit: SchoolFileVisit, id: number, notice: PreviewNotice): Promise<Answer> {
  const shown = await visit.core.schoolImports.show(visit.viewer, id);
  return shown?.kind === 'preview' ? schoolPreview(visit, shown, notice) : MISSING;
}

/** What was written into fields of one kind, by the school's number; '' is nothing. */
function typed(form: Form, kind: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    form.fields
      .under(kind)
      .map(([key, value]) => [key.slice(0, MOST_KEY), value.trim().slice(0, MOST_VALUE)] as const)
      .filter(([, value]) => value !== ''),
  );
}

const MOST_KEY = 20;
const MOST_VALUE = 60;

/** POST /schools/file/:import/undo: the last import, while it can be. */
export async function undoSchoolImport(visit: SchoolFileVisit, id: number): Promise<Answer> {
  const undone = await visit.core.schoolImports.undo(visit.viewer, id);
  if (undone.kind === 'missing') return MISSING;
  return undone.kind === 'undone'
    ? { kind: 'go', to: `/schools/file/${id}?said=undone` }
    : schoolImport(visit, id, 'not-undone');
}
