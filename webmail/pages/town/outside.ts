import type { OutsideMail, WithDemoOutside } from '../../../core/town/jobs/contract.ts';
import { narrowAnswer } from '../../components/narrow-page.ts';
import { surroundingsOf, type FramePart } from '../../frame/frame.ts';
import { nothingHere } from '../../frame/scenes.ts';
import type { Visit } from '../../frame/visit.ts';
import { longDate } from '../../frame/when.ts';
import { html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';

/** How many messages are shown, and how much of each. */
const SHOWN = 20;
const SHOWN_BYTES = 8000;

/**
 * GET /demo/outside, only while the demo runs: what would have left for outside. Its messages are
 * made up, and so are its people.
 */
export async function outside(visit: Visit<FramePart & WithDemoOutside<'list'>>): Promise<Answer> {
  if (visit.audience === 'child') return MISSING;
  const { texts } = visit;
  const [surroundings, mails] = await Promise.all([
    surroundingsOf(visit),
    visit.core.outside.list(),
  ]);
  const list =
    mails.length === 0
      ? nothingHere('plane', texts.outside.empty)
      : html`
          <ol class="stack wide">
            ${mails.slice(0, SHOWN).map((mail) => oneMail(visit, mail))}
          </ol>
        `;
  const content = html`
    <div>
      <h1>${texts.outside.title}</h1>
      <p class="soft">${texts.outside.hint}</p>
    </div>
    ${list}
  `;
  return narrowAnswer(visit, surroundings, {
    title: texts.outside.title,
    section: 'none',
    content,
  });
}

function oneMail({ texts, clock }: Visit, mail: OutsideMail) {
  return html`
    <li class="sheet pad stack tight">
      <p>
        <b>${mail.sender}</b>
        ${' '}
        <span class="soft">${longDate(clock, mail.at)}</span>
      </p>
      <p>${texts.outside.to}${' '}${mail.recipients.join(', ')}</p>
      <pre class="mono raw" tabindex="0">${mail.raw.subarray(0, SHOWN_BYTES).toString('utf8')}</pre>
    </li>
  `;
}
