import { PORTRAITS, type Portrait } from '../../../core/ground/portraits.ts';
import { icon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { attributes, html, type Html } from '../../html.ts';
import { saveRow } from './parts.ts';

/** « Portrait »: how children who don't read yet see this adult. */
export function portraitSheet(visit: Visit, own: Portrait | null, said: Html): Html {
  const words = visit.texts.presence.portrait;
  return html`
    <form
      class="sheet"
      id="portrait"
      method="post"
      action="/settings/portrait"
      aria-labelledby="portrait-t"
    >
      ${token(visit)}
      <h2 id="portrait-t">${icon(visit, 'person')}${words.title}</h2>
      ${said}
      <fieldset>
        <legend class="soft small">${words.lead}</legend>
        <ul class="portraits">
          ${PORTRAITS.map((portrait) => choice(visit, portrait, { isOwn: portrait === own }))}
        </ul>
      </fieldset>
      ${saveRow(visit)}
    </form>
  `;
}

function choice(visit: Visit, portrait: Portrait, { isOwn }: { readonly isOwn: boolean }): Html {
  return html`
    <li>
      <input
        class="vh"
        type="radio"
        name="portrait"
        value="${portrait}"
        id="po-${portrait}"
        ${attributes({ checked: isOwn })}
      />
      <label for="po-${portrait}">
        <svg class="portrait" aria-hidden="true">
          <use href="${visit.asset('pictures.svg')}#${portrait}" />
        </svg>
        <span class="vh">${visit.texts.presence.portrait.names[portrait]}</span>
      </label>
    </li>
  `;
}
