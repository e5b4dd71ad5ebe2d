import type { MessageView } from '../../../core/mail/reading/contract.ts';
import type {
  LetterReadState,
  RecallFate,
  SentFate,
  StillHeld,
} from '../../../core/mail/sent/contract.ts';
import { dayAfter } from '../../../core/roster/days.ts';
import type { Face } from '../../../core/rules/viewer.ts';
import { reasonField } from '../../components/release-reason.ts';
import { ownRoad } from '../../components/road.ts';
import { calledOf, faceOf, icon, namesOf, token } from '../../frame/parts.ts';
import { banner } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { hour, longDate, todayOn } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { whyWaiting } from './message-notices.ts';
import type { OpenMessage } from './open-message.ts';

/** Names of those for whom a letter waits that are written out. */
const NAMED = 6;
const SAID = ['tooLate', 'nobody', 'reasonMissing'] as const;
const NOT_AWAITED = ['unclear', 'past', 'tooFar', 'answered'] as const;
/** Why an act on a sent letter came to nothing. */
export type SentSaid = (typeof SAID)[number] | (typeof NOT_AWAITED)[number];

export function sentSaidOf(said: unknown): SentSaid | null {
  return [...SAID, ...NOT_AWAITED].find((one) => one === said) ?? null;
}

/** What became of a letter that one has sent, above it; nothing where there is nothing to say. */
export function fateView(
  visit: Visit,
  { at, fate, message }: Pick<OpenMessage, 'at' | 'message'> & { readonly fate: SentFate | null },
): Html {
  if (fate === null) return NOTHING;
  return html`
    ${readFirstView(visit, fate.readFirst)} ${heldView(visit, { at, held: fate.held, message })}
    ${broughtView(visit, message, fate.brought)} ${recallView(visit, at, fate.recall)}
    ${readView(visit, at, fate.read)} ${awaitView(visit, at, fate)}
  `;
}

/** Whether an answer is waited for: until when, or a day for that. A child waits for none. */
function awaitView(visit: Visit, at: string, { awaited, recall }: SentFate): Html {
  if (visit.audience === 'child' || recall.kind === 'recalled') return NOTHING;
  const { texts, clock } = visit;
  const words = texts.putOff.awaited;
  if (awaited !== null)
    return html`
      <form class="banner" method="post" action="${at}/await">
        ${token(visit)}${icon(visit, 'bell')}
        <div class="grow stack tight">
          <p>${words.until(longDate(clock, awaited))}</p>
          <p><button class="btn" name="do" value="stop">${words.stop}</button></p>
        </div>
      </form>
    `;
  return html`
    <details class="in await">
      <summary>${words.offer}</summary>
      <form class="stack tight" method="post" action="${at}/await" novalidate>
        ${token(visit)}
        <label for="aw">${words.label}</label>
        <input
          class="input"
          id="aw"
          type="date"
          name="day"
          value="${dayAfter(todayOn(clock), 7)}"
          aria-describedby="awh"
        />
        <p class="hint" id="awh">${words.hint}</p>
        <p><button class="btn">${icon(visit, 'bell')}${words.set}</button></p>
      </form>
    </details>
  `;
}

/** What adults read of a child's mail the child is told. */
function readFirstView(visit: Visit, readers: readonly Face[]): Html {
  if (readers.length === 0) return NOTHING;
  return html`
    <p class="banner">
      ${icon(visit, 'eye')}
      <span class="grow">${visit.texts.sent.readFirst(namesOf(visit, readers, NAMED))}</span>
    </p>
  `;
}

export const sentTrouble = (visit: Visit, said: SentSaid | null): Html =>
  said === null ? NOTHING : banner(visit, 'stop', saidWords(visit, said));

function saidWords({ texts }: Visit, said: SentSaid): string {
  const known = SAID.find((one) => one === said);
  const awaited = NOT_AWAITED.find((one) => one === said);
  return known ? texts.sent[known] : texts.putOff.awaited[awaited ?? 'unclear'];
}

/** It travelled to another class, and is there. */
function broughtView(visit: Visit, { at: left }: MessageView, brought: Date | null): Html {
  return brought === null ? NOTHING : ownRoad(visit, { left, at: brought, isThere: true });
}

/** Why it waits, for whom and since when; and the way back, which is its writer's. */
function heldView(
  visit: Visit,
  { at, held, message }: Pick<OpenMessage, 'at' | 'message'> & { readonly held: StillHeld | null },
): Html {
  if (held === null) return NOTHING;
  if (held.brings !== null)
    return html`
      ${ownRoad(visit, { left: message.at, at: held.brings, isThere: false })}
      ${withdrawForm(visit, at)}
    `;
  const { texts, audience, clock } = visit;
  const since = longDate(clock, held.since);
  const by =
    held.by.length === 0 || held.isOwn
      ? NOTHING
      : texts.sent.decidedBy[audience](namesOf(visit, held.by, NAMED));
  return html`
    <div class="banner wait">
      ${icon(visit, 'hold')}
      <div class="grow stack tight">
        ${message.state === 'waiting' ? whyWaiting(visit, message) : NOTHING}
        <p>${texts.sent.heldFor[audience](namesOf(visit, held.to, NAMED), since)}${' '}${by}</p>
        ${held.isOwn ? releaseForm(visit, at) : NOTHING} ${withdrawForm(visit, at)}
      </div>
    </div>
  `;
}

const withdrawForm = (visit: Visit, at: string): Html => html`
  <form method="post" action="${at}/withdraw">
    ${token(visit)}
    <button class="btn">${icon(visit, 'undo')}${visit.texts.sent.withdraw[visit.audience]}</button>
  </form>
`;

/** It waits for its writer alone, who says why it may go. */
function releaseForm(visit: Visit, at: string): Html {
  return html`
    <form class="stack tight" method="post" action="${at}/release" novalidate>
      ${token(visit)} ${reasonField(visit, 'reason')}
      <p><button class="btn">${icon(visit, 'check')}${visit.texts.sent.letGo}</button></p>
    </form>
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
        <p>${words.mayRecall(hour(visit.clock, until))} ${elsewhere ? words.elsewhere : NOTHING}</p>
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
        <p><b>${words.recalledByYou(longDate(visit.clock, at))}</b></p>
        <p>${words.recalledCopies(copies, read)}</p>
      </div>
    </div>
  `;
}

/** A gauge for one's own pupils, with the names of the others; a count for everybody else. */
function readView(visit: Visit, at: string, read: LetterReadState | null): Html {
  if (read === null) return NOTHING;
  const { sent: words } = visit.texts;
  const { pupils, unread, others, said } = read;
  const ofPupils = html`
    ${gauge(words.pupils(pupils - unread.length, pupils), pupils - unread.length, pupils)}
    ${unread.length === 0 ? NOTHING : unreadNames(visit, unread)}
  `;
  const wellRead = pupils > 0 ? words.others(said, others) : words.wellReadBy(said, others);
  const ofOthers = html`
    ${gauge(wellRead, said, others)}
    <p class="hint">${words.othersHint}</p>
  `;
  return html`
    <section class="in fate stack tight" aria-labelledby="wr">
      <h2 class="h3" id="wr">${words.whoRead}</h2>
      ${pupils === 0 ? NOTHING : ofPupils} ${others === 0 ? NOTHING : ofOthers}
      ${reminder(visit, at, read)}
    </section>
  `;
}

/** The words say all of it: the bar is for the eye. */
function gauge(words: string, value: number, max: number): Html {
  return html`
    <p>${words}</p>
    <progress class="ok" value="${value}" max="${max}" aria-hidden="true"></progress>
  `;
}

function unreadNames(visit: Visit, unread: readonly Face[]): Html {
  return html`
    <details>
      <summary>${visit.texts.sent.unread(unread.length)}</summary>
      <ul class="row unread">
        ${unread.map(
          (one, at) => html`
            <li>${faceOf(visit, one, 's')} ${calledOf(one)}${at + 1 < unread.length ? ',' : ''}</li>
          `,
        )}
      </ul>
    </details>
  `;
}

function reminder(visit: Visit, at: string, { reminder: next }: LetterReadState): Html {
  const { sent: words } = visit.texts;
  if (next.kind === 'sent')
    return html`
      <p class="soft" role="status">
        ${icon(visit, 'check')}${' '} ${words.remindedAt(longDate(visit.clock, next.at))}
      </p>
    `;
  if (next.readers === 0)
    return html`
      <p class="soft">${words.everybody}</p>
    `;
  return html`
    <form method="post" action="${at}/remind">
      ${token(visit)}
      <button class="btn mini">${icon(visit, 'send')}${words.remind(next.readers)}</button>
    </form>
  `;
}

/** For who reads it: « Bien lu », which is theirs alone to say. */
export function wellRead(visit: Visit, at: string, said: boolean | null): Html {
  const { sent: words } = visit.texts;
  const { audience } = visit;
  if (said === null) return NOTHING;
  if (said)
    return html`
      <p class="tone ok">${icon(visit, 'check')} ${words.saidWellRead[audience]}</p>
    `;
  return html`
    <form class="row" method="post" action="${at}/read">
      ${token(visit)}
      <button class="btn">${icon(visit, 'check')}${words.wellRead[audience]}</button>
      <span class="hint">${words.wellReadHint[audience]}</span>
    </form>
  `;
}
