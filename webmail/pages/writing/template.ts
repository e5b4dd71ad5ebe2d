import type { TemplateId } from '../../../core/ground/ids.ts';
import type {
  OfferedTemplates,
  TemplateSaved,
  TemplateWish,
} from '../../../core/mail/templates/contract.ts';
import { lineField, textField } from '../../components/field.ts';
import type { Visit } from '../../frame/visit.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { LONG_FIELD_CHARS } from '../../http/fields.ts';
import { field, type Form } from '../../http/forms.ts';
import { schoolIn } from './beside-templates.ts';
import { ownForm, ownFormPage } from './own-list.ts';
import { templateAt, templateList, type TemplatePart } from './templates.ts';

type Trouble = Exclude<TemplateSaved['kind'], 'saved'>;

const NEW: TemplateWish = { id: null, school: null, title: '', subject: '', text: '' };

/** GET /templates/new: a letter to begin with that isn't there yet. */
export async function newTemplate(visit: Visit<TemplatePart>): Promise<Answer> {
  return show(visit, NEW, null);
}

/** GET /templates/:template: one that the viewer may change. */
export async function template(visit: Visit<TemplatePart>, id: TemplateId): Promise<Answer> {
  const found = await templateAt(visit, id);
  if (found === null || !found.mayChange) return MISSING;
  return show(visit, { ...found.template, school: found.school }, null);
}

/** POST /templates and /templates/:template/change: made, or changed. */
export async function saveTemplate(
  visit: Visit<TemplatePart>,
  id: TemplateId | null,
  form: Form,
): Promise<Answer> {
  const found = id === null ? null : await templateAt(visit, id);
  if (id !== null && found === null) return MISSING;
  const wish: TemplateWish = {
    id,
    school: found === null ? schoolIn(field(form, 'school')) : found.school,
    title: field(form, 'title'),
    subject: field(form, 'subject').replaceAll('\t', ' '),
    text: field(form, 'text', LONG_FIELD_CHARS).replace(/\r\n?/g, '\n'),
  };
  const saved = await visit.core.templates.save(visit.viewer, wish);
  if (saved.kind === 'missing') return MISSING;
  return saved.kind === 'saved'
    ? { kind: 'go', to: '/templates?said=saved' }
    : show(visit, wish, saved.kind);
}

async function show(
  visit: Visit<TemplatePart>,
  wish: TemplateWish,
  why: Trouble | null,
): Promise<Answer> {
  const offered = await visit.core.templates.offered(visit.viewer);
  if (offered === null) return MISSING;
  const words = visit.texts.templates;
  const trouble = why && words.why[why];
  return ownFormPage(visit, templateList(visit), {
    title: wish.id === null ? words.make : words.changeTitle(wish.title),
    trouble,
    form: ownForm(visit, templateList(visit), {
      id: wish.id,
      name: { field: 'title', value: wish.title, most: 60 },
      trouble,
      fields: letterFields(visit, offered, wish),
    }),
  });
}

function letterFields(visit: Visit, offered: OfferedTemplates, wish: TemplateWish): Html {
  const words = visit.texts.templates;
  return html`
    ${wish.id === null ? forWhom(visit, offered, wish) : NOTHING}
    ${lineField(visit, {
      name: 'subject',
      label: words.subject,
      value: wish.subject,
      as: { maxlength: 255, autocomplete: 'off' },
    })}
    ${textField(visit, { name: 'text', label: words.text, value: wish.text, as: { rows: 12 } })}
  `;
}

/** A head may make one for all adults of their school. */
function forWhom(
  visit: Visit,
  { schools }: OfferedTemplates,
  { school: chosen }: TemplateWish,
): Html {
  const words = visit.texts.templates;
  const headed = schools.filter(({ mayChange }) => mayChange);
  if (headed.length === 0) return NOTHING;
  const radio = (value: string, label: string, checked: boolean): Html => html`
    <label class="tick">
      <input type="radio" name="school" value="${value}" ${attributes({ checked })} />
      <span>${label}</span>
    </label>
  `;
  return html`
    <fieldset>
      <legend class="h3">${words.forWhom}</legend>
      ${radio('', words.forMe, chosen === null)}
      ${headed.map(({ school, name }) =>
        radio(String(school), words.forSchool(name), chosen === school),
      )}
    </fieldset>
  `;
}
