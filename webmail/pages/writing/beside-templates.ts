import type { SchoolId } from '../../../core/ground/ids.ts';
import type {
  Template,
  TemplateSaved,
  WithTemplates,
} from '../../../core/mail/templates/contract.ts';
import type { WithWritings, Writing } from '../../../core/mail/writing/contract.ts';
import { icon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { field, type Form } from '../../http/forms.ts';
import { schoolIdOf, templateIdOf } from '../../ids.ts';
import type { WritingPage } from './writing-page.ts';

/** A button of « Modèles » says which one. */
const USE = 'template ';
/** The button that makes a template of what is written. */
const MAKE = 'make-template';

/** « Modèles » beside the letter: one touch fills it, and what is written becomes one. */
export function templatesBeside(visit: Visit, { templates }: WritingPage): Html {
  if (templates === null) return NOTHING;
  const words = visit.texts.templates;
  const filled = templates.schools.filter((one) => one.templates.length > 0);
  const one = ({ id, title }: Template): Html => html`
    <li><button class="link" name="act" value="${USE}${id}">${title}</button></li>
  `;
  const list = (all: readonly Template[]): Html => html`
    <ul class="template-list small">
      ${all.map(one)}
    </ul>
  `;
  return html`
    <section class="sheet pad-s stack tight templates" aria-labelledby="templates">
      <h2 class="h3" id="templates">${words.title}</h2>
      ${templates.own.length === 0 ? NOTHING : list(templates.own)}
      ${filled.map(
        ({ name, templates: all }) => html`
          <p class="grp">${name}</p>
          ${list(all)}
        `,
      )}
      ${makeOne(visit, templates.schools)}
      <p>
        <button class="btn mini" name="act" value="templates">
          ${icon(visit, 'file')}${words.manage}
        </button>
      </p>
    </section>
  `;
}

/** What is on the page as a template: one's own, or of a school that one heads. */
function makeOne(visit: Visit, schools: NonNullable<WritingPage['templates']>['schools']): Html {
  const words = visit.texts.templates;
  const headed = schools.filter(({ mayChange }) => mayChange);
  const forWhom = html`
    <label for="tf">${words.forWhom}</label>
    <select id="tf" name="template-school">
      <option value="">${words.forMe}</option>
      ${headed.map(
        ({ school, name }) => html`
          <option value="${school}">${words.forSchool(name)}</option>
        `,
      )}
    </select>
  `;
  return html`
    <details>
      <summary class="small">${words.keep}</summary>
      <div class="stack tight">
        <label for="tt">${words.name}</label>
        <input class="input" id="tt" name="template-title" maxlength="60" autocomplete="off" />
        ${headed.length === 0 ? NOTHING : forWhom}
        <p>
          <button class="btn mini" name="act" value="${MAKE}">
            ${icon(visit, 'check')}${words.keepNow}
          </button>
        </p>
      </div>
    </details>
  `;
}

/**
 * A letter with a template in it, where its button was pressed. Null where another button was, or
 * the template is gone.
 */
export async function filledBy(
  visit: Visit<WithTemplates<'fill'>>,
  written: Writing,
  act: string,
): Promise<Writing | null> {
  const id = act.startsWith(USE) ? templateIdOf(act.slice(USE.length)) : null;
  const words = id === null ? null : await visit.core.templates.fill(visit.viewer, written, id);
  return words === null ? null : { ...written, ...words };
}

/** What became of a template that was to be made of a letter; null where nobody asked for one. */
export async function madeFrom(
  visit: Visit<WithTemplates<'save'> & WithWritings<'signature'>>,
  { subject, text, html: formatted }: Writing,
  { form, act }: { readonly form: Form; readonly act: string },
): Promise<{ readonly title: string; readonly outcome: TemplateSaved['kind'] } | null> {
  if (act !== MAKE) return null;
  const title = field(form, 'template-title').trim();
  const saved = await visit.core.templates.save(visit.viewer, {
    id: null,
    school: schoolIn(field(form, 'template-school')),
    title,
    subject,
    text,
    ...(formatted === undefined ? {} : { html: formatted }),
    signature: (await visit.core.writings.signature(visit.viewer)).text,
  });
  return { title, outcome: saved.kind };
}

/** For whom a template is: a school, or the viewer alone. */
export const schoolIn = (text: string): SchoolId | null => (text === '' ? null : schoolIdOf(text));
