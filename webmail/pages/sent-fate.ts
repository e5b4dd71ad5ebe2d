import type { RecallFate, SentFate } from '../../core/core.ts';
import { html, NOTHING, type Html } from '../html.ts';
import { icon, token } from '../parts.ts';
import type { Visit } from '../visit.ts';
import { hour, longDate } from '../when.ts';

/** What became of a letter that one has sent, above it; nothing where there is nothing to say. */
export function fateView(visit: Visit, at: string, fate: SentFate | null): Html {
  if (fate === null) return NOTHING;
  return recallView(visit, at, fate.recall);
}

export function tooLateBanner(visit: Visit): Html {
  return html`
    <p class="banner stop" role="status">
      ${icon(visit, 'info')}
      <span class="grow">${visit.texts.sent.tooLate}</span>
    </p>
  `;
}

function recallView(visit: Visit, at: string, fate: RecallFate): Html {
  switch (fate.kind) {
    case 'closed':
      return NOTHING;
    case 'open':
      return recallForm(visit, at, fate);
    case 'recalled':
      return recalledBanner(visit, fate);
  }
}

function recallForm(
  visit: Visit,
  at: string,
  { until, elsewhere }: Extract<RecallFate, { kind: 'open' }>,
): Html {
  const { sent: words } = visit.texts;
  return html`
    <form class="banner recall" method="post" action="${at}/recall">
      ${token(visit)}${icon(visit, 'info')}
      <div class="grow stack tight">
        <p>
          ${words.mayRecall(hour(visit.viewer.language, until))}
          ${elsewhere ? words.elsewhere : NOTHING}
        </p>
        <p><button class="btn">${icon(visit, 'undo')}${words.recall}</button></p>
      </div>
    </form>
  `;
}

function recalledBanner(
  visit: Visit,
  { at, copies, read }: Extract<RecallFate, { kind: 'recalled' }>,
): Html {
  const { sent: words } = visit.texts;
  return html`
    <div class="banner wait" role="status">
      ${icon(visit, 'undo')}
      <div class="grow stack tight">
        <p><b>${words.recalledByYou(longDate(visit.viewer.language, at, visit.now))}</b></p>
        <p>${words.recalledCopies(copies, read)}</p>
      </div>
    </div>
  `;
}
