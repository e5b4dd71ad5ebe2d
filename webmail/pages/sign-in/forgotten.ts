import type { Language } from '../../../core/ground/ids.ts';
import { doorDocument } from '../../frame/frame.ts';
import { LEGAL_PATHS } from '../../frame/legal-foot.ts';
import { icon } from '../../frame/parts.ts';
import type { Yard } from '../../frame/yard.ts';
import { html, type Html } from '../../html.ts';
import { TEXTS } from '../../texts/texts.ts';

/** Where whoever has lost their password reads whom to ask. */
export const FORGOTTEN_PATH = '/signin/forgotten';

/**
 * GET /signin/forgotten: nobody gets a password by a letter here, since whoever reads it may be
 * anybody. People of the school make a new code, and who that is depends on who asks.
 */
export function forgottenPage(yard: Yard): Html {
  const texts = TEXTS[yard.language];
  const words = texts.signIn.lost;
  return doorDocument(yard, {
    title: words.link,
    body: html`
      <header class="top">
        <a class="brand" href="/signin?adult=1">${icon(yard, 'preau')}${texts.brand}</a>
        <div class="me">${otherLanguage(yard.language)}</div>
      </header>
      <main id="main" class="body narrow">
        <div class="sheet pad stack">
          <h1>${words.title}</h1>
          <p>${words.lead}</p>
          <dl class="whom">
            ${words.whom.map(
              ({ who, asks }) => html`
                <dt>${who}</dt>
                <dd>${asks}</dd>
              `,
            )}
          </dl>
          <p class="soft">${words.then}</p>
          <div class="row">
            <a class="btn main" href="/activate?language=${yard.language}">
              ${texts.codes.door.firstTime}
            </a>
            <a class="btn quiet" href="/signin?adult=1">${icon(yard, 'back')}${words.back}</a>
            <a class="btn quiet" href="${LEGAL_PATHS.notice}">${words.contacts}</a>
          </div>
        </div>
      </main>
    `,
  });
}

function otherLanguage(language: Language): Html {
  const other = language === 'fr' ? 'en' : 'fr';
  return html`
    <a
      class="btn mini"
      href="${FORGOTTEN_PATH}?language=${other}"
      lang="${other}"
      hreflang="${other}"
    >
      ${TEXTS[language].otherLanguage}
    </a>
  `;
}
