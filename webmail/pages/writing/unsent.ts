import type { Uid } from '../../../core/ground/ids.ts';
import type { WithWritings } from '../../../core/mail/writing/contract.ts';
import type { Outcome } from '../../../core/rules/outcome.ts';
import { explain } from '../../../core/rules/reasons.ts';
import { surroundingsOf, framedSheet, type FramePart } from '../../frame/frame.ts';
import { icon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { fileSize } from '../../frame/when.ts';
import { html } from '../../html.ts';
import type { Answer } from '../../http/answer.ts';
import { refusedView } from './refused.ts';

/** An outcome on which the message did not go and the draft stays. */
type Unsent = Exclude<Outcome, { readonly kind: 'accepted' | 'held' }>;

/**
 * The one place where what core says becomes what a page says. A new kind of outcome doesn't
 * compile without a row here.
 */
const STATUS = {
  denied: 403,
  infected: 422,
  unscannable: 422,
  'scanner-silent': 202,
  'too-big': 413,
  'mailbox-full': 422,
  malformed: 400,
  'not-your-address': 403,
  'no-recipient': 422,
} as const satisfies Record<Unsent['kind'], number>;

/**
 * The page for a message that did not leave. Its draft is at `/write/<draft>`; null where there was
 * nothing to keep.
 */
export async function unsentAnswer(
  visit: Visit<FramePart & WithWritings>,
  outcome: Unsent,
  draft: Uid | null,
): Promise<Answer> {
  if (outcome.kind === 'denied') return refusedView(visit, outcome.refusals, draft);
  const { texts, audience, clock } = visit;
  const silent = outcome.kind === 'scanner-silent';
  const title = (silent ? texts.trouble.later : texts.trouble.notSent)[audience];
  const why = explain(outcome.kind, wordsOf(visit, outcome), { ...clock, audience });
  const surroundings = await surroundingsOf(visit);
  const draftPath = draft === null ? '/write' : `/write/${draft}`;
  const onward = silent ? '/mail/inbox' : draftPath;
  const content = html`
    <h1 id="t">${title}</h1>
    <div class="banner ${silent ? 'wait' : 'stop'}">
      ${icon(visit, silent ? 'hold' : 'warning')}
      <div class="grow">
        <p>${why.sentence}</p>
        <p>${why.next}</p>
      </div>
    </div>
    <div class="row">
      <a class="btn main big" href="${onward}">
        ${
          silent
            ? texts.done.back[audience]
            : html`
                ${icon(visit, 'write')} ${texts.write.title[audience]}
              `
        }
      </a>
      <a class="btn quiet big" href="/mail/drafts">${texts.shelf[audience].drafts}</a>
    </div>
  `;
  return {
    kind: 'page',
    status: STATUS[outcome.kind],
    body: framedSheet(visit, surroundings, { title, section: 'messages', content }),
  };
}

function wordsOf({ viewer }: Visit, outcome: Unsent): Readonly<Record<string, string>> {
  switch (outcome.kind) {
    case 'infected':
    case 'unscannable':
      return { signature: outcome.signature };
    case 'too-big':
      return { limit: fileSize(viewer.language, outcome.limitBytes) };
    case 'denied':
    case 'scanner-silent':
    case 'mailbox-full':
    case 'malformed':
    case 'not-your-address':
    case 'no-recipient':
      return {};
  }
}
