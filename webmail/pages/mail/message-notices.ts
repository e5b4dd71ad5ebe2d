import type { MessageView } from '../../../core/mail/reading/contract.ts';
import type { SentFate } from '../../../core/mail/sent/contract.ts';
import { explain } from '../../../core/rules/reasons.ts';
import { calledOf, icon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import type { OpenMessage } from './open-message.ts';

/** What holds it up, or why it came back, in Sent; how it came here otherwise than by mail. */
export function notice(
  visit: Visit,
  { message: shown, fate }: Pick<OpenMessage, 'message'> & { readonly fate: SentFate | null },
): Html {
  switch (shown.state) {
    case 'normal':
      return html`
        ${paperNotice(visit, shown)} ${noAnswerNotice(visit, shown)}
      `;
    case 'unanswered':
    case 'waiting-for-scanner':
    case 'leaving':
    case 'travelling': // its road is drawn (`sent-fate.ts`)
      return NOTHING;
    case 'withdrawn':
      return withdrawnNotice(visit);
    case 'recalled':
      return recalledNotice(visit, shown);
    case 'added':
    case 'brought':
      return cameOtherwise(visit, shown.state);
    case 'waiting':
      // where more is known, it is said there with the rest (`sent-fate.ts`)
      return (fate?.held ?? null) === null ? waitingNotice(visit, shown) : NOTHING;
    case 'given-back':
      return givenBackNotice(visit, shown);
  }
}

/** The last line of a letter that asks for an answer: the page of its paper. */
const PAPER = /^https?:\/\/[^\s/]+(\/papers\/\d+\/\d+)$/;

/**
 * A letter that asks for an answer leads to where it is given. Whoever writes such a line by hand
 * leads to a page that asks for the right anew.
 */
function paperNotice(visit: Visit, { text }: MessageView): Html {
  const { texts, audience } = visit;
  const page = PAPER.exec((text ?? '').trimEnd().split('\n').at(-1)?.trim() ?? '')?.[1];
  if (page === undefined || audience === 'child') return NOTHING;
  return html`
    <p class="banner wait">
      ${icon(visit, 'sign')}
      <span class="grow">${texts.papers.inLetter}</span>
      <a class="btn main" href="${page}">${texts.papers.see}</a>
    </p>
  `;
}

/** Who wrote it asks for no answer: why there is no button to answer with. */
function noAnswerNotice(visit: Visit, { answers, from }: MessageView): Html {
  const { texts, audience, viewer } = visit;
  if (answers !== 'none' || from.address === viewer.address) return NOTHING;
  return html`
    <p class="soft small">
      ${icon(visit, 'info')}${' '}${texts.message.noAnswer[audience](calledOf(from))}
    </p>
  `;
}

function cameOtherwise({ texts, audience, asset }: Visit, state: 'added' | 'brought'): Html {
  return html`
    <p class="banner${state === 'added' ? ' wait' : ''}">
      ${icon({ asset }, 'info')}
      <span class="grow">${texts.message[state][audience]}</span>
    </p>
  `;
}

function withdrawnNotice(visit: Visit): Html {
  return html`
    <p class="banner wait" role="status">
      ${icon(visit, 'undo')}
      <span class="grow">${visit.texts.sent.withdrawn[visit.audience]}</span>
    </p>
  `;
}

/** For who has read it; its writer is told more where they can be (`sent-fate.ts`). */
function recalledNotice(visit: Visit, { from }: MessageView): Html {
  const { texts, audience, viewer } = visit;
  if (from.address === viewer.address) return NOTHING;
  return html`
    <p class="banner wait">
      ${icon(visit, 'undo')}
      <span class="grow">${texts.sent.recalled[audience](calledOf(from))}</span>
    </p>
  `;
}

function waitingNotice(visit: Visit, shown: MessageView): Html {
  return html`
    <div class="banner wait">
      ${icon(visit, 'hold')}
      <div class="grow stack tight">${whyWaiting(visit, shown)}</div>
    </div>
  `;
}

/** That it waits, by which rule, and with whose word. */
export function whyWaiting(visit: Visit, { refusal, note }: MessageView): Html {
  const { texts, audience, clock } = visit;
  const why =
    refusal === null ? null : explain(refusal.rule, refusal.words, { ...clock, audience });
  const reason =
    why === null
      ? NOTHING
      : html`
          <p>${why.sentence}${' '}${why.next}</p>
        `;
  return html`
    <p><b>${texts.message.waiting[audience]}</b></p>
    ${reason} ${noteOf(visit, note)}
  `;
}

/**
 * Without a word of somebody's it was the rules, which may have refused one and let the others
 * have it.
 */
function givenBackNotice(visit: Visit, { note }: MessageView): Html {
  const { texts, audience } = visit;
  const title = note === null ? texts.message.notToAll : texts.message.givenBack;
  return html`
    <div class="banner stop">
      ${icon(visit, 'undo')}
      <div class="grow stack tight">
        <p><b>${title[audience]}</b></p>
        ${noteOf(visit, note)}
      </div>
    </div>
  `;
}

function noteOf({ texts, audience }: Visit, note: string | null): Html {
  if (note === null) return NOTHING;
  return html`
    <p>${texts.message.noteFrom[audience]}</p>
    <blockquote>${note}</blockquote>
  `;
}

/** What one has sent oneself came from nowhere; what one has put there, or brought, says so. */
export function whyLine(
  { texts, audience, viewer }: Visit,
  { because, from, state }: MessageView,
): Html {
  if (from.address === viewer.address && state !== 'added' && state !== 'brought') return NOTHING;
  return html`
    <details>
      <summary>${texts.message.why}</summary>
      <p class="read">${texts.message.because[audience][because.kind](because.name)}</p>
    </details>
  `;
}
