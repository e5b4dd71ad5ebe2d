import { surroundingsOf, framedSheet, type FramePart } from '../../frame/frame.ts';
import { icon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html } from '../../html.ts';
import { page, MISSING, type Answer } from '../../http/answer.ts';

/** Longest link that is followed, in characters. */
const MAX_LINK = 2048;

/**
 * GET /leave?to=: asks before a link of a mail leads out, and says the real host. It opens nothing
 * by itself.
 */
export async function leave(visit: Visit<FramePart>, to: unknown): Promise<Answer> {
  const link = typeof to === 'string' && to.length <= MAX_LINK ? URL.parse(to) : null;
  if (
    link === null ||
    (link.protocol !== 'http:' && link.protocol !== 'https:') ||
    link.username !== '' ||
    link.password !== ''
  )
    return MISSING;
  const { texts, audience } = visit;
  const surroundings = await surroundingsOf(visit);
  const content = html`
    <h1 id="t">${texts.leave.title[audience]}</h1>
    <div class="sheet pad stack">
      <p class="letter">${texts.leave.text[audience](link.host)}</p>
      <p class="mono soft">${link.href}</p>
    </div>
    <div class="row">
      <a class="btn main big" href="/mail/inbox">${icon(visit, 'back')}${texts.leave.stay}</a>
      <a class="btn big" href="${link.href}" rel="noopener noreferrer">
        ${texts.leave.go(link.host)}
      </a>
    </div>
  `;
  return page(
    framedSheet(visit, surroundings, {
      title: texts.leave.title[audience],
      section: 'none',
      content,
    }),
  );
}
