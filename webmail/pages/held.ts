import type { Face, Held, HoldId, SchoolId } from '../../core/core.ts';
import { explain } from '../../core/rules/reasons.ts';
import { page, MISSING, type Answer } from '../answer.ts';
import { around, framed, type FramePart } from '../frame.ts';
import { html, NOTHING, type Html } from '../html.ts';
import { paragraphs } from '../linked.ts';
import type { Around } from '../mailbox-nav.ts';
import {
  calledOf,
  faceOf,
  icon,
  label,
  namedIcon,
  namesakeBanner,
  outsideBadge,
  scene,
  token,
} from '../parts.ts';
import type { Given } from '../route.ts';
import type { Visit } from '../visit.ts';
import { fileSize, longDate } from '../when.ts';
import { letGoQuery, letGoWords, type Notice } from './let-go.ts';

/** How long a teacher's word may be, in characters. */
const MAX_NOTE = 2000;
const SAID = ['givenBack', 'keptOut', 'already', 'noteMissing'] as const;
type HeldSaid = (typeof SAID)[number];
const DONE: ReadonlySet<HeldSaid> = new Set(['givenBack', 'keptOut']);

const moderates = ({ viewer }: Visit): boolean =>
  viewer.role === 'teacher' || viewer.heads || viewer.role === 'agent';

/** GET /held: what waits for a word of this teacher, oldest first. */
export async function held(visit: Visit<FramePart | 'moderation'>, query: Given): Promise<Answer> {
  if (!moderates(visit)) return MISSING;
  const [near, waiting] = await Promise.all([
    around(visit),
    visit.core.moderation.waiting(visit.viewer),
  ]);
  return page(heldView(visit, near, { waiting, notice: noticeOf(visit, query) }));
}

function noticeOf(visit: Visit, query: Given): Notice | null {
  const said = SAID.find((one) => one === query['said']);
  return said === undefined
    ? letGoWords(visit, query)
    : { ok: DONE.has(said), words: visit.texts.held[said] };
}

/** POST /held/:school/:hold/release: lets one go; everything else is asked again. */
export async function release(
  visit: Visit<'moderation'>,
  school: SchoolId,
  hold: HoldId,
): Promise<Answer> {
  if (!moderates(visit)) return MISSING;
  const done = await visit.core.moderation.release(visit.viewer, school, hold);
  return done === null ? went('already') : { kind: 'go', to: `/held?said=went${letGoQuery(done)}` };
}

/**
 * POST /held/:school/:hold/give-back: back to its writer, with a word that says why. A stranger can
 * be told nothing here: theirs is just not delivered.
 */
export async function giveBack(
  visit: Visit<'moderation'>,
  school: SchoolId,
  act: { readonly hold: HoldId; readonly note: string },
): Promise<Answer> {
  if (!moderates(visit)) return MISSING;
  const note = act.note.trim().slice(0, MAX_NOTE);
  const found = (await visit.core.moderation.waiting(visit.viewer)).find(
    (one) => one.school === school && one.id === act.hold,
  );
  if (found === undefined) return MISSING;
  const isStrangers = found.from.kind === 'outside';
  if (note === '' && !isStrangers) return went('noteMissing');
  return (await visit.core.moderation.giveBack(visit.viewer, school, act.hold, note))
    ? went(isStrangers ? 'keptOut' : 'givenBack')
    : MISSING;
}

function went(said: HeldSaid): Answer {
  return { kind: 'go', to: `/held?said=${said}` };
}

function heldView(
  visit: Visit,
  near: Around,
  { waiting, notice }: { readonly waiting: readonly Held[]; readonly notice: Notice | null },
): Html {
  const { texts } = visit;
  const title = texts.held.title(waiting.length);
  const tone = notice?.ok ? 'ok' : 'wait';
  const banner =
    notice === null
      ? NOTHING
      : html`
          <p class="banner ${tone}" role="status">
            ${icon(visit, tone === 'ok' ? 'check' : 'info')}
            <span class="grow">${notice.words}</span>
          </p>
        `;
  const list =
    waiting.length === 0
      ? html`
          <div class="state sheet">
            ${scene(visit, 'bench')}
            <p>${texts.held.empty}</p>
          </div>
        `
      : html`
          <ol class="stack wide">
            ${waiting.map((one) => oneHeld(visit, one))}
          </ol>
        `;
  const main = html`
    <main id="main" class="body narrow">
      <div class="stack wide">
        <div>
          <h1>${title}</h1>
          ${
            waiting.length === 0
              ? NOTHING
              : html`
                  <p class="soft">${texts.held.hint}</p>
                `
          }
        </div>
        ${banner} ${list}
      </div>
    </main>
  `;
  return framed(visit, near, {
    title: texts.frame.held,
    section: 'held',
    shelf: null,
    main,
  });
}

function oneHeld(visit: Visit, one: Held): Html {
  const act = `/held/${one.school}/${one.id}`;
  return html`
    <li class="sheet margin">
      <div class="in">
        <div class="who-side">${faceOf(visit, one.from)}</div>
        ${headOf(visit, one)}
        <p class="soft small">${classLabel(one)}${reasonOf(visit, one)}</p>
        ${strangerLines(visit, one)}
        <blockquote class="read body-text">
          <p><b>${one.subject === '' ? visit.texts.box.noSubject : one.subject}</b></p>
          ${paragraphs(one.text, { links: false })}
        </blockquote>
        ${one.attachments.map((file) => heldFile(visit, file))}
        <div class="row decide">
          <form method="post" action="${act}/release">
            ${token(visit)}
            <button class="btn main">${icon(visit, 'check')}${visit.texts.held.letGo}</button>
          </form>
          ${one.from.kind === 'outside' ? keepOut(visit, act) : sendBack(visit, one, act)}
        </div>
      </div>
    </li>
  `;
}

/** Who writes to whom, and until when it waits. */
function headOf(visit: Visit, { from, to, at, until }: Held): Html {
  const { texts, viewer, now } = visit;
  const when =
    until === null
      ? texts.held.waits(longDate(viewer.language, at, now))
      : texts.held.until(longDate(viewer.language, until, now));
  return html`
    <div class="split">
      <h2 class="h3 row">
        ${calledOf(from)}${' '}${namedIcon(visit, 'arrow', texts.held.writesTo)}
        ${' '}${to.map(recipientName)}
      </h2>
      <p class="tone wait small">${icon(visit, 'hold')}${' '}${when}</p>
    </div>
  `;
}

function recipientName(face: Face): Html {
  return face.kind === 'list'
    ? label(face.name, face.cover)
    : html`
        <span>${calledOf(face)}</span>
      `;
}

function classLabel({ className, cover }: Held): Html {
  if (className === '') return NOTHING;
  return html`
    ${label(className, cover)}${' '}
  `;
}

function reasonOf({ viewer, now }: Visit, { rule, className, until }: Held): string {
  const words = { className, ...(until === null ? {} : { until: until.toISOString() }) };
  return explain(rule, words, { language: viewer.language, audience: 'adult', now }).sentence;
}

function heldFile(visit: Visit, { name, sizeBytes }: Held['attachments'][number]): Html {
  const { texts, viewer } = visit;
  return html`
    <p class="file">
      ${icon(visit, 'file')}
      <span>
        ${name}${' '}
        <span class="small soft">
          ${fileSize(viewer.language, sizeBytes)}, ${texts.message.scanned}
        </span>
      </span>
    </p>
  `;
}

/**
 * Whose letter it is that comes from outside: the address, what proves it or that nothing does, and
 * whose name it bears.
 */
function strangerLines(visit: Visit, { from, stranger }: Held): Html {
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
        <span class="mono any">${from.address}</span>
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

function sendBack(visit: Visit, { id, from }: Held, act: string): Html {
  const { giveBack: words, note, noteHint, sendBack: button } = visit.texts.held;
  const whose = from.kind === 'child' ? 'child' : 'adult';
  return html`
    <details class="give-back">
      <summary class="btn">${icon(visit, 'write')}${words[whose]}</summary>
      <form class="stack tight" method="post" action="${act}/give-back">
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
      <summary class="btn">${icon(visit, 'close')}${words}</summary>
      <form class="stack tight" method="post" action="${act}/give-back">
        ${token(visit)}
        <p class="hint">${keepOutHint}</p>
        <button class="btn no">${words}</button>
      </form>
    </details>
  `;
}
