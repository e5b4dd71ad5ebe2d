import { TOWN } from '../../../core/ground/ids.ts';
import { keysOf } from '../../../core/ground/keys.ts';
import type { WithModeration } from '../../../core/mail/delivery/holding/contract.ts';
import { actsForTown } from '../../../core/rules/viewer.ts';
import type {
  TownMailStops,
  WithSchoolSettings,
} from '../../../core/school/school-settings/contract.ts';
import { MAX_REASON } from '../../components/ask-why.ts';
import { formOf, isRefused, type Filled } from '../../components/form.ts';
import {
  END_FIELDS,
  endFields,
  endIn,
  stopButton,
  stopSentence,
} from '../../components/mail-stop.ts';
import { schoolPage } from '../../components/school-page.ts';
import type { FramePart } from '../../frame/frame.ts';
import { icon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { firstPageOf } from '../../here.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import { countOf } from '../../ids.ts';

type StopsPart = FramePart & WithSchoolSettings<'mailStops'>;

/** To stop mail, and to let it run again: a commune, or `0` for the whole town. */
const STOP_FORM = formOf({
  commune: { isRequired: true },
  ...END_FIELDS,
  reason: { most: MAX_REASON, isCut: true, isRequired: true },
});
type FilledStop = Filled<'commune' | 'untilDay' | 'untilTime' | 'reason'>;

/** What was refused: a form that stops, or one that lets run again. */
interface RefusedStop {
  readonly does: 'stop' | 'run';
  readonly filled: FilledStop;
}

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
export const townStop = (visit: Visit<StopsPart>): Promise<Answer> => show(visit, null);

/** POST /school/0/pupil-mail: stops it, or lets it run again. */
export async function stopTownMail(
  visit: Visit<StopsPart & WithModeration<'stopPupilMail'>>,
  form: Form,
): Promise<Answer> {
  const typed = STOP_FORM.typedIn(form);
  const does = field(form, 'stopped') === '1' ? 'stop' : 'run';
  const { trouble } = visit.texts.school;
  const commune = countOf(typed.commune);
  const isPlace = commune !== null || typed.commune === String(TOWN);
  const wrong = {
    ...(isPlace ? {} : { commune: visit.texts.settings.town.whereMissing }),
    ...(typed.reason === '' ? { reason: trouble['reason-missing'] } : {}),
  };
  if (keysOf(wrong).length > 0) return show(visit, { does, filled: { typed, wrong } });
  const outcome = await visit.core.moderation.stopPupilMail(
    visit.viewer,
    commune === null ? TOWN : { commune },
    { stopped: does === 'stop', reason: typed.reason, until: endIn(visit, typed) },
  );
  if (outcome === 'missing') return MISSING;
  if (outcome === 'bad-end')
    return show(visit, { does, filled: { typed, wrong: { untilDay: trouble['stop-end'] } } });
  return { kind: 'go', to: does === 'stop' ? '/town/stop' : firstPageOf(visit.viewer) };
}

async function show(visit: Visit<StopsPart>, refused: RefusedStop | null): Promise<Answer> {
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
  const content = html`
    <div>
      <h1>${title}</h1>
      <p class="soft">${words.lead}</p>
    </div>
    ${stopped.map((place) => stoppedSheet(visit, place, filledFor(refused, place)))}
    ${stops.town === null ? stopForm(visit, places, filledFor(refused, null)) : NOTHING}
  `;
  return schoolPage(visit, {
    title,
    content,
    refused: refused !== null && isRefused(refused.filled),
  });
}

/** What stands in the form of a place that is stopped, or in the one that stops. */
function filledFor(refused: RefusedStop | null, place: Place | null): FilledStop {
  const isIt =
    place === null
      ? refused?.does === 'stop'
      : refused?.does === 'run' && refused.filled.typed.commune === String(place.id);
  return refused !== null && isIt ? refused.filled : STOP_FORM.blank();
}

/** What is stopped, and to let it run again where that is theirs. */
function stoppedSheet(visit: Visit, { id, name, stop }: Place, filled: FilledStop): Html {
  const isTheirs = id !== TOWN || actsForTown(visit.viewer);
  const run = html`
    <input type="hidden" name="commune" value="${id}" />
    ${reasonField(visit, id === TOWN ? 'why' : `why-${id}`, filled)}
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

function stopForm(visit: Visit, places: readonly Place[], filled: FilledStop): Html {
  const words = visit.texts.settings.town;
  const free = places.filter(({ stop }) => stop === null);
  // Nobody stops the whole town because it came first.
  const none = free.length > 1 ? [['', words.choose] as const] : [];
  return html`
    <form class="sheet pad stack" method="post" action="/school/0/pupil-mail" novalidate>
      <ul class="points">
        ${words.follows.map(
          (one) => html`
            <li>${one}</li>
          `,
        )}
      </ul>
      ${STOP_FORM.shown(visit, filled).choice('commune', { label: words.where }, [
        ...none,
        ...free.map(({ id, name }) => [id, name] as const),
      ])}
      ${endFields(visit, filled)} ${reasonField(visit, 'why', filled)}
      <div class="row">
        ${stopButton(visit, 'stop')}
        <a class="btn quiet" href="${firstPageOf(visit.viewer)}">
          ${icon(visit, 'back')}${words.back}
        </a>
      </div>
    </form>
  `;
}

const reasonField = (visit: Visit, id: string, filled: FilledStop): Html =>
  STOP_FORM.shown(visit, filled).line('reason', {
    id,
    label: visit.texts.school.schools.reason,
    hint: visit.texts.settings.town.reasonHint,
  });
