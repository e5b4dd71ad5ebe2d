import type { SchoolId, TemplateId } from '../../../core/ground/ids.ts';
import type {
  OfferedTemplates,
  TemplateSaved,
  TemplateWish,
} from '../../../core/mail/templates/contract.ts';
import { tick } from '../../components/field.ts';
import { formOf } from '../../components/form.ts';
import { formatButton } from '../../components/format-button.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { LONG_FIELD_CHARS } from '../../http/fields.ts';
import type { Form } from '../../http/forms.ts';
import { schoolIn } from './beside-templates.ts';
import { ownForm, ownFormPage } from './own-list.ts';
import { templateAt, templateList, type TemplatePart } from './templates.ts';

type Trouble = Exclude<TemplateSaved['kind'], 'saved'>;

const OFF = { autocomplete: 'off' } as const;
const TEMPLATE_FORM = formOf({
  school: {},
  title: { most: 60, isRequired: true, as: OFF },
  subject: { most: 255, as: OFF },
  text: { reads: LONG_FIELD_CHARS, isText: true, as: { rows: 12 } },
  html: { reads: LONG_FIELD_CHARS },
});
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
  const { school, title, subject, text, html: formatted } = TEMPLATE_FORM.typedIn(form);
  const wish: TemplateWish = {
    id,
    school: found === null ? schoolIn(school) : found.school,
    title,
    subject: subject.replaceAll('\t', ' '),
    text,
    ...(formatted === '' ? {} : { html: formatted }),
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
  const fields = TEMPLATE_FORM.shown(visit, {
    typed: { ...wish, school: String(wish.school ?? ''), html: wish.html ?? '' },
    wrong: trouble === null ? {} : { title: trouble },
  });
  return ownFormPage(visit, templateList(visit), {
    title: wish.id === null ? words.make : words.changeTitle(wish.title),
    trouble,
    scripts: ['template.js'],
    form: ownForm(visit, templateList(visit), {
      id: wish.id,
      name: (about) => fields.line('title', about),
      fields: html`
        ${wish.id === null ? forWhom(visit, offered, wish) : NOTHING}
        ${fields.line('subject', { label: words.subject })}
        <div class="words">${fields.text('text', { label: words.text })}</div>
        <p>${formatButton(visit, wish.html ?? null, 'template')}</p>
      `,
    }),
  });
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
  const radio = (school: SchoolId | null, label: string): Html =>
    tick({
      type: 'radio',
      name: 'school',
      value: school ?? '',
      isOn: chosen === school,
      words: label,
    });
  return html`
    <fieldset>
      <legend class="h3">${words.forWhom}</legend>
      ${radio(null, words.forMe)}
      ${headed.map(({ school, name }) => radio(school, words.forSchool(name)))}
    </fieldset>
  `;
}
