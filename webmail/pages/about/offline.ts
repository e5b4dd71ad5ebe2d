import type { Language } from '../../../core/ground/ids.ts';
import type { Audience } from '../../../core/rules/reasons.ts';
import { documentOf } from '../../frame/frame.ts';
import { icon } from '../../frame/parts.ts';
import { scene } from '../../frame/scenes.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, type Html } from '../../html.ts';
import { TEXTS } from '../../texts/texts.ts';

/** GET /offline: what a browser shows that reaches nobody. It names nobody, and is kept there. */
export function offlinePage(
  asset: Visit['asset'],
  { language, audience }: { readonly language: Language; readonly audience: Audience },
): Html {
  const texts = TEXTS[language];
  const words = texts.app.offline;
  const door = { asset };
  return documentOf({
    lang: language,
    title: texts.titled(words.title),
    audience: audience === 'child' ? 'pupil' : 'adult',
    skip: texts.skip,
    asset,
    styles: [asset('base.css')],
    scripts: [asset('offline.js')],
    foot: 'within',
    body: html`
      <header class="top">
        <span class="brand">${icon(door, 'preau')}${texts.brand}</span>
      </header>
      <main id="main" class="body narrow">
        <div class="state sheet">
          ${scene('rain')}
          <h1>${words.title}</h1>
          <p>${words.text[audience]}</p>
          <p data-kept hidden>${words.kept}</p>
          <p><a class="btn main" href="/mail/inbox" data-again>${words.again[audience]}</a></p>
        </div>
      </main>
    `,
  });
}
