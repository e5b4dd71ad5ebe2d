import { TOWN } from '../../../core/ground/ids.ts';
import { actsForTown } from '../../../core/rules/viewer.ts';
import type {
  TownMailStops,
  WithSchoolSettings,
} from '../../../core/school/school-settings/contract.ts';
import { MAX_REASON } from '../../components/ask-why.ts';
import { choiceField, lineField } from '../../components/field.ts';
import { endFields, stopButton, stopSentence } from '../../components/mail-stop.ts';
import { schoolPage, TROUBLE_LINE, troubleOf } from '../../components/school-page.ts';
import type { FramePart } from '../../frame/frame.ts';
import { icon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';

/** Where agents stop mail: everywhere (0), or in a commune. */
interface Place {
  readonly id: number;
  readonly name: string;
  readonly stop: TownMailStops['town'];
}

/**
 * GET /town/stop: an agent stops the mail of the pupils of every school, or of those of a commune.
 * It has a page of its own, since nobody does that on the way to something else, and says first
 * what follows from it.
 */
export async function townStop(
  visit: Visit<FramePart & WithSchoolSettings<'mailStops'>>,
  said: unknown,
): Promise<Answer> {
  const stops = await visit.core.schoolSettings.mailStops(visit.viewer);
  if (stops === null) return MISSING;
  const words = visit.texts.settings.town;
  const places: readonly Place[] = [
    ...(actsForTown(visit.viewer) || stops.town !== null
      ? [{ id: TOWN, name: visit.texts.trail.wholeTown, stop: stops.town }]
      : []),
    ...stops.communes,
  ];
  const stopped = places.filter(({ stop }) => stop !== null);
  const title = stopped.length === 0 ? words.title : words.titleStopped;
  const isWrong = said === 'stop-end';
  const content = html`
    <div>
      <h1>${title}</h1>
      <p class="soft">${words.lead}</p>
    </div>
    ${said === 'reason' ? troubleOf(visit, 'reason-missing') : NOTHING}
    ${stopped.map((place) => stoppedSheet(visit, place, { lacksReason: said === 'reason' }))}
    ${stops.town === null ? stopForm(visit, { places, isWrong, lacksReason: said === 'reason' }) : NOTHING}
  `;
  return schoolPage(visit, { title, content, refused: said === 'reason' || isWrong });
}

/** What is stopped, and to let it run again where that is theirs. */
function stoppedSheet(
  visit: Visit,
  { id, name, stop }: Place,
  { lacksReason }: { readonly lacksReason: boolean },
): Html {
  const isTheirs = id !== TOWN || actsForTown(visit.viewer);
  const run = html`
    ${id === TOWN ? NOTHING : communeOf(id)}${reasonField(visit, id === TOWN ? 'why' : `why-${id}`, { isLacking: lacksReason })}
    <div class="row">${stopButton(visit, 'run')}</div>
  `;
  return html`
    <form class="sheet pad stack" method="post" action="/school/0/pupil-mail" novalidate>
      <h2>${name}</h2>
      <p>${stop === null ? '' : stopSentence(visit, stop)}</p>
      ${isTheirs ? run : NOTHING}
    </form>
  `;
}

const communeOf = (id: number): Html => html`
  <input type="hidden" name="commune" value="${id}" />
`;

interface StopForm {
  readonly places: readonly Place[];
  readonly isWrong: boolean;
  readonly lacksReason: boolean;
}

function stopForm(visit: Visit, { places, isWrong, lacksReason }: StopForm): Html {
  const words = visit.texts.settings.town;
  const free = places.filter(({ stop }) => stop === null);
  return html`
    <form class="sheet pad stack" method="post" action="/school/0/pupil-mail" novalidate>
      <ul class="points">
        ${words.follows.map(
          (one) => html`
            <li>${one}</li>
          `,
        )}
      </ul>
      ${choiceField(
        visit,
        { name: 'commune', label: words.where },
        free.map(({ id, name }) => [id, name] as const),
      )}
      ${endFields(visit, { isWrong })} ${reasonField(visit, 'why', { isLacking: lacksReason })}
      <div class="row">
        ${stopButton(visit, 'stop')}
        <a class="btn quiet" href="/home">${icon(visit, 'back')}${words.back}</a>
      </div>
    </form>
  `;
}

const reasonField = (
  visit: Visit,
  id: string,
  { isLacking }: { readonly isLacking: boolean },
): Html =>
  lineField(visit, {
    name: 'reason',
    id,
    wrongBy: isLacking ? TROUBLE_LINE : null,
    label: visit.texts.school.schools.reason,
    hint: visit.texts.settings.town.reasonHint,
    as: { maxlength: MAX_REASON, required: true },
  });
