import type { Gift, WallRef } from '../../../core/school/wall/contract.ts';
import { formOf } from '../../components/form.ts';
import { icon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { drawing, voice } from './gift-view.ts';
import { byWhom, giftPath, wallPath } from './parts.ts';

/** « Pas cette fois », with a word. */
export const WORD_FORM = formOf({ word: { most: 300, isCut: true } });

/** What children gave and a teacher hasn't looked at: one tap hangs it up. */
export function queue(visit: Visit, ref: WallRef, asked: readonly Gift[]): Html {
  const words = visit.texts.walls;
  const waiting = html`
    <ul class="tohang">
      ${asked.map((gift) => waits(visit, ref, gift))}
    </ul>
  `;
  return html`
    <section class="sheet pad queue" aria-labelledby="w1">
      <h2 id="w1">${words.toHang(asked.length)}</h2>
      ${asked.length === 0 ? NOTHING : waiting}
      <p class="hint">${asked.length === 0 ? words.toHangNothing : words.hint}</p>
    </section>
  `;
}

function waits(visit: Visit, wall: WallRef, gift: Gift): Html {
  const { ref, author, kind, at } = gift;
  const shown = html`
    <a href="${giftPath(ref)}">${drawing(visit, gift, 'small')}</a>
  `;
  return html`
    <li>
      <div class="given">
        ${kind === 'drawing' ? shown : voice(visit, gift)} ${byWhom(visit, { author, at })}
      </div>
      ${taps(visit, wall, gift)}
    </li>
  `;
}

/** « Au mur », or not this time, with a word. */
export function taps(visit: Visit, wall: WallRef, { ref, author, state }: Gift): Html {
  const words = visit.texts.walls;
  const whose = html`
    <span class="vh">${words.hangOf(author.name)}</span>
  `;
  const hang = html`
    <form method="post" action="${wallPath(wall)}/tap">
      ${token(visit)}
      <input type="hidden" name="gift" value="${ref.item}" />
      <button class="btn main" name="act" value="hang">
        ${icon(visit, 'wall')}${words.hang}${whose}
      </button>
    </form>
  `;
  const refuse = html`
    <details>
      <summary class="btn quiet">
        ${state === 'hung' ? words.takeOff : words.refuse}${whose}
      </summary>
      <form method="post" action="${wallPath(wall)}/tap" novalidate>
        ${token(visit)}
        <input type="hidden" name="gift" value="${ref.item}" />
        ${WORD_FORM.shown(visit, WORD_FORM.blank()).line('word', {
          id: `word${ref.item}`,
          label: words.refuseWord,
        })}
        <button class="btn" name="act" value="refuse">${words.refuseDo}</button>
      </form>
    </details>
  `;
  return html`
    <div class="taps">
      ${state === 'hung' ? NOTHING : hang} ${state === 'refused' ? NOTHING : refuse}
    </div>
  `;
}
