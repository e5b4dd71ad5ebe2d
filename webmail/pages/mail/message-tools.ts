import type { MessageView } from '../../../core/mail/reading/contract.ts';
import { calledOf, icon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { actFields } from './deeds.ts';
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

/** The star, to put and to take away. */
export function starForm(visit: Visit, { message: shown, chosen, filter }: OpenMessage): Html {
  const { texts } = visit;
  return html`
    <form method="post" action="${chosen.path}/act">
      ${actFields(visit, shown, filter)}
      <button
        class="btn"
        name="do"
        value="${shown.flagged ? 'unflagged' : 'flagged'}"
        aria-pressed="${shown.flagged ? 'true' : 'false'}"
      >
        ${icon(visit, 'star')}${shown.flagged ? texts.message.kept : texts.message.keep}
      </button>
    </form>
  `;
}

/** To the bin, back, or erased for good. */
export function throwForms(visit: Visit, open: OpenMessage): Html {
  const { texts } = visit;
  const { message: shown, chosen } = open;
  const move = (to: string, name: string, word: string) =>
    moveForm(visit, open, { to, name, word });
  const putBack = move('back', 'undo', putBackWord(visit, shown));
  if (chosen.shelf === 'trash') {
    return html`
      ${putBack}${move('erase', 'close', texts.message.eraseForGood)}
    `;
  }
  const back = chosen.shelf === 'archive' || chosen.shelf === 'junk' ? putBack : NOTHING;
  return html`
    ${back}${move('trash', 'trash', texts.message.throwAway.child)}
  `;
}

/** Out of the bin or the archive: where a message of this kind belongs, in a word. */
export function putBackWord(
  { texts, audience, viewer }: Visit,
  { isDraft, from, state }: MessageView,
): string {
  if (isDraft) return texts.message.putBackDraft[audience];
  const isOwn = from.address === viewer.address && state !== 'added' && state !== 'brought';
  return isOwn ? texts.message.putBackSent : texts.message.putBack;
}

interface MoveButton {
  readonly to: string;
  readonly name: string;
  readonly word: string;
}

function moveForm(
  visit: Visit,
  { message: shown, chosen, filter }: OpenMessage,
  { to, name, word }: MoveButton,
): Html {
  return html`
    <form method="post" action="${chosen.path}/act">
      ${actFields(visit, shown, filter)}
      <button class="btn" name="do" value="${to}">${icon(visit, name)}${word}</button>
    </form>
  `;
}

/** A child's way to say that a message hurts; not for one's own, nor for the service's notices. */
export function reportForm(visit: Visit, { message: shown, at, chosen }: OpenMessage): Html {
  if (
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
