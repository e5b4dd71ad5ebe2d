import type { Gift, GiftRef } from '../../../core/school/wall/contract.ts';
import { narrowPage } from '../../components/narrow-page.ts';
import { surroundingsOf, framed, sheetMain } from '../../frame/frame.ts';
import { backLink, faceOf, icon, token } from '../../frame/parts.ts';
import { atSchool, type Visit } from '../../frame/visit.ts';
import { wholeDay } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, page, type Answer } from '../../http/answer.ts';
import { drawing, voice } from './gift-view.ts';
import { giftName, giftPath, wallPath, type WallPart } from './parts.ts';
import { taps } from './queue.ts';

/** GET /gifts/:school/:gift: a drawing as large as the page, or a voice, and what may be done. */
export async function gift(given: Visit<WallPart>, ref: GiftRef): Promise<Answer> {
  const one = await given.core.walls.gift(given.viewer, ref);
  if (one === null) return MISSING;
  const view = await given.core.walls.wall(given.viewer, one.wall, null);
  if (view === null) return MISSING;
  const visit = atSchool(given, view);
  const title = giftName(visit, one);
  const content = html`
    ${backLink(visit, wallPath(one.wall), visit.texts.walls.back)}
    <h1 id="t">${title}</h1>
    <figure class="large">
      ${one.kind === 'drawing' ? drawing(visit, one, 'whole') : voice(visit, one)}
      <figcaption>
        ${faceOf(visit, one.author)}
        <span>
          <b>${one.author.name}</b>
          , ${when(visit, one)}
        </span>
      </figcaption>
    </figure>
    ${view.stand === 'teacher' ? taps(visit, one.wall, one) : NOTHING}
    ${one.isOwn ? takeBackForm(visit, one) : NOTHING}
  `;
  if (visit.audience === 'adult')
    return narrowPage(visit, { title, section: 'board', styles: ['wall.css'], content });
  const surroundings = await surroundingsOf(given);
  const main = sheetMain(visit, surroundings, { shelf: null, content });
  return page(
    framed(visit, surroundings, {
      title,
      section: 'board',
      shelf: null,
      styles: ['wall.css'],
      main,
    }),
  );
}

function when(visit: Visit, { state, at }: Gift): string {
  const words = visit.texts.walls;
  const day = wholeDay(visit.clock, at);
  return state === 'hung' ? words.hungOn(day) : words.givenOn(day);
}

/** Its own child's button. */
export const takeBackForm = (visit: Visit, { ref, state }: Gift): Html => html`
  <form method="post" action="${giftPath(ref)}/back">
    ${token(visit)}
    <button class="btn">
      ${icon(visit, 'close')}
      ${state === 'hung' ? visit.texts.walls.takeBack : visit.texts.walls.takeBackAsked}
    </button>
  </form>
`;

/** GET /gifts/:school/:gift/file: what stands in its page; `?as=small`: on the wall. */
export async function giftFile(visit: Visit<WallPart>, ref: GiftRef, as: unknown): Promise<Answer> {
  const size = as === 'small' ? 'small' : 'whole';
  const file = await visit.core.walls.file(visit.viewer, ref, size);
  return file === null ? MISSING : { kind: 'kept', ...file };
}

/** POST …/back: a child takes their own off, and is where they were. */
export async function takeGiftBack(visit: Visit<WallPart>, ref: GiftRef): Promise<Answer> {
  const { walls } = visit.core;
  const one = await walls.gift(visit.viewer, ref);
  const done = one !== null && (await walls.takeBack(visit.viewer, ref));
  return done ? { kind: 'go', to: `${wallPath(one.wall)}/mine?said=back` } : MISSING;
}
