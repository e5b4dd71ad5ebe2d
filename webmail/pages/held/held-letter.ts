import type { HeldLetter } from '../../../core/mail/delivery/holding/contract.ts';
import { explain } from '../../../core/rules/reasons.ts';
import type { Face } from '../../../core/rules/viewer.ts';
import { paragraphs } from '../../components/linked.ts';
import {
  calledOf,
  faceOf,
  icon,
  label,
  namedIcon,
  namesakeBanner,
  outsideBadge,
  token,
} from '../../frame/parts.ts';
import { subjectOf } from '../../frame/subject.ts';
import type { Visit } from '../../frame/visit.ts';
import { longDate } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { heldFiles } from './held-files.ts';

/** How long a teacher's word may be, in characters. */
export const MAX_NOTE = 1_000;

/** One letter that waits: who, why, what it says, and the two ways on. */
export function heldLetter(visit: Visit, one: HeldLetter): Html {
  const act = `/held/${one.school}/${one.id}`;
  return html`
    <li class="sheet margin held" data-held="${heldKey(one)}">
      <div class="in">
        <div class="who-side">${faceOf(visit, one.from)}${pickBox(visit, one)}</div>
        ${headOf(visit, one)} ${schoolLine(visit, one)}
        <p class="soft small">${classLabel(one)}${reasonOf(visit, one)}${wordsOf(visit, one)}</p>
        ${strangerLines(visit, one)}
        <blockquote class="read body-text">
          <p><b>${subjectOf(visit, one)}</b></p>
          ${paragraphs(one.text, { links: false })}
        </blockquote>
        ${heldFiles(visit, one, act)} ${traceLine(visit, one)}
        <div class="row decide">
          <form method="post" action="${act}/release">
            ${token(visit)}
            <button class="btn main" data-key="l">
              ${icon(visit, 'check')}${visit.texts.held.letGo}
            </button>
          </form>
          ${one.from.kind === 'outside' ? keepOut(visit, act) : sendBack(visit, one, act)}
        </div>
      </div>
    </li>
  `;
}

/** Whose school it waits or waited in, for an agent and for who teaches in several. */
export function schoolLine(visit: Visit, { otherSchool }: Pick<HeldLetter, 'otherSchool'>): Html {
  if (otherSchool === null) return NOTHING;
  return html`
    <p class="where small">${icon(visit, 'school')}${otherSchool}</p>
  `;
}

/** For who looks into what became of letters: where the log of the service has this one. */
export function traceLine({ texts, viewer }: Visit, { trace }: Pick<HeldLetter, 'trace'>): Html {
  if (trace === null || !(viewer.heads || viewer.role === 'agent')) return NOTHING;
  return html`
    <p class="soft small">
      ${texts.held.trace}${' '}
      <span class="mono">${trace}</span>
    </p>
  `;
}

/** What a form says of a letter that is chosen: `1-345`. */
function heldKey({ school, id }: HeldLetter): string {
  return `${school}-${id}`;
}

/** What the clock lets go is nobody’s to decide. */
function pickBox(visit: Visit, one: HeldLetter): Html {
  if (one.until !== null) return NOTHING;
  const name = visit.texts.held.choose(calledOf(one.from), subjectOf(visit, one));
  return html`
    <input
      class="tick-box"
      type="checkbox"
      form="pick"
      name="h"
      value="${heldKey(one)}"
      aria-label="${name}"
    />
  `;
}

/** Who writes to whom, and until when it is theirs alone to decide. */
function headOf(visit: Visit, one: HeldLetter): Html {
  const { texts } = visit;
  return html`
    <div class="split">
      <h2 class="h3 parties" tabindex="-1">
        <span>${calledOf(one.from)}</span>
        ${namedIcon(visit, 'arrow', texts.held.writesTo)} ${one.to.map(recipientName)}
      </h2>
      <p class="tone wait small">
        ${icon(visit, 'hold')}
        <span>${whenWords(visit, one)}</span>
      </p>
    </div>
  `;
}

function whenWords({ texts, clock, now }: Visit, { at, until, askAt }: HeldLetter): string {
  const date = (when: Date): string => longDate(clock, when);
  if (until !== null) return texts.held.until(date(until));
  return askAt !== null && askAt > now
    ? texts.held.goesOn(date(askAt))
    : texts.held.waits(date(at));
}

function recipientName(face: Face): Html {
  return face.kind === 'list'
    ? label(face.name, face.cover)
    : html`
        <span>${calledOf(face)}</span>
      `;
}

/** The class whose rule holds it, where the head doesn't say it already. */
export function classLabel({
  className,
  cover,
  to,
}: Pick<HeldLetter, 'className' | 'cover' | 'to'>): Html {
  if (className === '' || to.some(({ kind, name }) => kind === 'list' && name === className))
    return NOTHING;
  return html`
    ${label(className, cover)}${' '}
  `;
}

function reasonOf({ clock }: Visit, { rule, className, until, site }: HeldLetter): string {
  const words = {
    className,
    ...(until === null ? {} : { until: until.toISOString() }),
    ...(site === null ? {} : { site }),
  };
  return explain(rule, words, { ...clock, audience: 'adult' }).sentence;
}

/** The words for which it waits, as its writer wrote them. */
function wordsOf({ texts }: Visit, { doubtfulWords }: HeldLetter): Html {
  if (doubtfulWords.length === 0) return NOTHING;
  const quoted = doubtfulWords.map((words) => texts.secondLook.quoted(words));
  return html`
    <br />
    <b>${texts.secondLook.words(texts.list(quoted))}</b>
  `;
}

/**
 * Whose letter it is that comes from outside: the address, what proves it or that nothing does, and
 * whose name it bears.
 */
function strangerLines(visit: Visit, { from, stranger }: HeldLetter): Html {
  if (stranger === null) return NOTHING;
  const { texts } = visit;
  const { provedBy, namesake } = stranger;
  const proof =
    provedBy === null
      ? html`
          <span class="badge stop">${icon(visit, 'warning')}${texts.held.unproven}</span>
        `
      : html`
          <span class="badge ok">${icon(visit, 'check')}${texts.held.proved[provedBy]}</span>
        `;
  return html`
    <div class="stack tight doubts">
      <p class="row">
        ${outsideBadge(visit, { from, state: 'normal' })}
        <span class="mono">${from.address}</span>
        ${proof}
      </p>
      ${
        provedBy === null
          ? html`
              <p class="banner stop">
                ${icon(visit, 'warning')}
                <span class="grow">${texts.held.unprovenHint}</span>
              </p>
            `
          : NOTHING
      }
      ${namesakeBanner(visit, namesake)}
    </div>
  `;
}

function sendBack(visit: Visit, { id, from }: HeldLetter, act: string): Html {
  const { giveBack: words, note, noteHint, sendBack: button } = visit.texts.held;
  const whose = from.kind === 'child' ? 'child' : 'adult';
  return html`
    <details class="give-back">
      <summary class="btn" data-key="r">${icon(visit, 'write')}${words[whose]}</summary>
      <form class="stack tight" method="post" action="${act}/give-back" novalidate>
        ${token(visit)}
        <label class="lab" for="n${id}">${note[whose]}</label>
        <textarea
          class="input"
          id="n${id}"
          name="note"
          rows="3"
          maxlength="${MAX_NOTE}"
          required
          aria-describedby="h${id}"
        ></textarea>
        <p class="hint" id="h${id}">${noteHint[whose]}</p>
        <button class="btn">${icon(visit, 'undo')}${button}</button>
      </form>
    </details>
  `;
}

function keepOut(visit: Visit, act: string): Html {
  const { keepOut: words, keepOutHint } = visit.texts.held;
  return html`
    <details class="give-back">
      <summary class="btn" data-key="r">${icon(visit, 'close')}${words}</summary>
      <form class="stack tight" method="post" action="${act}/give-back">
        ${token(visit)}
        <p class="hint">${keepOutHint}</p>
        <button class="btn no">${words}</button>
      </form>
    </details>
  `;
}
