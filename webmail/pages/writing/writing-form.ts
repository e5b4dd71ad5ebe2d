import { randomUUID } from 'node:crypto';
import type { Draft } from '../../../core/mail/writing/contract.ts';
import { explain } from '../../../core/rules/reasons.ts';
import { draftField } from '../../components/letter-hand.ts';
import { icon, token } from '../../frame/parts.ts';
import type { Recipient } from '../../frame/recipients.ts';
import type { Visit } from '../../frame/visit.ts';
import { longDate } from '../../frame/when.ts';
import { attributes, html, NOTHING, type Html, escaped } from '../../html.ts';
import type { Complaint, WritingPage } from './writing-page.ts';

/** Names on the button up to here; more people are a number. */
const NAMED = 3;

const hidden = (name: string, value: string | number): Html => html`
  <input type="hidden" name="${name}" value="${value}" />
`;

/** What a writing form carries that nobody sees. */
export function hiddenFields(
  visit: Visit,
  { draft, writing, page }: Pick<WritingPage, 'draft' | 'writing' | 'page'>,
): Html {
  const { answerTo } = writing;
  const answer =
    answerTo === null
      ? NOTHING
      : html`
          ${hidden('answer-mailbox', answerTo.mailbox)}${hidden('answer-uid', answerTo.uid)}
        `;
  const start = page.start === null ? NOTHING : hidden('start', page.start);
  return html`
    ${token(visit)} ${draftField(draft)} ${hidden('letter', page.letter)}
    ${hidden('window', randomUUID())} ${hidden('turn', 0)} ${hidden('back', page.back)} ${start}
    ${answer}
  `;
}

/**
 * Enter in a field presses the first button of a form (HTML, implicit submission): this one, which
 * looks for the name in its field or keeps the letter, and sends nothing.
 */
export const enterButton = (): Html => html`
  <button class="vh" name="act" value="enter" tabindex="-1" aria-hidden="true"></button>
`;

/** The words on the send button: the people by name, or how many they are. */
function sendWords(
  { texts }: Pick<Visit, 'texts'>,
  recipients: readonly Recipient[],
  people: number,
): string {
  if (recipients.length === 0) return texts.write.send;
  if (recipients.length <= NAMED && recipients.every((one) => one.kind !== 'list'))
    return texts.write.sendTo(
      texts.list(recipients.map((one) => (one.name === '' ? one.address : one.name))),
    );
  return texts.write.sendToMany(people);
}

/** The button that says to whom it goes; a script keeps it true while boxes are ticked. */
export function sendButton(visit: Visit, { recipients, copies, people }: WritingPage): Html {
  const { texts } = visit;
  return html`
    <button
      class="btn main big"
      name="act"
      value="send"
      data-send
      data-nobody="${texts.write.send}"
      data-names="${texts.write.sendTo('%')}"
      data-many="${texts.write.sendToMany(1234)}"
      data-and="${texts.list(['%', '%'])}"
      data-count="${people}"
    >
      ${icon(visit, 'send')}
      <span>${sendWords(visit, [...recipients, ...copies], people)}</span>
    </button>
  `;
}

/** Keeps what is written and stays: beside « Envoyer » where no script does it. */
export function keepButton(visit: Visit): Html {
  return html`
    <button class="btn" name="act" value="keep" data-keep>
      ${icon(visit, 'file')}${visit.texts.write.keep}
    </button>
  `;
}

/** Puts the draft in the bin. */
export function throwButton(visit: Visit): Html {
  return html`
    <button class="btn quiet no" name="act" value="throw">
      ${icon(visit, 'trash')}${visit.texts.write.throwAway}
    </button>
  `;
}

/** When the draft was kept; a script says it anew, and says what it could not keep. */
export function keptLine(visit: Visit, { draft }: Pick<WritingPage, 'draft'>): Html {
  const { texts, audience, clock } = visit;
  const at =
    draft === null ? NOTHING : escaped(texts.write.kept[audience](longDate(clock, draft.at)));
  return html`
    <span class="saved" data-kept ${attributes({ hidden: draft === null })}>
      ${icon(visit, 'check')}
      <span>${at}</span>
    </span>
    <span class="vh" role="status" data-kept-said></span>
  `;
}

/** What a script shows while it can't keep what is written; each reason with its words. */
export function unkeptBanner(visit: Visit): Html {
  const { texts, audience } = visit;
  const words = texts.write.unkept;
  return html`
    <div
      class="banner wait unkept"
      role="status"
      data-unkept
      data-offline="${words.offline[audience]}"
      data-over="${words.over[audience]}"
      data-other="${words.other[audience]}"
      data-broken="${words.broken[audience]}"
      hidden
    >
      ${icon(visit, 'warning')}
      <p class="grow"></p>
      <a class="btn" href="/signin" target="_blank" rel="noopener" hidden>
        ${words.signIn[audience]}
      </a>
    </div>
  `;
}

/** A draft that leaves by itself says when, and that it stays once it is changed. */
export function leavesBanner(visit: Visit, draft: Draft | null): Html {
  const { texts, clock } = visit;
  return draft === null || draft.leavesAt === null
    ? NOTHING
    : html`
        <div data-waiting>
          ${banner(visit, 'wait', texts.later.leaves(longDate(clock, draft.leavesAt)))}
        </div>
      `;
}

/** What went wrong, above the form; the text below it is whole. */
export function complaintsOf(visit: Visit, { complaints, gone, draft }: WritingPage): Html {
  const { texts, audience } = visit;
  const waiting = html`
    <div data-waiting>${banner(visit, 'wait', texts.write.waitingForScanner[audience])}</div>
  `;
  return html`
    ${leavesBanner(visit, draft)} ${draft?.waitingForScanner ? waiting : NOTHING}
    ${gone > 0 ? banner(visit, 'wait', texts.write.gone[audience]) : NOTHING}
    ${complaints.map((one) => banner(visit, toneOf(audience, one), sentence(visit, one)))}
  `;
}

/** Red is for what can't go on, and for grown-ups; what the rules say is no fault. */
function toneOf(audience: Visit['audience'], complaint: Complaint): 'ok' | 'wait' | 'stop' {
  if (complaint.kind === 'template' && complaint.outcome === 'saved') return 'ok';
  const isNoFault = complaint.kind === 'refused' || complaint.kind === 'apart';
  return isNoFault || audience === 'child' ? 'wait' : 'stop';
}

function banner(visit: Visit, tone: 'ok' | 'wait' | 'stop', words: string | Html): Html {
  return html`
    <div class="banner ${tone}" role="alert">
      ${icon(visit, TONES[tone])}
      <div class="grow">${words}</div>
    </div>
  `;
}

const TONES = { ok: 'check', wait: 'info', stop: 'warning' } as const;

function sentence(visit: Visit, complaint: Complaint): Html {
  const { texts, audience, clock } = visit;
  if (complaint.kind === 'nobody') return escaped(texts.write.nobody[audience]);
  if (complaint.kind === 'await') return escaped(texts.putOff.awaited.unclear);
  if (complaint.kind === 'when') return escaped(texts.later.unclear);
  if (complaint.kind === 'apart') return escaped(texts.write.apart[audience]);
  if (complaint.kind === 'template') return escaped(templateSentence(visit, complaint));
  if (complaint.kind === 'left-out')
    return html`
      <b>${complaint.name}</b>
      <br />
      ${complaint.sentence}
    `;
  const lines = new Set(
    complaint.refusals.map((one) => explain(one.rule, one.words, { ...clock, audience }).sentence),
  );
  return html`
    <p><b>${texts.write.refusedHere[audience]}</b></p>
    ${[...lines].map(
      (line) => html`
        <p>${line}</p>
      `,
    )}
  `;
}

function templateSentence(
  { texts }: Visit,
  { title, outcome }: Extract<Complaint, { kind: 'template' }>,
): string {
  return outcome === 'saved' ? texts.templates.saved(title) : texts.templates.why[outcome];
}
