import type { Gift, WithWalls } from '../../../../core/school/wall/contract.ts';
import { littleFace, picture, sentenceEar } from '../../../frame/little-parts.ts';
import type { Visit } from '../../../frame/visit.ts';
import { html, type Html } from '../../../html.ts';

/** What the little ones' wall asks of core. */
export type LittleWallPart = WithWalls<
  'list' | 'wall' | 'makings' | 'give' | 'decline' | 'gift' | 'takeBack'
>;

/** A drawing as it hangs, or a voice with what plays it. */
export function shownGift(visit: Visit, { ref, kind, author }: Gift): Html {
  const { drawingOf, voiceOf } = visit.texts.walls;
  return shownMaking(visit, {
    src: `/gifts/${ref.school}/${ref.item}/file?as=small`,
    kind,
    called: kind === 'drawing' ? drawingOf(author.name) : voiceOf(author.name),
  });
}

/** What a child made, wherever it lies: seen, or played. */
export function shownMaking(
  visit: Visit,
  { src, kind, called }: Pick<Gift, 'kind'> & { readonly src: string; readonly called: string },
): Html {
  return kind === 'drawing'
    ? html`
        <img src="${src}" alt="${called}" loading="lazy" />
      `
    : html`
        <span class="shape-v">${picture(visit, 'voix')}</span>
        <audio controls preload="none" src="${src}" aria-label="${called}"></audio>
      `;
}

/** Whose it is: an animal, a name, and an ear that says both. */
export function whose(visit: Visit, { kind, author }: Gift): Html {
  const words = visit.texts.walls;
  const said = kind === 'drawing' ? words.drawingOf(author.name) : words.voiceOf(author.name);
  return html`
    <div class="by-w">
      ${littleFace(visit, author)}
      <span class="w">${author.name}</span>
      ${sentenceEar(visit, said)}
    </div>
  `;
}
