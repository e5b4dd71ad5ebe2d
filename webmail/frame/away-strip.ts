import { html, NOTHING, type Html } from '../html.ts';
import { icon, token } from './parts.ts';
import type { Visit } from './visit.ts';
import { calendarDay } from './when.ts';

/** « Vous êtes absente jusqu’au … : Arrêter », on every page of an adult while it is so. */
export function awayStrip(visit: Visit): Html {
  const { texts, viewer } = visit;
  if (viewer.away === null) return NOTHING;
  const { told, stop, change } = texts.presence.away;
  const day = calendarDay(viewer.language, viewer.away.until);
  return html`
    <form class="away" method="post" action="/settings/absence/stop">
      ${token(visit)}
      <input type="hidden" name="here" value="${visit.here}" />
      <p>
        ${icon(visit, 'sun')}
        <span>${told[viewer.away.civility ?? 'none'](day)}</span>
      </p>
      <a class="btn mini quiet" href="/settings#absence">${change}</a>
      <button class="btn mini">${stop}</button>
    </form>
  `;
}
