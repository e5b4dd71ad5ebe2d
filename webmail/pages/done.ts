import type { MessageView } from '../../core/core.ts';
import { explain } from '../../core/rules/reasons.ts';
import { page, type Answer } from '../answer.ts';
import { around, framed, sheetMain, type FramePart } from '../frame.ts';
import { html, NOTHING, type Html } from '../html.ts';
import { faceOf, icon, namesOf } from '../parts.ts';
import type { Visit } from '../visit.ts';

/** How many people the confirmation names. */
const NAMED = 12;

/**
 * GET /write/done: says of the newest message in Sent that it has gone, to whom, or what it waits
 * for. Reloading sends nothing.
 */
export async function done(visit: Visit<FramePart | 'mail'>): Promise<Answer> {
  const { core, viewer, texts, audience } = visit;
  const near = await around(visit);
  const sent = near.mailboxes.find((one) => one.use === 'sent');
  const last =
    sent === undefined
      ? undefined
      : (await core.mail.list(viewer, sent.id, { before: null, limit: 1 }))[0];
  const shown = last === undefined ? null : await core.mail.read(viewer, last.mailbox, last.uid);
  if (shown === null) return { kind: 'go', to: '/mail/sent' };
  const waits = shown.state === 'waiting';
  const title = waits ? texts.done.heldTitle[audience] : texts.done.title[audience];
  const content = html`
    <h1 id="t">${title}</h1>
    <div class="sheet pad stack">
      ${waits ? waitingWords(visit, shown) : goneWords(visit, shown)}
    </div>
    <div class="row">
      <a class="btn main big" href="/mail/inbox">
        ${icon(visit, 'inbox')}${texts.done.back[audience]}
      </a>
      <a class="btn big" href="/mail/sent">${icon(visit, 'send')}${texts.done.see[audience]}</a>
      <a class="btn quiet big" href="/write">${texts.done.again[audience]}</a>
    </div>
  `;
  return page(
    framed(visit, near, {
      title,
      section: 'messages',
      shelf: null,
      main: sheetMain(visit, near, { shelf: null, content }),
    }),
  );
}

function faces(visit: Visit, { to }: MessageView): Html {
  return html`
    <p class="row">${to.slice(0, NAMED).map((one) => faceOf(visit, one))}</p>
  `;
}

function goneWords(visit: Visit, shown: MessageView): Html {
  const { texts, audience } = visit;
  return html`
    ${faces(visit, shown)}
    <p class="row keep letter" role="status">
      ${icon(visit, 'check')}
      <span>${texts.done.sentTo[audience](namesOf(visit, shown.to, NAMED))}</span>
    </p>
  `;
}

function waitingWords(visit: Visit, shown: MessageView): Html {
  const { viewer, audience, now } = visit;
  const why =
    shown.refusal === null
      ? null
      : explain(shown.refusal.rule, shown.refusal.words, {
          language: viewer.language,
          audience,
          now,
        });
  return html`
    ${faces(visit, shown)}
    <div class="banner wait" role="status">
      ${icon(visit, 'hold')}
      <div class="grow">
        ${
          why === null
            ? NOTHING
            : html`
                <p class="letter">${why.sentence}${' '}${why.next}</p>
              `
        }
      </div>
    </div>
  `;
}
