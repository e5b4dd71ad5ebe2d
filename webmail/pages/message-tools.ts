import type { MessageView } from '../../core/core.ts';
import { html, NOTHING, type Html } from '../html.ts';
import { letterPage } from '../letter-form.ts';
import { calledOf, icon, namedIcon, token } from '../parts.ts';
import type { Visit } from '../visit.ts';
import { hiddenFields, keepButton, keptLine, unkeptBanner } from '../writing-form.ts';
import { EMPTY } from '../writing-page.ts';
import { type OpenMessage, answersAll, answerable } from './open-message.ts';

/** A child's answers, at the foot of the letter. */
export function replies(visit: Visit, { message: shown, chosen, at }: OpenMessage): Html {
  const { texts } = visit;
  if (!answerable(visit, shown, chosen)) return NOTHING;
  const wroteToList = shown.to.some((face) => face.kind === 'list');
  const all = answersAll(visit, shown)
    ? html`
        <a class="btn big" href="${at}/reply-all">
          ${icon(visit, 'reply-all')}
          ${wroteToList ? texts.message.replyClass : texts.message.replyAll.child}
        </a>
      `
    : NOTHING;
  return html`
    <footer class="in foot-in">
      <div class="row">
        <a class="btn main big" href="${at}/reply">
          ${icon(visit, 'reply')}${texts.message.replyTo(calledOf(shown.from))}
        </a>
        ${all}
      </div>
    </footer>
  `;
}

/** What an adult may do with it, above the letter. */
export function adultTools(visit: Visit, open: OpenMessage): Html {
  const { texts } = visit;
  const { message: shown, chosen, at } = open;
  const reply = answerable(visit, shown, chosen)
    ? html`
        <a class="btn" href="${at}/reply">${icon(visit, 'reply')}${texts.message.reply}</a>
        ${
          answersAll(visit, shown)
            ? html`
                <a class="btn" href="${at}/reply-all">
                  ${icon(visit, 'reply-all')}${texts.message.replyAll.adult}
                </a>
              `
            : NOTHING
        }
      `
    : NOTHING;
  const unread = html`
    <form method="post" action="${at}/mark">
      ${token(visit)}
      <button class="btn only" name="mark" value="unseen">
        ${namedIcon(visit, 'eye', texts.message.unread)}
      </button>
    </form>
  `;
  return html`
    ${reply}${starForm(visit, open)}${chosen.shelf === 'sent' ? NOTHING : unread}
    <span class="end row">${throwForms(visit, open)}</span>
  `;
}

/** The star, to put and to take away. */
export function starForm(visit: Visit, { message: shown, at }: OpenMessage): Html {
  const { texts, audience } = visit;
  const word = shown.flagged ? texts.message.kept[audience] : texts.message.keep[audience];
  const inside =
    audience === 'child'
      ? html`
          ${icon(visit, 'star')}${word}
        `
      : namedIcon(visit, 'star', texts.message.keep.adult);
  return html`
    <form method="post" action="${at}/mark">
      ${token(visit)}
      <button
        class="btn${audience === 'child' ? '' : ' only'}"
        name="mark"
        value="${shown.flagged ? 'unflagged' : 'flagged'}"
        aria-pressed="${shown.flagged ? 'true' : 'false'}"
      >
        ${inside}
      </button>
    </form>
  `;
}

/** To the bin, to the archive, back, or erased for good. */
export function throwForms(visit: Visit, open: OpenMessage): Html {
  const { texts, audience } = visit;
  const { message: shown, chosen } = open;
  const move = (to: string, name: string, word: string) =>
    moveForm(visit, open, { to, name, word });
  if (chosen.shelf === 'trash') {
    const putBack = shown.isDraft
      ? move('drafts', 'undo', texts.message.putBackDraft[audience])
      : move('inbox', 'undo', texts.message.putBack);
    return html`
      ${putBack}${move('erase', 'close', texts.message.eraseForGood)}
    `;
  }
  const archive =
    audience === 'adult' && chosen.shelf === 'inbox'
      ? move('archive', 'class', texts.message.archive)
      : NOTHING;
  const back =
    chosen.shelf === 'archive' || chosen.shelf === 'junk'
      ? move('inbox', 'undo', texts.message.putBack)
      : NOTHING;
  return html`
    ${archive}${back}${move('trash', 'trash', texts.message.throwAway[audience])}
  `;
}

function moveForm(
  visit: Visit,
  { chosen, at }: OpenMessage,
  { to, name, word }: { readonly to: string; readonly name: string; readonly word: string },
): Html {
  const inWords = visit.audience === 'child' || chosen.shelf === 'trash';
  const iconAndWord = html`
    ${icon(visit, name)}${word}
  `;
  return html`
    <form method="post" action="${at}/move">
      ${token(visit)}
      <button class="btn${inWords ? '' : ' only'}" name="to" value="${to}">
        ${inWords ? iconAndWord : namedIcon(visit, name, word)}
      </button>
    </form>
  `;
}

/** A few lines in answer to its sender, under the letter. */
export function quickReply(visit: Visit, { message: shown, chosen, at }: OpenMessage): Html {
  const { texts } = visit;
  if (!answerable(visit, shown, chosen)) return NOTHING;
  const name = calledOf(shown.from);
  return html`
    <div class="in quick rimmed">
      <form
        class="stack tight"
        method="post"
        action="${at}/reply"
        autocomplete="off"
        data-write="quick"
        data-owner="${visit.viewer.address}"
      >
        ${quickFields(visit, shown)}
        <label class="lab" for="rp">${texts.message.quick(name)}</label>
        <textarea id="rp" name="text" rows="3" class="input" required></textarea>
        ${unkeptBanner(visit)}
        <div class="split">
          <div class="row">
            <button class="btn main">${icon(visit, 'send')}${texts.message.send}</button>
            ${keepButton(visit)}${keptLine(visit, { draft: null })}
          </div>
          <span class="small soft">${texts.message.quickHint}</span>
        </div>
      </form>
    </div>
  `;
}

/** As on the writing page: the few lines are a letter that can be kept. */
function quickFields(visit: Visit, { mailbox, uid }: MessageView): Html {
  const writing = { ...EMPTY, answerTo: { mailbox, uid } };
  return html`
    ${hiddenFields(visit, { draft: null, writing, page: letterPage(writing, null, null) })}
    <input type="hidden" name="quick" value="1" />
  `;
}

/** A child's way to say that a message hurts; not for one's own, nor for the service's notices. */
export function reportForm(
  visit: Visit,
  { message: shown, at, chosen, reported }: OpenMessage,
): Html {
  if (
    reported ||
    chosen.shelf === 'sent' ||
    shown.from.kind === 'system' ||
    shown.from.address === visit.viewer.address
  )
    return NOTHING;
  return html`
    <form method="post" action="${at}/report">
      ${token(visit)}
      <button class="btn no">${icon(visit, 'report')}${visit.texts.message.report}</button>
    </form>
  `;
}
