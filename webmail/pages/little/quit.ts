import { littlePage } from '../../components/little-page.ts';
import { picture } from '../../frame/little-parts.ts';
import { faceOf, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html } from '../../html.ts';
import type { Answer } from '../../http/answer.ts';

/** GET /quit: « Tu t'en vas ? », by a door and a house; a touch by mistake ends nothing. */
export async function littleQuit(visit: Visit): Promise<Answer> {
  const words = visit.texts.little.quit;
  const { face, givenName: name } = visit.viewer;
  return littlePage(visit, {
    title: words.title,
    at: 'inside',
    says: 'quit',
    main: html`
      <main id="main" class="body gone-page">
        <h1>${words.title}</h1>
        <div class="ways-out">
          <form method="post" action="/signout">
            ${token(visit)}
            <button class="say c3">
              ${picture(visit, 'porte')} ${faceOf(visit, { kind: 'child', face, cover: 8, name })}
              <span class="w">${words.go}</span>
            </button>
          </form>
          <a class="say c4" href="/mail/inbox">
            ${picture(visit, 'maison')}
            <span class="w">${words.stay}</span>
          </a>
        </div>
      </main>
    `,
  });
}
