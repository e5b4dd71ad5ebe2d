import type { SchoolId } from '../../../core/ground/ids.ts';
import type { WithClasses } from '../../../core/school/classes/contract.ts';
import type { WithSchoolSettings } from '../../../core/school/school-settings/contract.ts';
import type { WithTown } from '../../../core/town/town/contract.ts';
import { MAX_REASON, askWhy } from '../../components/ask-why.ts';
import { schoolPage } from '../../components/school-page.ts';
import type { FramePart } from '../../frame/frame.ts';
import { icon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import { plain, wantedIn } from './find-school.ts';
import { townSchools } from './town-schools.ts';

interface SchoolsQuery {
  readonly find: unknown;
  readonly show: unknown;
  readonly page: unknown;
}

/** GET /school: a head's own school; for an agent, or the head of several, the choice. */
export async function schools(
  visit: Visit<FramePart & WithClasses & WithSchoolSettings<'mailStops'> & WithTown>,
  asked: SchoolsQuery,
): Promise<Answer> {
  const find = wantedIn(asked.find);
  if (visit.viewer.role === 'agent') return townSchools(visit, { ...asked, find });
  const all = await visit.core.classes.schools(visit.viewer);
  const [only, ...others] = all;
  if (only === undefined) return MISSING;
  if (others.length === 0) return { kind: 'go', to: `/school/${only.id}` };
  const words = visit.texts.school.schools;
  const shown = all.filter(({ name }) => plain(name).includes(plain(find)));
  const content = html`
    <div>
      <h1>${words.title}</h1>
      <p class="soft">${words.lead}</p>
    </div>
    ${findForm(visit, find)}
    <ul class="sheet lines pad">
      ${shown.map(
        ({ id, name }) => html`
          <li class="line"><a class="grow" href="/school/${id}">${name}</a></li>
        `,
      )}
    </ul>
  `;
  return schoolPage(visit, { title: words.title, content });
}

function findForm(visit: Visit, find: string): Html {
  const words = visit.texts.school.schools;
  return html`
    <form class="row" method="get" action="/school">
      <label class="lab" for="find">${words.filter}</label>
      <input class="input finding" id="find" name="find" value="${find}" />
      <button class="btn">${icon(visit, 'search')}${words.find}</button>
    </form>
  `;
}

/** POST /school/:school/open: an agent says why. */
export async function openSchool(
  visit: Visit<FramePart & WithClasses>,
  school: SchoolId,
  form: Form,
): Promise<Answer> {
  const acted = await visit.core.classes.open(
    visit.viewer,
    school,
    field(form, 'reason').slice(0, MAX_REASON),
  );
  if (acted.kind === 'trouble') return askWhy(visit, school, acted.why);
  return acted.kind === 'done' ? { kind: 'go', to: `/school/${school}?said=opened` } : MISSING;
}
