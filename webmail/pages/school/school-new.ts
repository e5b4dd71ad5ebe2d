import type { WithConfig } from '../../../core/ground/config.ts';
import { actsForTown } from '../../../core/rules/viewer.ts';
import type { WithTown } from '../../../core/town/town/contract.ts';
import { isRefused } from '../../components/form.ts';
import { schoolPage } from '../../components/school-page.ts';
import type { FramePart } from '../../frame/frame.ts';
import { backLink, icon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import type { Form } from '../../http/forms.ts';
import {
  identityFields,
  SCHOOL_FORM,
  typedSchool,
  wishOf,
  wrongFields,
  type FilledSchool,
} from './school-form.ts';

type NewVisit = Visit<FramePart & WithConfig & WithTown>;

/** GET /schools/new: a school of its own, by hand. */
export async function newSchool(
  visit: NewVisit,
  form: FilledSchool = SCHOOL_FORM.blank(),
): Promise<Answer> {
  if (!actsForTown(visit.viewer)) return MISSING;
  const communes = await visit.core.town.communes(visit.viewer);
  if (communes === null) return MISSING;
  const words = visit.texts.townSchools;
  const content = html`
    ${backLink(visit, '/school', words.back)}
    <div>
      <h1>${words.sheet.newTitle}</h1>
      <p class="soft">${words.sheet.newLead}</p>
    </div>
    <form class="sheet pad stack" method="post" action="/schools/new" novalidate>
      ${identityFields(visit, { form, communes, hasAddresses: false })}
      <div class="row">
        ${token(visit)}
        <button class="btn main">${icon(visit, 'plus')}${words.sheet.add}</button>
        <a class="btn quiet" href="/schools/file">${words.list.file}</a>
      </div>
    </form>
  `;
  return schoolPage(visit, {
    title: words.sheet.newTitle,
    content,
    refused: isRefused(form),
  });
}

/** POST /schools/new. */
export async function addNewSchool(visit: NewVisit, form: Form): Promise<Answer> {
  const { core, viewer } = visit;
  if (!actsForTown(viewer) || (await core.town.communes(viewer)) === null) return MISSING;
  const typed = typedSchool(form);
  const added = await core.town.addSchool(viewer, { ...wishOf(typed), domain: null });
  if (added.kind === 'missing') return MISSING;
  if (added.kind === 'done') return { kind: 'go', to: `/schools/${added.id}?said=added` };
  return newSchool(visit, { typed, wrong: wrongFields(visit, added.why) });
}
