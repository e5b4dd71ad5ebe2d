import type { HelpCall, WithTeaching } from '../../../core/school/teaching/contract.ts';
import { surroundingsOf, framedSheet, type FramePart } from '../../frame/frame.ts';
import { draftsIn } from '../../frame/mailboxes.ts';
import { restBanner } from '../../frame/notices.ts';
import { icon, token } from '../../frame/parts.ts';
import { banner, doneBanner } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { html } from '../../html.ts';
import { MISSING, page, type Answer } from '../../http/answer.ts';

/** A child who may write to nobody just now still has one big button: their teachers are told. */
export async function helpPage(visit: Visit<FramePart>, called: HelpCall | null): Promise<Answer> {
  const surroundings = await surroundingsOf(visit);
  const words = visit.texts.help;
  const after =
    called === 'told' ? doneBanner(visit, words.told) : banner(visit, 'wait', words.nobody);
  const ask = html`
    ${restBanner(visit, draftsIn(surroundings.mailboxes))}
    <div class="sheet pad stack">
      <p>${words.lead}</p>
      <p>${words.what}</p>
      <form method="post" action="/write/help">
        ${token(visit)}
        <button class="btn main big">${icon(visit, 'help')}${words.call}</button>
      </form>
    </div>
  `;
  const content = html`
    <h1 id="t">${words.title}</h1>
    ${called === null ? ask : after}
  `;
  return page(
    framedSheet(visit, surroundings, {
      title: words.title,
      section: 'none',
      content,
    }),
  );
}

/** POST /write/help: calls. */
export async function callForHelp(
  visit: Visit<FramePart & WithTeaching<'callForHelp'>>,
): Promise<Answer> {
  const called = await visit.core.teaching.callForHelp(visit.viewer);
  return called === null ? MISSING : helpPage(visit, called);
}
