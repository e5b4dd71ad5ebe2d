import type {
  LettersDecision,
  HeldLetter,
  WithModeration,
} from '../../../core/mail/delivery/holding/contract.ts';
import type { OwnHeld, WithSent } from '../../../core/mail/sent/contract.ts';
import type { Notice, WithBoards } from '../../../core/school/boards/contract.ts';
import { heldTabs, isGrownUp, moderates } from '../../components/held-tabs.ts';
import { surroundingsOf, framed, type FramePart } from '../../frame/frame.ts';
import type { PageSurroundings } from '../../frame/mailbox-nav.ts';
import { icon, token } from '../../frame/parts.ts';
import { nothingHere } from '../../frame/scenes.ts';
import type { Toast } from '../../frame/toast.ts';
import type { Visit } from '../../frame/visit.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { page, MISSING, type Answer } from '../../http/answer.ts';
import type { UntrustedFields } from '../../http/route.ts';
import { proposedIdeas } from '../boards/ideas.ts';
import { heldLetter, MAX_NOTE } from './held-letter.ts';
import { toldOf, type DecisionText } from './held-outcome.ts';
import { ownHeldList } from './own-held.ts';

const SAID = ['already', 'noteMissing', 'nothingChosen', 'tooLate'] as const;
/** What was done about a letter of one's own. */
const OWN_SAID = ['withdrawn', 'released'] as const;
/** Why a decision came to nothing. */
export type HeldSaid = (typeof SAID)[number];

/** GET /held: what waits for a word of this teacher, oldest first. */
export async function held(
  visit: Visit<FramePart & WithBoards<'ideas'> & WithModeration & WithSent<'waiting'>>,
  query: UntrustedFields,
): Promise<Answer> {
  if (!isGrownUp(visit)) return MISSING;
  const [surroundings, waiting, ideas, ofTheirs, decided] = await Promise.all([
    surroundingsOf(visit),
    visit.core.moderation.waiting(visit.viewer),
    visit.core.boards.ideas(visit.viewer),
    visit.core.sent.waiting(visit.viewer),
    typeof query['act'] === 'string'
      ? visit.core.moderation.decided(visit.viewer, query['act'])
      : null,
  ]);
  const isSoon = decided !== null && decided.until !== null;
  return page(
    heldView(visit, surroundings, {
      waiting,
      ideas,
      ofTheirs,
      told: [...(decided && !isSoon ? toldOf(visit, decided) : []), ...saidOf(visit, query)],
      soon: isSoon ? decided : null,
    }),
  );
}

function saidOf({ texts }: Visit, query: UntrustedFields): readonly DecisionText[] {
  const { held: words } = texts;
  const missed = countOf(query['missed']);
  const told: DecisionText[] = missed === 0 ? [] : [{ ok: false, words: words.missed(missed) }];
  const own = OWN_SAID.find((one) => one === query['said']);
  if (own !== undefined) told.push({ ok: true, words: words.own[own] });
  if (query['said'] === 'reasonMissing') told.push({ ok: false, words: texts.sent.reasonMissing });
  const back = query['said'] === 'undone' ? countOf(query['count']) : 0;
  if (back > 0) told.push({ ok: true, words: words.undone(back) });
  const said = SAID.find((one) => one === query['said']);
  return said === undefined ? told : [...told, { ok: false, words: words[said] }];
}

function countOf(text: unknown): number {
  return typeof text === 'string' && /^\d{1,3}$/.test(text) ? Number(text) : 0;
}

/** What becomes of what waits, in the words of who decides. */
function hintFor(visit: Visit): string {
  const { hint, hintAgent, hintOwn } = visit.texts.held;
  if (visit.viewer.role === 'agent') return hintAgent;
  return moderates(visit) ? hint : hintOwn;
}

interface Shown {
  readonly waiting: readonly HeldLetter[];
  /** What pupils of theirs propose for the board. */
  readonly ideas: readonly Notice[];
  /** What they wrote themselves and what waits for somebody. */
  readonly ofTheirs: readonly OwnHeld[];
  readonly told: readonly DecisionText[];
  /** A decision that can still be taken back. */
  readonly soon: LettersDecision | null;
}

function heldView(
  visit: Visit,
  surroundings: PageSurroundings,
  { waiting, ideas, ofTheirs, told, soon }: Shown,
): Html {
  const { texts, habits } = visit;
  const own = waiting.filter(({ isPutBefore }) => isPutBefore);
  const count = own.length + ideas.length;
  const main = html`
    <main id="main" class="body narrow">
      <div class="stack wide">
        <div>
          <h1>${texts.held.title(count)}</h1>
          <p class="soft">${hintFor(visit)}</p>
        </div>
        ${heldTabs(visit, { here: 'to-decide', waiting: count, reports: surroundings.reports })}
        <div id="told" class="stack" role="status">${told.map((one) => banner(visit, one))}</div>
        <div
          id="list"
          class="stack wide"
          data-live="/held"
          ${attributes({ 'data-keys': habits.shortcuts })}
        >
          ${proposedIdeas(visit, { ideas })}
          ${count > own.length && waiting.length === 0 ? NOTHING : lists(visit, waiting, own)}
        </div>
        ${ofTheirs.length === 0 ? NOTHING : ownHeldList(visit, ofTheirs)}
      </div>
    </main>
  `;
  return framed(visit, surroundings, {
    title: texts.frame.held,
    section: 'held',
    shelf: null,
    main,
    toast: soon === null ? null : undoToast(visit, soon),
    styles: ideas.length === 0 ? ['held.css'] : ['held.css', 'board.css'],
    scripts: ['held.js'],
  });
}

function lists(visit: Visit, waiting: readonly HeldLetter[], own: readonly HeldLetter[]): Html {
  const others = waiting.filter(({ isPutBefore }) => !isPutBefore);
  if (waiting.length === 0) return nothing(visit);
  const many = waiting.filter(({ until }) => until === null).length > 1;
  return html`
    ${
      own.length === 0
        ? nothing(visit)
        : html`
            <ol class="stack wide">
              ${own.map((one) => heldLetter(visit, one))}
            </ol>
          `
    }
    ${others.length === 0 ? NOTHING : othersList(visit, others)}
    ${many ? severalBar(visit) : NOTHING}
  `;
}

function nothing(visit: Visit): Html {
  return nothingHere('letterbox', visit.texts.held.empty);
}

/** As head: what waits for a teacher of the school, and not yet for them. */
function othersList(visit: Visit, others: readonly HeldLetter[]): Html {
  const { texts } = visit;
  return html`
    <details class="others">
      <summary>${texts.held.others(others.length)}${icon(visit, 'down', 'caret')}</summary>
      <p class="soft">${texts.held.othersHint}</p>
      <ol class="stack wide">
        ${others.map((one) => heldLetter(visit, one))}
      </ol>
    </details>
  `;
}

function banner(visit: Visit, { ok, words }: DecisionText): Html {
  const tone = ok ? 'ok' : 'wait';
  return html`
    <p class="banner ${tone}">
      ${icon(visit, ok ? 'check' : 'info')}
      <span class="grow">${words}</span>
    </p>
  `;
}

/**
 * For several at once. Without a script it stands below the letters; a script shows it while some
 * are ticked, at the foot of the window.
 */
function severalBar(visit: Visit): Html {
  const { held: words } = visit.texts;
  return html`
    <section class="sheet pad several" aria-labelledby="several">
      <form id="pick" class="stack tight" method="post" action="/held/act">
        ${token(visit)}
        <div class="split">
          <div>
            <h2 class="h3" id="several">${words.several}</h2>
            <p
              class="soft small"
              data-chosen
              data-one="${words.chosenOne}"
              data-many="${words.chosenMany}"
            >
              ${words.severalHint}
            </p>
          </div>
          <p class="row" data-picks hidden>
            <button class="btn mini" type="button" data-pick="all">${words.all}</button>
            <button class="btn mini" type="button" data-pick="none">${words.none}</button>
          </p>
        </div>
        <div class="row decide">
          <button class="btn main" name="do" value="release">
            ${icon(visit, 'check')}${words.letGo}
          </button>
          <details class="give-back">
            <summary class="btn">${icon(visit, 'write')}${words.giveBackAll}</summary>
            <div class="stack tight word">
              <label class="lab" for="note-all">${words.noteAll}</label>
              <textarea
                class="input"
                id="note-all"
                name="note"
                rows="3"
                maxlength="${MAX_NOTE}"
                aria-describedby="note-all-hint"
              ></textarea>
              <p class="hint" id="note-all-hint">${words.noteHint.child}</p>
              <button class="btn" name="do" value="give-back">
                ${icon(visit, 'undo')}${words.sendBackAll}
              </button>
            </div>
          </details>
        </div>
      </form>
    </section>
  `;
}

/** For some seconds the way back. */
function undoToast(visit: Visit, { id, kind, until, letters }: LettersDecision): Toast {
  const { held: words } = visit.texts;
  const leftMs = (until?.getTime() ?? 0) - visit.now.getTime();
  const seconds = Math.max(1, Math.round(leftMs / 1_000));
  const count = letters.filter((one) => one.kind === 'pending').length;
  return {
    kind: 'decided',
    act: id,
    drawing: kind === 'release' ? 'send' : 'undo',
    words: words.soon[kind](count, seconds),
    gone: words.takesEffect,
    seconds,
  };
}
