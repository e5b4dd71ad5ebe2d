import type { MessageView } from '../../../core/mail/reading/contract.ts';
import { calledOf, coverClass, icon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { eveningTick } from '../writing/evening.ts';
import { letterPage } from '../writing/letter-form.ts';
import { hiddenFields, keepButton, keptLine, unkeptBanner } from '../writing/writing-form.ts';
import { EMPTY } from '../writing/writing-page.ts';
import { answerable, type LoadedMessage } from './open-message.ts';

/** A few lines in answer to its sender: they stay at the foot while the letter scrolls. */
export function quickReply(visit: Visit, open: LoadedMessage): Html {
  const { message: shown, chosen, at, evening } = open;
  const { texts, viewer } = visit;
  if (!answerable(visit, shown, chosen)) return NOTHING;
  const name = calledOf(shown.from);
  const hint = html`
    <span class="small soft">${texts.message.quickHint}</span>
  `;
  return html`
    <form
      class="answer quick"
      method="post"
      action="${at}/reply"
      autocomplete="off"
      novalidate
      data-write="quick"
      data-owner="${viewer.address}"
    >
      ${quickFields(visit, shown)} ${unkeptBanner(visit)}
      <div class="ask">
        <span class="who ${coverClass(viewer.classes[0]?.cover ?? 8)}" aria-hidden="true">
          ${viewer.face}
        </span>
        <label class="vh" for="rp">${texts.message.quick(name)}</label>
        <textarea
          id="rp"
          name="text"
          rows="1"
          class="input"
          placeholder="${texts.message.quick(name)}"
          required
        ></textarea>
        <button class="btn">${icon(visit, 'send')}${texts.message.send}</button>
      </div>
      <div class="split more-answer">
        <span class="row">${keepButton(visit)}${keptLine(visit, { draft: null })}</span>
        ${evening === null ? hint : eveningTick(visit, evening)}
      </div>
    </form>
  `;
}

/** As on the writing page: the few lines are a letter that can be kept. */
function quickFields(visit: Visit, { mailbox, uid }: MessageView): Html {
  const writing = { ...EMPTY, answerTo: { mailbox, uid } };
  return html`
    ${hiddenFields(visit, { draft: null, writing, page: letterPage(writing, { draft: null, letter: null, back: visit.here }) })}
    <input type="hidden" name="quick" value="1" />
  `;
}
