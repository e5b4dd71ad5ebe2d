import type { Face } from '../../core/rules/viewer.ts';
import { littleFace } from '../frame/little-parts.ts';
import { calledOf } from '../frame/parts.ts';
import type { Visit } from '../frame/visit.ts';
import { html, type Html } from '../html.ts';

/**
 * A page of an album: a stamp for each friend, with no number and in no order but that in which
 * they came. Its names are said where a page speaks; nobody but its owner has a page that shows it.
 */
export const stampPage = (visit: Visit, friends: readonly Face[]): Html => html`
  <ul class="album">
    ${friends.map((one) => {
      const name = calledOf(one);
      return html`
        <li>
          <span class="says-name postage" data-name="${name}" lang="fr">
            ${littleFace(visit, one)}
            <span class="w">${name}</span>
          </span>
        </li>
      `;
    })}
  </ul>
`;
