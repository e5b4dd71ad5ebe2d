import type { Gift, WallRef, WallView } from '../../../core/school/wall/contract.ts';
import { faceOf, icon, namedIcon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { shortDate } from '../../frame/when.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { giftName, giftPath, wallPath } from './parts.ts';

/** The string, and what hangs on it with two pegs each. */
export const hanging = (visit: Visit, { hung: gifts, ref, stand }: WallView): Html => html`
  <ul class="strings">
    ${gifts.map(
      (gift) => html`
        <li>
          ${hung(visit, gift)}
          <div class="by-w">
            ${faceOf(visit, gift.author)}
            <span class="grow">
              ${gift.author.name}
              <small>${shortDate(visit.clock, 'child', gift.at)}</small>
            </span>
            ${stand === 'teacher' || gift.isOwn ? actsMenu(visit, ref, gift) : NOTHING}
          </div>
        </li>
      `,
    )}
  </ul>
`;

/** The drawing leads to its own page; a voice is played where it hangs. */
function hung(visit: Visit, gift: Gift): Html {
  return gift.kind === 'drawing'
    ? html`
        <a class="hung" href="${giftPath(gift.ref)}">${drawing(visit, gift, 'small')}</a>
      `
    : html`
        <div class="hung">${voice(visit, gift)}</div>
      `;
}

/** A drawing; as large as it is drawn where there is room, or as it hangs. */
export function drawing(visit: Visit, gift: Gift, size: 'whole' | 'small'): Html {
  return html`
    <img
      class="art"
      src="${giftPath(gift.ref)}/file${size === 'whole' ? '' : '?as=small'}"
      alt="${giftName(visit, gift)}"
      loading="lazy"
      ${attributes({
        width: gift.size === null ? null : String(gift.size.width),
        height: gift.size === null ? null : String(gift.size.height),
      })}
    />
  `;
}

/** A voice: whose it is, and what plays it. */
export function voice(visit: Visit, gift: Gift): Html {
  return html`
    <span class="voice">${icon(visit, 'mic')}</span>
    <audio
      controls
      preload="none"
      src="${giftPath(gift.ref)}/file"
      aria-label="${giftName(visit, gift)}"
    ></audio>
  `;
}

/** Its child takes it off; a teacher does, and says why on its page. */
function actsMenu(visit: Visit, wall: WallRef, gift: Gift): Html {
  const words = visit.texts.walls;
  const path = giftPath(gift.ref);
  const off = gift.isOwn
    ? html`
        <form method="post" action="${path}/back">
          ${token(visit)}
          <button>${icon(visit, 'close')}${words.takeBack}</button>
        </form>
      `
    : html`
        <form method="post" action="${wallPath(wall)}/tap">
          ${token(visit)}
          <input type="hidden" name="gift" value="${gift.ref.item}" />
          <button name="act" value="refuse">${icon(visit, 'close')}${words.takeOff}</button>
        </form>
      `;
  return html`
    <details class="drop">
      <summary class="btn mini quiet">
        ${namedIcon(visit, 'more', words.actsFor(giftName(visit, gift)))}
      </summary>
      <div class="menu right">
        <a href="${path}">${icon(visit, 'eye')}${words.open}</a>
        ${off}
      </div>
    </details>
  `;
}
