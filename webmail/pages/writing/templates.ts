import type { SchoolId, TemplateId } from '../../../core/ground/ids.ts';
import type {
  OfferedTemplates,
  Template,
  WithTemplates,
} from '../../../core/mail/templates/contract.ts';
import type { FramePart } from '../../frame/frame.ts';
import { icon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import { schoolIn } from './beside-templates.ts';
import { ownLines, ownListPage, type OwnList } from './own-list.ts';
import { signedWords } from './signed.ts';
import { show as showLetter, type WritePart } from './write.ts';
import { EMPTY } from './writing-page.ts';

export type TemplatePart = FramePart & WithTemplates;

const SAID = ['saved', 'removed', 'begun'] as const;
/** Signs of a text that its line shows. */
const PREVIEW = 120;

/** One of the templates that somebody is offered, and whose it is; null for none. */
export async function templateAt(
  visit: Visit<WithTemplates<'offered'>>,
  id: TemplateId,
): Promise<{
  readonly template: Template;
  readonly school: SchoolId | null;
  readonly mayChange: boolean;
} | null> {
  const offered = await visit.core.templates.offered(visit.viewer);
  if (offered === null) return null;
  const own = offered.own.find((one) => one.id === id);
  if (own !== undefined) return { template: own, school: null, mayChange: true };
  for (const { school, mayChange, templates: all } of offered.schools) {
    const template = all.find((one) => one.id === id);
    if (template !== undefined) return { template, school, mayChange };
  }
  return null;
}

/** The list of letters to begin with, in this reader's words. */
export const templateList = ({ texts }: Visit): OwnList => ({
  path: '/templates',
  words: texts.templates,
});

/** GET /templates: one's own letters to begin with, and the school's. */
export async function templates(visit: Visit<TemplatePart>, said: unknown): Promise<Answer> {
  const offered = await visit.core.templates.offered(visit.viewer);
  if (offered === null) return MISSING;
  const known = SAID.find((one) => one === said);
  return ownListPage(visit, templateList(visit), {
    said: known && visit.texts.templates.said[known],
    lines: sections(visit, offered),
  });
}

function sections(visit: Visit, { own, schools }: OfferedTemplates): Html {
  const words = visit.texts.templates;
  return html`
    <h2>${words.own}</h2>
    ${lines(visit, own, { mayChange: true })}
    ${schools.map(
      ({ school, name, mayChange, templates: all }) => html`
        <h2>${words.ofSchool(name)}</h2>
        <p class="soft small">${words.ofSchoolHint}</p>
        ${all.length === 0 && mayChange ? beginForm(visit, school) : lines(visit, all, { mayChange })}
      `,
    )}
  `;
}

function lines(
  visit: Visit,
  all: readonly Template[],
  { mayChange }: { readonly mayChange: boolean },
): Html {
  if (all.length === 0)
    return html`
      <p class="soft">${visit.texts.templates.none}</p>
    `;
  const shown = all.map(({ id, title, subject, text }) => ({
    id,
    name: title,
    shown: title,
    about: [subject, text.slice(0, PREVIEW)].filter((one) => one !== '').join(' – '),
    spine: NOTHING,
    mayWrite: true,
    mayChange,
  }));
  return ownLines(visit, templateList(visit), shown);
}

/** What a school without any may begin with. */
function beginForm(visit: Visit, school: SchoolId): Html {
  const words = visit.texts.templates;
  return html`
    <form class="sheet pad stack tight" method="post" action="/templates/begin">
      <p>${words.none} ${words.beginHint}</p>
      ${token(visit)}
      <input type="hidden" name="school" value="${school}" />
      <p><button class="btn">${icon(visit, 'plus')}${words.begin}</button></p>
    </form>
  `;
}

/** POST /templates/begin: a head gives their school what most schools write. */
export async function beginTemplates(visit: Visit<TemplatePart>, form: Form): Promise<Answer> {
  const school = schoolIn(field(form, 'school'));
  if (school === null) return MISSING;
  for (const starter of visit.texts.templates.starters) {
    const saved = await visit.core.templates.save(visit.viewer, { id: null, school, ...starter });
    if (saved.kind === 'missing') return MISSING;
  }
  return { kind: 'go', to: '/templates?said=begun' };
}

/** POST /templates/:template/remove: it goes, what was written with it stays. */
export async function removeTemplate(visit: Visit<TemplatePart>, id: TemplateId): Promise<Answer> {
  const found = await templateAt(visit, id);
  if (found === null || !found.mayChange) return MISSING;
  const removed = await visit.core.templates.remove(visit.viewer, { id, school: found.school });
  return removed ? { kind: 'go', to: '/templates?said=removed' } : MISSING;
}

/** GET /templates/:template/write: a new message that is filled by it. */
export async function templateMail(
  visit: Visit<TemplatePart & WritePart>,
  id: TemplateId,
): Promise<Answer> {
  const found = await templateAt(visit, id);
  if (found === null) return MISSING;
  const signed = { ...EMPTY, ...(await signedWords(visit)) };
  const words = await visit.core.templates.fill(visit.viewer, signed, id);
  return showLetter(visit, { ...signed, ...words }, { why: 'begun' });
}
