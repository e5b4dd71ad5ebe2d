import type { FamilySlip } from '../../../core/school/papers/contract/slips.ts';
import { surroundingsOf, framed } from '../../frame/frame.ts';
import type { PageSurroundings } from '../../frame/mailbox-nav.ts';
import { faceOf, icon, token } from '../../frame/parts.ts';
import { alertBanner, banner, doneBanner } from '../../frame/said.ts';
import { atSchool, type Visit } from '../../frame/visit.ts';
import { capital, longDate, wholeDay } from '../../frame/when.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { answerFields, type SlipTyped } from './answer-fields.ts';
import { slipLists } from './desk.ts';
import {
  frameLines,
  frameList,
  letterBody,
  saidWords,
  slipPath,
  slipRefOf,
  type PapersPart,
  type SlipNames,
} from './parts.ts';
import { needsPassword } from './proof.ts';

/** GET /papers/:school/:paper/:pupil: one child's slip: read, then one press signs. */
export async function slipPage(
  visit: Visit<PapersPart>,
  names: SlipNames,
  said: unknown,
): Promise<Answer> {
  return showSlip(visit, names, { isDone: said === 'done', typed: null });
}

/** The same page, with what was typed and a sentence where an answer wasn't taken. */
export async function showSlip(
  visit: Visit<PapersPart>,
  names: SlipNames,
  { isDone, typed }: { readonly isDone: boolean; readonly typed: SlipTyped | null },
): Promise<Answer> {
  if (visit.audience === 'child') return MISSING;
  const ref = slipRefOf(names);
  const slip = await visit.core.papers.slip(visit.viewer, ref);
  if (slip === null) return MISSING;
  const [surroundings, asksPassword] = await Promise.all([
    surroundingsOf(visit),
    needsPassword(visit),
  ]);
  const shown = { slip, isDone, typed, asksPassword };
  return {
    kind: 'page',
    status: typed === null ? 200 : 422,
    body: slipView(atSchool(visit, slip), surroundings, shown),
  };
}

interface SlipShown {
  readonly slip: FamilySlip;
  readonly isDone: boolean;
  readonly typed: SlipTyped | null;
  readonly asksPassword: boolean;
}

function slipView(visit: Visit, surroundings: PageSurroundings, shown: SlipShown): Html {
  const { slip, isDone, typed } = shown;
  const words = visit.texts.papers.family;
  const main = html`
    <main id="main" class="body">
      <div class="papers">
        <p class="back-s">
          <a class="btn" href="/papers">${icon(visit, 'back')}${words.back}</a>
        </p>
        <nav class="sheet paper-list" aria-label="${words.title}">
          ${slipLists(visit, slip.all, slipPath(slip.ref))}
        </nav>
        <article class="paper sheet margin" aria-labelledby="t">
          ${isDone ? doneBanner(visit, words.done) : NOTHING}
          ${typed?.trouble ? alertBanner(visit, 'wait', typed.trouble) : NOTHING}
          <header class="in">
            <span class="who c8" aria-hidden="true">${initialsOf(slip.authorName)}</span>
            <h1 id="t">${slip.subject}</h1>
            <div class="heads">
              <span class="grow">
                <b>${slip.authorName}</b>
                ${' '}
                <span class="soft">${words.to(slip.childName)}</span>
              </span>
              <span class="end">${longDate(visit.clock, slip.text.madeAt)}</span>
            </div>
          </header>
          ${slip.before === null ? NOTHING : changedBanner(visit, slip, slip.before)}
          ${letterBody(visit, slip.ref, slip.text)} ${slipForm(visit, shown)}
        </article>
      </div>
    </main>
  `;
  return framed(visit, surroundings, {
    title: slip.subject,
    section: 'papers',
    shelf: null,
    styles: ['papers.css'],
    main,
  });
}

const initialsOf = (name: string): string =>
  name
    .split(/\s+/)
    .map((part) => part.charAt(0))
    .join('')
    .slice(0, 2)
    .toUpperCase();

/** What one's answer was to, and what is asked now: the lines that differ. */
function changedBanner(
  visit: Visit,
  { text, oath }: FamilySlip,
  before: NonNullable<FamilySlip['before']>,
): Html {
  const words = visit.texts.papers.family;
  const said = saidWords(visit, before.text.frame, before.answer.says);
  const lines = (words: string, frame: FamilySlip['text']['frame']): readonly string[] => [
    words,
    ...frameLines(visit, frame).map(([name, value]) => `${name}${visit.texts.colon}${value}`),
  ];
  const [was, is] = [lines(before.oath, before.text.frame), lines(oath, text.frame)];
  const only = (some: readonly string[], others: readonly string[]): string =>
    some.filter((line) => !others.includes(line)).join('. ');
  return html`
    <div class="banner wait changed">
      ${icon(visit, 'warning')}
      <div class="grow">
        <b>${words.changed(longDate(visit.clock, text.madeAt))}</b>
        ${words.changedMore(said, wholeDay(visit.clock, before.answer.at))}
        <dl>
          <dt>${words.was}</dt>
          <dd>${only(was, is) || '–'}</dd>
          <dt>${words.is}</dt>
          <dd>${only(is, was) || '–'}</dd>
        </dl>
      </div>
    </div>
  `;
}

function slipForm(visit: Visit, shown: SlipShown): Html {
  const { slip } = shown;
  const words = visit.texts.papers.family;
  const isOpen = slip.phase === 'open';
  const closed = slip.phase === 'withdrawn' ? words.withdrawn : words.over(slip.authorName);
  const signs = `${words.pressing} ${words.mayChange(longDate(visit.clock, slip.until))}`;
  const question = html`
    <a class="btn" href="${slipPath(slip.ref)}/question">${icon(visit, 'help')}${words.question}</a>
  `;
  return html`
    <form class="slip" method="post" action="${slipPath(slip.ref)}" aria-labelledby="sl">
      <span class="cutline" aria-hidden="true">${words.slip}</span>
      ${slipHead(visit, slip)} ${slip.own === null ? NOTHING : ownAnswer(visit, slip, slip.own)}
      ${
        isOpen
          ? openFields(visit, shown)
          : html`
              ${banner(visit, 'wait', closed)} ${unsentWords(visit, shown)}
            `
      }
      <div class="under-a">
        ${slip.authorAddress === null ? NOTHING : question}
        <span class="small soft">${isOpen ? signs : NOTHING}</span>
      </div>
      ${othersOf(visit, slip)}
      <details>
        <summary>${words.otherwise}</summary>
        <p class="small soft">
          ${words.onSheet(slip.childName)}
          <a href="${slipPath(slip.ref)}/sheet.pdf">${words.print}</a>
        </p>
      </details>
    </form>
  `;
}

/** What somebody had written when it was too late: to be sent in another way. */
function unsentWords(visit: Visit, { typed }: SlipShown): Html {
  const { words = '', note = '' } = typed?.typed ?? {};
  const written = [words, note].filter((one) => one.trim() !== '');
  return written.length === 0
    ? NOTHING
    : html`
        <p class="small">${visit.texts.papers.family.youWrote(written.join(' – '))}</p>
      `;
}

/** For whom, until when, and the very words that are signed. */
function slipHead(visit: Visit, slip: FamilySlip): Html {
  const words = visit.texts.papers.family;
  const answered = slip.own && saidWords(visit, slip.text.frame, slip.own.says);
  const title =
    answered === null ? words.answerFor(slip.childName) : words.answerIs(slip.childName, answered);
  const face = { kind: 'child' as const, face: slip.childFace, cover: 8, name: slip.childName };
  return html`
    <div class="whom-s">
      ${faceOf(visit, face)}
      <div>
        <h2 class="h3" id="sl">${title}</h2>
        <p class="soft small">
          ${words.before(longDate(visit.clock, slip.until))}.
          ${slip.text.needed === 'each' ? words.each : words.one}
        </p>
      </div>
    </div>
    <p class="oath">${slip.oath}</p>
    ${frameList(visit, slip.text.frame)}
  `;
}

/** Once one has answered, another answer is a step away. */
function openFields(visit: Visit, shown: SlipShown): Html {
  const fields = html`
    ${token(visit)}
    <input type="hidden" name="version" value="${shown.slip.text.version}" />
    ${answerFields(visit, shown)}
  `;
  return shown.slip.own === null
    ? fields
    : html`
        <details class="again" ${attributes({ open: shown.typed !== null })}>
          <summary>${visit.texts.papers.family.changeMine}</summary>
          ${fields}
        </details>
      `;
}

function ownAnswer(visit: Visit, slip: FamilySlip, own: NonNullable<FamilySlip['own']>): Html {
  const words = visit.texts.papers.family;
  const isNo = own.says.kind === 'no';
  return html`
    <div class="signed${isNo ? ' nope' : ''}">
      ${icon(visit, isNo ? 'close' : 'check')}
      <div>
        <b>${capital(saidWords(visit, slip.text.frame, own.says))}, ${words.signedBy(own.name)}</b>
        <br />
        <span class="small soft">
          ${longDate(visit.clock, own.at)},
          ${own.way === 'paper' ? words.onPaper : words.fromAccount}
        </span>
        ${
          own.note === ''
            ? NOTHING
            : html`
                <p class="small">${own.note}</p>
              `
        }
      </div>
    </div>
  `;
}

/** That the other guardians answered, never what; where nothing is to be said, nothing is. */
function othersOf(visit: Visit, { others }: FamilySlip): Html {
  if (others === null || others.length === 0) return NOTHING;
  const words = visit.texts.papers.family.others;
  return html`
    <p class="small soft">
      ${others.map(({ name, hasAnswered }) => `${hasAnswered ? words.yes(name) : words.no(name)} `)}
      ${words.rule}
    </p>
  `;
}
