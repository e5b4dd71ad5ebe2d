import type { Draft } from '../../../core/mail/writing/contract.ts';
import { calledOf, coverClass, icon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { longDate } from '../../frame/when.ts';
import { html, NOTHING, TEXT_BEGINS, type Html } from '../../html.ts';
import { eveningTick } from '../writing/evening.ts';
import { letterPage } from '../writing/letter-form.ts';
import { hiddenFields, keepButton, keptLine, unkeptBanner } from '../writing/writing-form.ts';
import { EMPTY } from '../writing/writing-page.ts';
import { answerable, type LoadedMessage } from './open-message.ts';

/** A few lines in answer to its sender: they stay at the foot while the letter scrolls. */
export function quickReply(visit: Visit, open: LoadedMessage): Html {
  const { message: shown, chosen, at, evening, begun } = open;
  const { texts, viewer } = visit;
  if (!answerable(visit, shown, chosen)) return NOTHING;
  if (begun !== null && begun.quick === null) return longAnswer(visit, begun.draft);
  const name = calledOf(shown.from);
  const text = begun?.quick ?? '';
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
      ${quickFields(visit, open)} ${unkeptBanner(visit)}
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
        >
${TEXT_BEGINS}${text}</textarea>
        <button class="btn">${icon(visit, 'send')}${texts.message.send}</button>
      </div>
      <div class="split more-answer">
        <span class="row">
          ${keepButton(visit)}${keptLine(visit, { draft: begun?.draft ?? null })}
        </span>
        ${evening === null ? hint : eveningTick(visit, evening)}
      </div>
    </form>
  `;
}

/** As on the writing page: the few lines are a letter that can be kept, or one that is begun. */
function quickFields(visit: Visit, { message: { mailbox, uid }, begun }: LoadedMessage): Html {
  const draft = begun?.draft ?? null;
  const writing = draft ?? { ...EMPTY, answerTo: { mailbox, uid } };
  const page = letterPage(writing, { draft, letter: null, back: visit.here });
  return html`
    ${hiddenFields(visit, { draft, writing, page })}
    <input type="hidden" name="quick" value="1" />
  `;
}

/** An answer that is begun and is more than a few lines: its page has room for it. */
function longAnswer({ asset, texts, clock }: Visit, { letter, at }: Draft): Html {
  return html`
    <div class="answer">
      <p class="row">
        ${icon({ asset }, 'file')}
        <span class="grow">${texts.message.begun(longDate(clock, at))}</span>
        <a class="btn" href="/write/letter/${letter}">${texts.message.goOn}</a>
      </p>
    </div>
  `;
}
