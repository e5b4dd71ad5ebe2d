import type { WithSettings } from '../../../core/school/school-settings/contract.ts';
import { MAX_REASON } from '../../components/ask-why.ts';
import { lineField } from '../../components/field.ts';
import { schoolPage, troubleOf } from '../../components/school-page.ts';
import { stopButton } from '../../components/stop-button.ts';
import type { FramePart } from '../../frame/frame.ts';
import { icon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';

/**
 * GET /town/stop: an agent stops the mail of the pupils of every school. It has a page of its own,
 * since nobody does that on the way to something else, and says first what follows from it.
 */
export async function townStop(
  visit: Visit<FramePart & WithSettings<'townStopped'>>,
  said: unknown,
): Promise<Answer> {
  const stopped = await visit.core.settings.townStopped(visit.viewer);
  if (stopped === null) return MISSING;
  const { settings, school } = visit.texts;
  const words = settings.town;
  const title = stopped ? words.titleStopped : words.title;
  const consequences = html`
    <ul class="points">
      ${words.follows.map(
        (one) => html`
          <li>${one}</li>
        `,
      )}
    </ul>
  `;
  const content = html`
    <div>
      <h1>${title}</h1>
      <p class="soft">${stopped ? settings.townStopped : words.lead}</p>
    </div>
    ${said === 'reason' ? troubleOf(visit, 'reason-missing') : NOTHING}
    <form class="sheet pad stack" method="post" action="/school/0/pupil-mail" novalidate>
      ${stopped ? NOTHING : consequences}
      ${lineField(visit, {
        name: 'reason',
        id: 'why',
        label: school.schools.reason,
        hint: words.reasonHint,
        as: { maxlength: MAX_REASON, required: true },
      })}
      <div class="row">
        ${stopButton(visit, stopped)}
        <a class="btn quiet" href="/home">${icon(visit, 'back')}${words.back}</a>
      </div>
    </form>
  `;
  return schoolPage(visit, { title, content, refused: said === 'reason' });
}
