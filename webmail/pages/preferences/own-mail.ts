import type { WithPeople } from '../../../core/school/people/contract.ts';
import { surroundingsOf, framedSheet, type FramePart } from '../../frame/frame.ts';
import { icon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html } from '../../html.ts';
import { page, type Answer } from '../../http/answer.ts';

/** GET /my-mail: everything that is one's own, to keep when one leaves. */
export async function ownMail(visit: Visit<FramePart>): Promise<Answer> {
  const surroundings = await surroundingsOf(visit);
  const { title, ...own } = visit.texts.people.own;
  const words = own[visit.audience];
  const content = html`
    <h1 id="t">${title}</h1>
    <div class="sheet pad stack">
      <p>${words.lead}</p>
      <p class="soft">${words.hint}</p>
      <form method="post" action="/my-mail">
        ${token(visit)}
        <button class="btn main${visit.audience === 'child' ? ' big' : ''}">
          ${icon(visit, 'file')}${words.take}
        </button>
      </form>
    </div>
  `;
  return page(
    framedSheet(visit, surroundings, {
      title,
      section: 'none',
      content,
    }),
  );
}

/** POST /my-mail: the archive, made while it is sent. */
export async function takeOwnMail(visit: Visit<WithPeople<'takeOwnAlong'>>): Promise<Answer> {
  return {
    kind: 'stream',
    ...(await visit.core.people.takeOwnAlong(visit.viewer)),
    mediaType: 'application/zip',
  };
}
