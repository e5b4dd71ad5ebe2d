import { littlePage } from '../../components/little-page.ts';
import { fileTile, picture, stepLink } from '../../frame/little-parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html } from '../../html.ts';
import type { Answer } from '../../http/answer.ts';
import { backOf, towardsLine } from './booth.ts';
import { madeFields } from './made-fields.ts';
import { makingsOf } from './says.ts';
import { askedBy, ledFromMaking, towards, type TowardsPart } from './towards.ts';

/**
 * GET /write/photo: a photo by the camera of a tablet, or from a file; only where the class has
 * opened photos. The rules ask again when it is sent.
 */
export async function littleCamera(
  visit: Visit<TowardsPart>,
  query: Readonly<Record<string, unknown>>,
): Promise<Answer> {
  if (!makingsOf(visit).includes('photo')) return { kind: 'go', to: '/write' };
  const asked = askedBy(query);
  const to = await towards(visit, asked);
  if (to === null) return ledFromMaking(visit, 'photo', asked);
  const words = visit.texts.littleWrite;
  return littlePage(visit, {
    title: words.photo,
    at: 'inside',
    says: 'photo',
    styles: ['answers.css'],
    scripts: ['answers.js'],
    main: html`
      <main id="main">
        <h1 class="vh">${words.photo}</h1>
        <form
          class="booth"
          method="post"
          action="/write/photo"
          enctype="multipart/form-data"
          novalidate
        >
          ${madeFields(visit, to)} ${towardsLine(visit, to)}
          ${fileTile(visit, {
            picture: 'photo',
            words: words.camera.take,
            look: 'c4 camera',
            field: { accept: 'image/*', capture: 'environment', 'data-goes': '' },
          })}
          <div class="again">
            ${stepLink(visit, { path: backOf(to), picture: 'retour', words: words.back })}
            <button class="go yes" data-instead>
              ${picture(visit, 'bon')}
              <span class="vh">${words.done}</span>
            </button>
          </div>
        </form>
      </main>
    `,
  });
}
