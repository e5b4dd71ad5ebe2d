import { icon, token } from '../frame/parts.ts';
import type { Visit } from '../frame/visit.ts';
import { html, type Html } from '../html.ts';

/** The button of both switches for the mail of all pupils: a school's and the town's. */
export function stopButton(visit: Visit, stopped: boolean): Html {
  const words = visit.texts.school.stop;
  return html`
    ${token(visit)}
    <button class="btn${stopped ? '' : ' no'}" name="stopped" value="${stopped ? '0' : '1'}">
      ${icon(visit, stopped ? 'play' : 'hold')}${stopped ? words.run : words.stop}
    </button>
  `;
}
