import { littlePage } from '../../components/little-page.ts';
import { picture, type LittleSentence } from '../../frame/little-parts.ts';
import { icon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { backOf } from '../../here.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import type { Answer } from '../../http/answer.ts';

/**
 * GET /charter of a little one: four pictures, each of which says what it means when it is touched,
 * and one big yes.
 */
export async function littleCharter(visit: Visit, back: unknown): Promise<Answer> {
  const { charter } = visit.texts;
  return littlePage(visit, {
    title: charter.title,
    at: 'inside',
    says: 'charter',
    main: html`
      <main id="main" class="body">
        <h1 class="vh">${charter.title}</h1>
        <div class="says charter">
          ${line(visit, 'charterFriends', picture(visit, 'coucou'))}
          ${line(visit, 'charterKind', picture(visit, 'pense'))}
          ${line(visit, 'charterSecret', icon(visit, 'lock', 'pic'))}
          ${line(visit, 'charterSad', picture(visit, 'triste'))}
        </div>
        ${visit.viewer.writesAfter === 'charter' ? yes(visit, backOf(back)) : NOTHING}
      </main>
    `,
  });
}

function yes(visit: Visit, back: string): Html {
  return html`
    <form method="post" action="/charter">
      ${token(visit)}
      <input type="hidden" name="back" value="${back}" />
      <div class="again">
        <button class="go yes">
          ${picture(visit, 'bon')}
          <span class="w">${visit.texts.charter.littleYes}</span>
        </button>
      </div>
    </form>
  `;
}

/** A picture that is heard when it is touched; without script its sound opens. */
function line(visit: Visit, says: LittleSentence, drawn: Html): Html {
  const words = visit.texts.little.says[says];
  return html`
    <a class="say" href="/says/${says}" data-hear data-text="${words}">
      ${drawn}
      <span class="w">${words}</span>
      <span class="heard">${picture(visit, 'ecoute')}</span>
    </a>
  `;
}
