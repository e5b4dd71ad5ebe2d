import type { SchoolId } from '../../../core/ground/ids.ts';
import type {
  ShownDraft,
  WithPendingImports,
} from '../../../core/school/imports/pending/contract.ts';
import type { FramePart } from '../../frame/frame.ts';
import { token } from '../../frame/parts.ts';
import { banner } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import { columnsPage, mappingOf } from './roster-columns.ts';
import { rosterPage } from './roster-parts.ts';
import { rosterPreview, type AfterDraft } from './roster-preview.ts';

type WhichSchool = Extract<ShownDraft, { kind: 'which-school' }>;
type UnusableDraft = Extract<ShownDraft, { kind: 'unusable' }>;
interface Draft {
  readonly school: SchoolId;
  readonly id: number;
}

/** Answers to questions are fields with this before their key. */
const QUESTION = 'q:';

/** GET /roster/:school/draft/:draft: what is still asked, or what it would change. */
export async function rosterDraft(
  visit: Visit<FramePart & WithPendingImports>,
  { school, id }: Draft,
  { said, missing }: AfterDraft,
): Promise<Answer> {
  const draft = await visit.core.pendingImports.draft(visit.viewer, school, id);
  if (draft === null) return MISSING;
  switch (draft.kind) {
    case 'columns':
      return columnsPage(
        visit,
        draft,
        draft.complaint ?? (said === 'missing' ? visit.texts.roster.columns.missing : null),
      );
    case 'which-school':
      return whichPage(visit, draft, said);
    case 'preview':
      return rosterPreview(visit, draft, { said, missing });
    case 'unusable':
      return unusablePage(visit, draft);
    case 'settled': {
      const { import: made } = draft;
      return {
        kind: 'go',
        to: `/roster/${school}${made === null ? '?said=nothing' : `/import/${made}`}`,
      };
    }
  }
}

/** What to do first, or to give the draft up. */
function unusablePage(
  visit: Visit<FramePart>,
  { school, id, sentence }: UnusableDraft,
): Promise<Answer> {
  const words = visit.texts.roster.preview;
  const content = html`
    <h1>${words.title}</h1>
    ${banner(visit, 'stop', sentence)}
    <form method="post" action="/roster/${school.id}/draft/${id}">
      ${token(visit)}
      <button class="btn" name="act" value="discard">${words.discard}</button>
    </form>
  `;
  return rosterPage(visit, { title: words.title, content });
}

function whichPage(visit: Visit<FramePart>, draft: WhichSchool, said: unknown): Promise<Answer> {
  const words = visit.texts.roster.which;
  const content = html`
    <div>
      <h1>${words.title}</h1>
      <p class="soft">${words.lead}</p>
    </div>
    ${said === 'missing' ? banner(visit, 'stop', words.missing) : NOTHING}
    <form
      class="sheet pad stack"
      method="post"
      action="/roster/${draft.school.id}/draft/${draft.id}"
      novalidate
    >
      <fieldset>
        <legend class="vh">${words.title}</legend>
        ${draft.exported.map(
          (one) => html`
            <label class="row choice">
              <input type="radio" name="exported" value="${one.sourcedId}" required />
              <span>
                ${one.name}${' '}
                <span class="soft small">${one.identifier ?? ''}</span>
              </span>
            </label>
          `,
        )}
      </fieldset>
      <div class="row">
        ${token(visit)}
        <button class="btn main" name="act" value="school">${words.choose}</button>
        <button class="btn" name="act" value="discard">
          ${visit.texts.roster.preview.discard}
        </button>
      </div>
    </form>
  `;
  return rosterPage(visit, { title: words.title, content });
}

/**
 * POST /roster/:school/draft/:draft: says which column, which school, who is who; gives up;
 * applies.
 */
export async function decideDraft(
  visit: Visit<FramePart & WithPendingImports>,
  { school, id }: Draft,
  form: Form,
): Promise<Answer> {
  const { pendingImports: imports } = visit.core;
  const here = `/roster/${school}/draft/${id}`;
  const chosen = async (
    choices: Parameters<typeof imports.choose>[2]['choices'],
    said = '',
  ): Promise<Answer> =>
    (await imports.choose(visit.viewer, school, { id, choices }))
      ? { kind: 'go', to: `${here}${said}` }
      : MISSING;
  switch (field(form, 'act')) {
    case 'columns': {
      const mapping = mappingOf(form);
      return mapping === null
        ? { kind: 'go', to: `${here}?said=missing` }
        : chosen({ mappings: { [field(form, 'header').slice(0, 64)]: mapping } });
    }
    case 'school': {
      const exported = field(form, 'exported');
      return exported === '' ? { kind: 'go', to: `${here}?said=missing` } : chosen({ exported });
    }
    case 'discard':
      return (await imports.discard(visit.viewer, school, id))
        ? { kind: 'go', to: `/roster/${school}` }
        : MISSING;
    case 'ask-columns':
      return (await imports.askColumns(visit.viewer, school, id))
        ? { kind: 'go', to: here }
        : MISSING;
    case 'decide':
      return chosen(answersOf(form), '?said=saved');
    case 'apply':
      return apply(visit, { school, id }, form);
    default:
      return MISSING;
  }
}

async function apply(
  visit: Visit<FramePart & WithPendingImports>,
  { school, id }: Draft,
  form: Form,
): Promise<Answer> {
  const { core, viewer } = visit;
  const shown = await core.pendingImports.draft(viewer, school, id);
  // Settled meanwhile, by a second press or a colleague: its page says what became of it.
  await core.pendingImports.choose(viewer, school, { id, choices: answersOf(form) });
  if (shown?.kind === 'preview' && shown.version !== field(form, 'shown'))
    return rosterDraft(visit, { school, id }, { said: 'changed', missing: null });
  const reason = field(form, 'reason').trim().slice(0, 200);
  if (viewer.role === 'agent' && reason === '')
    return rosterDraft(visit, { school, id }, { said: null, missing: 'reason' });
  const applied = await core.pendingImports.apply(viewer, school, { id, reason });
  if (applied === null) return MISSING;
  if (applied.kind === 'stopped')
    return { kind: 'go', to: `/roster/${school}/draft/${id}?said=stopped` };
  return {
    kind: 'go',
    to:
      applied.kind === 'nothing'
        ? `/roster/${school}?said=nothing`
        : `/roster/${school}/import/${applied.import}?said=done`,
  };
}

function answersOf(form: Form): {
  readonly decisions: Readonly<Record<string, string>>;
  readonly retyped: number | null;
  readonly arrivals: number | null;
} {
  const decisions = Object.fromEntries(
    form.fields.under(QUESTION).filter(([, value]) => value !== ''),
  );
  return { decisions, retyped: typed(form, 'retyped'), arrivals: typed(form, 'arrivals') };
}

function typed(form: Form, name: string): number | null {
  const number = field(form, name).trim();
  return /^\d{1,6}$/.test(number) ? Number(number) : null;
}
