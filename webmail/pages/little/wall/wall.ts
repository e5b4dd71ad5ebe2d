import type { WallView } from '../../../../core/school/wall/contract.ts';
import { littlePage } from '../../../components/little-page.ts';
import { picture, stepLink } from '../../../frame/little-parts.ts';
import type { Visit } from '../../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../../html.ts';
import { MISSING, type Answer } from '../../../http/answer.ts';
import { wallItemIdOf } from '../../../ids.ts';
import { shownGift, whose, type LittleWallPart } from './parts.ts';

/** GET /walls of a little one: the wall of their class at once. */
export async function littleWalls(visit: Visit<LittleWallPart>): Promise<Answer> {
  const [line] = await visit.core.walls.list(visit.viewer);
  if (line === undefined) return { kind: 'go', to: '/mail/inbox' };
  const { school, classId } = line.ref;
  return { kind: 'go', to: `/walls/${school}/${classId}` };
}

/** GET /walls/:school/:class of a little one: what hangs, each with its animal and an ear. */
export async function littleWall(
  visit: Visit<LittleWallPart>,
  ref: WallView['ref'],
  query: { readonly before: unknown },
): Promise<Answer> {
  const before = wallItemIdOf(query.before);
  const view = await visit.core.walls.wall(visit.viewer, ref, before);
  if (view === null) return MISSING;
  const words = visit.texts.little.wall;
  const { hung } = view;
  return littlePage(visit, {
    title: words.title,
    at: 'inside',
    says: hung.length === 0 ? 'wallEmpty' : 'wall',
    styles: ['wall.css'],
    main: html`
      <main id="main" class="body">
        ${head(visit, view, { isLater: before !== null })}
        <section class="hang" aria-label="${words.title}">
          <ul class="strings">
            ${hung.map(
              (gift) => html`
                <li>
                  <div class="hung">${shownGift(visit, gift)}</div>
                  ${whose(visit, gift)}
                </li>
              `,
            )}
          </ul>
        </section>
      </main>
    `,
  });
}

/** The way to one's own, and to what hung before. */
function head(
  visit: Visit,
  { ref, older, stand }: WallView,
  { isLater }: { readonly isLater: boolean },
): Html {
  const words = visit.texts.little.wall;
  const at = `/walls/${ref.school}/${ref.classId}`;
  const mine = html`
    <a class="go" href="${at}/mine">
      ${picture(visit, 'dessin')} ${picture(visit, 'mur')}
      <span class="vh">${words.mine}</span>
    </a>
  `;
  return html`
    <div class="wallhead">
      <h1 class="vh">${words.title}</h1>
      ${stand === 'child' ? mine : NOTHING}
      ${isLater ? stepLink(visit, { path: at, picture: 'avant', words: words.newer }) : NOTHING}
      ${
        older === null
          ? NOTHING
          : stepLink(visit, {
              path: `${at}?before=${older}`,
              picture: 'encore',
              words: words.older,
            })
      }
    </div>
  `;
}
