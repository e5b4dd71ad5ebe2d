import type { SchoolId } from '../../core/ground/ids.ts';
import type { WithClasses } from '../../core/school/classes/contract.ts';
import { surroundingsOf, framed, type FramePart } from '../frame/frame.ts';
import { icon, token } from '../frame/parts.ts';
import type { Visit } from '../frame/visit.ts';
import { html } from '../html.ts';
import { MISSING, formPage, type Answer } from '../http/answer.ts';
import { lineField } from './field.ts';
import { TROUBLE_LINE, troubleOf } from './school-page.ts';

export const MAX_REASON = 500;

/**
 * What an agent sees of a school that they haven't opened: the question why. Null for anybody else.
 */
export async function askWhy(
  visit: Visit<FramePart & WithClasses>,
  school: SchoolId,
  why: string | null = null,
): Promise<Answer> {
  if (visit.viewer.role !== 'agent') return MISSING;
  const one = (await visit.core.classes.schools(visit.viewer)).find(({ id }) => id === school);
  if (one === undefined) return MISSING;
  const words = visit.texts.school.schools;
  const title = words.why(one.name);
  const main = html`
    <main id="main" class="body narrow">
      <form class="stack wide" method="post" action="/school/${school}/open" novalidate>
        <h1>${title}</h1>
        ${troubleOf(visit, why)}
        <div class="sheet pad stack">
          ${lineField(visit, {
            name: 'reason',
            id: 'why',
            label: words.reason,
            hint: words.reasonHint,
            wrongBy: why === null ? null : TROUBLE_LINE,
            as: { maxlength: MAX_REASON, required: true, autofocus: why !== null },
          })}
          <div class="row">
            ${token(visit)}
            <button class="btn main">${icon(visit, 'gate')}${words.enter}</button>
            <a class="btn quiet" href="/school">${words.other}</a>
          </div>
        </div>
      </form>
    </main>
  `;
  const body = framed(visit, await surroundingsOf(visit), {
    title,
    section: 'school',
    shelf: null,
    styles: ['school.css'],
    main,
  });
  return formPage(body, { refused: why !== null });
}
