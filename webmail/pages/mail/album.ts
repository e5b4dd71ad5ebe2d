import type { WithSent } from '../../../core/mail/sent/contract.ts';
import { stampPage } from '../../components/stamp-page.ts';
import { surroundingsOf, framed, type FramePart } from '../../frame/frame.ts';
import { mailboxesNav } from '../../frame/mailbox-nav.ts';
import { backLink } from '../../frame/parts.ts';
import { nothingHere } from '../../frame/scenes.ts';
import type { Visit } from '../../frame/visit.ts';
import { html } from '../../html.ts';
import { MISSING, page, type Answer } from '../../http/answer.ts';

/** GET /album: a child's own stamps, of whom they have written to; nobody else has this page. */
export async function album(visit: Visit<FramePart & WithSent<'stamps'>>): Promise<Answer> {
  const friends = await visit.core.sent.stamps(visit.viewer);
  if (friends === null) return MISSING;
  const surroundings = await surroundingsOf(visit);
  const words = visit.texts.album;
  const main = html`
    <main id="main" class="body yard">
      ${mailboxesNav(visit, surroundings, 'sent')}
      <section class="stack" aria-labelledby="t">
        ${backLink(visit, '/mail/sent', words.back)}
        <h1 id="t">${words.title}</h1>
        <p class="soft">${words.lead}</p>
        ${friends.length === 0 ? nothingHere('letterbox', words.none) : stampPage(visit, friends)}
      </section>
    </main>
  `;
  const sheet = { title: words.title, section: 'messages', shelf: 'sent', main } as const;
  return page(framed(visit, surroundings, { ...sheet, styles: ['album.css'] }));
}
