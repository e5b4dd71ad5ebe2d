import type { WithSent } from '../../../core/mail/sent/contract.ts';
import { littlePage } from '../../components/little-page.ts';
import { stampPage } from '../../components/stamp-page.ts';
import { scene } from '../../frame/scenes.ts';
import type { Visit } from '../../frame/visit.ts';
import { html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { makingsOf, makingLink } from './says.ts';

/** GET /album of a little one: a face on each stamp, which says its name when it is touched. */
export async function littleAlbum(visit: Visit<WithSent<'stamps'>>): Promise<Answer> {
  const friends = await visit.core.sent.stamps(visit.viewer);
  if (friends === null) return MISSING;
  const { title } = visit.texts.album;
  const isBare = friends.length === 0;
  const bare = html`
    <div class="quiet-day">${scene('letterbox')}</div>
    <nav class="doings">
      ${makingsOf(visit).map((one) => makingLink(visit, one, `/write?make=${one}`))}
    </nav>
  `;
  return littlePage(visit, {
    title,
    at: 'inside',
    says: isBare ? 'albumBare' : 'album',
    styles: ['album.css'],
    main: html`
      <main id="main" class="body">
        <div class="hello"><h1>${title}</h1></div>
        ${isBare ? bare : stampPage(visit, friends)}
      </main>
    `,
  });
}
