import { clockAt, dayAt } from '../../../core/ground/clock.ts';
import type { PaperState, WishFault } from '../../../core/school/papers/contract.ts';
import type { PaperRef } from '../../../core/school/papers/contract/slips.ts';
import { formOf } from '../../components/form.ts';
import { surroundingsOf, framed } from '../../frame/frame.ts';
import type { PageSurroundings } from '../../frame/mailbox-nav.ts';
import { icon, token } from '../../frame/parts.ts';
import { alertBanner, doneBanner } from '../../frame/said.ts';
import { atSchool, type Visit } from '../../frame/visit.ts';
import { longDate, wholeDay } from '../../frame/when.ts';
import { attributes, html, markup, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { childSections, type RefusedSheet } from './children.ts';
import { frameList, letterBody, paperPath, slipPath, type PapersPart } from './parts.ts';

/** Another end for the same words. */
export const UNTIL_FORM = formOf({
  'until-day': { as: { type: 'date' } },
  'until-time': { as: { type: 'time' } },
});

/** What is said on top of the page. */
interface StateSaid {
  readonly said: unknown;
  readonly reminded?: unknown;
  /** Why nothing can be noted any more. */
  readonly trouble?: string;
  /** A sheet that was not noted. */
  readonly sheet?: RefusedSheet;
  /** An end that was not taken, and why. */
  readonly end?: WrongEnd;
}

interface WrongEnd {
  readonly typed: ReturnType<typeof UNTIL_FORM.typedIn>;
  readonly fault: WishFault;
}

/**
 * GET /papers/:school/:paper: where a paper stands, for those who ask; a guardian's way to the slip
 * of their child.
 */
export async function paperPage(
  visit: Visit<PapersPart>,
  ref: PaperRef,
  said: StateSaid,
): Promise<Answer> {
  if (visit.audience === 'child') return MISSING;
  const state = await visit.core.papers.state(visit.viewer, ref);
  if (state === null) return toSlip(visit, ref);
  const surroundings = await surroundingsOf(visit);
  return {
    kind: 'page',
    status: said.trouble || said.sheet || said.end ? 422 : 200,
    body: stateView(atSchool(visit, state), surroundings, { state, said }),
  };
}

/** The letter leads all of its readers here: a guardian to their child, the first who waits. */
async function toSlip(visit: Visit<PapersPart>, ref: PaperRef): Promise<Answer> {
  const slip = (await visit.core.papers.slips(visit.viewer)).find(
    (one) => one.ref.school === ref.school && one.ref.paper === ref.paper,
  );
  return slip === undefined ? MISSING : { kind: 'go', to: slipPath(slip.ref) };
}

interface StateShown {
  readonly state: PaperState;
  readonly said: StateSaid;
}

function stateView(
  visit: Visit,
  surroundings: PageSurroundings,
  { state, said }: StateShown,
): Html {
  const words = visit.texts.papers;
  const { tally } = state;
  const title = words.state.title(tally.answered, tally.asked);
  const main = html`
    <main id="main" class="body">
      <p class="go-back">
        <a class="btn quiet" href="/papers">${icon(visit, 'back')}${words.desk.title}</a>
      </p>
      <div class="head-line">
        <div class="grow">
          <h1 id="t">${title}</h1>
          <p class="soft">${state.subject}, ${state.about}</p>
        </div>
        ${acts(visit, state)}
      </div>
      ${saidBanner(visit, said)}
      <div class="state-grid">
        <div class="stack">
          ${tallySheet(visit, state)}
          <section class="sheet margin replies" aria-label="${words.desk.title}">
            ${childSections(visit, state, { mailboxes: surroundings.mailboxes, refused: said.sheet ?? null })}
          </section>
        </div>
        ${aside(visit, state, said.end ?? null)}
      </div>
    </main>
  `;
  return framed(visit, surroundings, {
    title: `${state.subject}${visit.texts.colon}${title}`,
    section: 'papers',
    shelf: null,
    styles: ['papers.css'],
    main,
  });
}

function saidBanner(visit: Visit, { said, reminded, trouble, end }: StateSaid): Html {
  const words = visit.texts.papers;
  if (end) return alertBanner(visit, 'wait', words.faults[end.fault]);
  if (trouble) return alertBanner(visit, 'wait', trouble);
  if (said === 'meanwhile') return alertBanner(visit, 'wait', words.said.meanwhile);
  if (said === 'reminded') {
    const count = Number(reminded);
    const isSome = Number.isInteger(count) && count > 0;
    return doneBanner(visit, isSome ? words.said.reminded(count) : words.said.nobodyReminded);
  }
  return said === 'asked' || said === 'entered' || said === 'withdrawn' || said === 'extended'
    ? doneBanner(visit, words.said[said])
    : NOTHING;
}

function acts(visit: Visit, state: PaperState): Html {
  const words = visit.texts.papers.state;
  const path = paperPath(state.ref);
  const isOpen = state.phase === 'open' && state.mayAct;
  const remind = html`
    <form method="post" action="${path}/remind">
      ${token(visit)}
      <button class="btn main">
        ${icon(visit, 'bell')}${words.remindAll(state.tally.waiting)}
      </button>
    </form>
  `;
  return html`
    <div class="acts-line">
      <a class="btn" href="${path}/bus.pdf">${icon(visit, 'bus')}${words.bus}</a>
      <a class="btn" href="${path}/bus.csv">${icon(visit, 'download')}${words.csv}</a>
      ${
        isOpen
          ? html`
              <a class="btn" href="${path}/change">${icon(visit, 'write')}${words.change}</a>
            `
          : NOTHING
      }
      ${isOpen && state.tally.waiting > 0 ? remind : NOTHING}
    </div>
  `;
}

const DRAWN = { ok: 'check', stop: 'close', wait: 'hold' } as const;

/** One bar: yes, no, and what is left; the numbers beside it say it without colour. */
function tallySheet(visit: Visit, state: PaperState): Html {
  const { tally } = state;
  const words = visit.texts.papers.state;
  const open = tally.asked - tally.yes - tally.no;
  const bar = markup(
    `<svg viewBox="0 0 ${Math.max(1, tally.asked)} 1" preserveAspectRatio="none" aria-hidden="true">` +
      `<path class="y" d="M0 0h${tally.yes}v1H0z"/>` +
      `<path class="n" d="M${tally.yes} 0h${tally.no}v1h-${tally.no}z"/></svg>`,
  );
  const waiting = state.questions === 0 ? words.waiting : words.withQuestions(state.questions);
  const part = (tone: keyof typeof DRAWN, count: number, word: string): Html => html`
    <span class="${tone}">
      ${icon(visit, DRAWN[tone])}
      <b>${count}</b>
      &nbsp;${word}
    </span>
  `;
  return html`
    <section class="sheet pad-s" aria-label="${words.paper}">
      <p class="tally" role="img" aria-label="${words.tally(tally.yes, tally.no, open)}">${bar}</p>
      <p class="tallied">
        ${part('ok', tally.yes, words.yes)} ${part('stop', tally.no, words.no)}
        ${part('wait', open, waiting)}
        <span class="end soft small">${phaseWords(visit, state)}</span>
      </p>
    </section>
  `;
}

function phaseWords({ texts, clock }: Visit, { phase, until }: PaperState): string {
  const words = texts.papers.state;
  if (phase === 'withdrawn') return words.withdrawnNow;
  const when = longDate(clock, until);
  return phase === 'over' ? words.over(when) : words.untilOn(when);
}

function aside(visit: Visit, state: PaperState, end: WrongEnd | null): Html {
  const words = visit.texts.papers;
  const path = paperPath(state.ref);
  const { clock } = visit;
  const numbers = state.children.reduce((sum, child) => sum + child.numbers.length, 0);
  const notes = [
    phaseWords(visit, state),
    ...(state.remindAt === null ? [] : [words.state.remindOn(longDate(clock, state.remindAt))]),
    state.text.needed === 'each' ? words.state.each : words.state.one,
    ...(numbers === 0 || state.numbersGoneAt === null
      ? []
      : [words.state.numbers(numbers, wholeDay(clock, state.numbersGoneAt))]),
    words.state.gone(wholeDay(clock, state.goneAt)),
    ...(state.mayAct ? [] : [words.state.headLooksOn]),
  ];
  return html`
    <aside class="stack">
      <section class="sheet pad-s stack tight" aria-labelledby="a1">
        <h2 class="h3" id="a1">${words.state.paper}</h2>
        <p class="soft small">
          ${words.state.sentOn(longDate(clock, state.text.madeAt), state.about)}
        </p>
        <p class="oath">${state.text.frame.text}</p>
        ${frameList(visit, state.text.frame)}
        <details>
          <summary>${words.write.letter}</summary>
          ${letterBody(visit, state.ref, state.text)}
        </details>
        ${olderTexts(visit, state)}
      </section>
      <section class="sheet pad-s stack tight" aria-labelledby="a2">
        <h2 class="h3" id="a2">${words.state.toKnow}</h2>
        <ul class="notes-list small">
          ${notes.map(
            (note) => html`
              <li>${note}</li>
            `,
          )}
        </ul>
        ${state.tally.nobody === 0 ? NOTHING : printAll(visit, state)}
        <p>
          <a class="btn" href="${path}/proof.pdf">${icon(visit, 'file')}${words.state.proof}</a>
        </p>
        ${state.mayAct && state.phase !== 'withdrawn' ? endForms(visit, state, end) : NOTHING}
      </section>
    </aside>
  `;
}

/** Sheets of those whose families have no account. */
const printAll = (visit: Visit, { ref, tally }: PaperState): Html => html`
  <p>
    <a class="btn" href="${paperPath(ref)}/sheets.pdf">
      ${icon(visit, 'print')}${visit.texts.papers.state.printAll(tally.nobody)}
    </a>
  </p>
`;

/** More time for the same words; or none: nothing is asked any more. */
function endForms(
  visit: Visit,
  { ref, until, timeZone }: PaperState,
  wrong: WrongEnd | null,
): Html {
  const { state: words, write, faults } = visit.texts.papers;
  const now = { 'until-day': dayAt(until, timeZone), 'until-time': clockAt(until, timeZone).time };
  const fields = UNTIL_FORM.shown(visit, {
    typed: wrong?.typed ?? now,
    wrong: wrong === null ? {} : { 'until-day': faults[wrong.fault] },
  });
  return html`
    <details ${attributes({ open: wrong !== null })}>
      <summary>${words.extend}</summary>
      <form class="stack tight" method="post" action="${paperPath(ref)}/until" novalidate>
        ${token(visit)} ${fields.line('until-day', { label: write.until })}
        ${fields.line('until-time', { label: write.untilTime })}
        <p class="hint">${words.extendHint}</p>
        <button class="btn">${icon(visit, 'clock')}${words.save}</button>
      </form>
    </details>
    <form method="post" action="${paperPath(ref)}/withdraw">
      ${token(visit)}
      <button class="btn quiet no">${icon(visit, 'close')}${words.withdraw}</button>
      <p class="hint">${words.withdrawHint}</p>
    </form>
  `;
}

function olderTexts(visit: Visit, { older }: PaperState): Html {
  if (older.length === 0) return NOTHING;
  const words = visit.texts.papers;
  return html`
    <details>
      <summary>${words.state.older(older.length)}</summary>
      ${older.map(
        (text) => html`
          <p class="small soft">
            ${words.sheet.version(text.version, longDate(visit.clock, text.madeAt))}
          </p>
          <p class="oath">${text.frame.text}</p>
          ${frameList(visit, text.frame)}
        `,
      )}
    </details>
  `;
}
