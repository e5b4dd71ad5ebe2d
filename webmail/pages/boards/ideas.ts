import type {
  BoardView,
  IdeaAnswered,
  Notice,
  NoticeRef,
} from '../../../core/school/boards/contract.ts';
import { hangersPath, noticePath } from '../../components/board-paths.ts';
import { formOf } from '../../components/form.ts';
import { narrowPage } from '../../components/narrow-page.ts';
import { unsentSentences } from '../../components/unsent.ts';
import { backLink, calledOf, faceOf, icon, token } from '../../frame/parts.ts';
import { alertBanner } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { longDate } from '../../frame/when.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import type { Form } from '../../http/forms.ts';
import { noticeBody } from './notice-card.ts';
import type { BoardsPart } from './parts.ts';

/** A word with a refusal. */
const WORD_FORM = formOf({ word: { most: 1_000, isText: true, as: { rows: 2 } } });

/** What pupils propose for the board, above what hangs there; nothing where nobody does. */
export const proposedIdeas = (visit: Visit, { ideas }: Pick<BoardView, 'ideas'>): Html =>
  ideas.length === 0
    ? NOTHING
    : html`
        <section class="ideas" aria-label="${visit.texts.boards.ideas.waiting(ideas.length)}">
          ${ideas.map((one) => ideaSheet(visit, one))}
        </section>
      `;

/** As a letter that is held: let go, mended first, or given back with a word. */
function ideaSheet(visit: Visit, idea: Notice, wrongWord: string | null = null): Html {
  const { ref, title, author, postedAt } = idea;
  const words = visit.texts.boards;
  const wrong = wrongWord === null ? {} : { word: wrongWord };
  const fields = WORD_FORM.shown(visit, { ...WORD_FORM.blank(), wrong });
  const path = noticePath(ref);
  return html`
    <article class="sheet idea" aria-labelledby="i${ref.notice}">
      <div class="who-i">
        ${faceOf(visit, author)}
        <div>
          <h2 class="h3" id="i${ref.notice}">${words.ideas.proposes(calledOf(author))}</h2>
          <p class="small soft">${longDate(visit.clock, postedAt)}</p>
        </div>
      </div>
      <blockquote>
        <p><b>${title}</b></p>
        ${noticeBody(visit, idea)}
      </blockquote>
      <div class="row decide">
        <form method="post" action="${path}/hang">
          ${token(visit)}
          <button class="btn main">${icon(visit, 'pin')}${words.post}</button>
        </form>
        <a class="btn" href="${path}/edit">${icon(visit, 'write')}${words.ideas.mend}</a>
        <details class="unfold" ${attributes({ open: wrongWord !== null })}>
          <summary class="btn quiet">${words.ideas.notNow}</summary>
          <form class="inner stack" method="post" action="${path}/refuse" novalidate>
            ${token(visit)}
            ${fields.text('word', {
              id: `word-${ref.notice}`,
              label: words.ideas.wordLabel(calledOf(author)),
              look: 'input',
            })}
            <button class="btn">${words.ideas.notNow}</button>
          </form>
        </details>
      </div>
    </article>
  `;
}

/** POST /notices/:school/:notice/hang: it hangs, as it was proposed. */
export async function hangIdea(visit: Visit<BoardsPart>, ref: NoticeRef): Promise<Answer> {
  const done = await visit.core.boards.hangIdea(visit.viewer, ref);
  return answered(visit, ref, { done, said: 'posted' });
}

/** POST …/refuse: not this time; whoever proposed it reads why. */
export async function refuseIdea(
  visit: Visit<BoardsPart>,
  ref: NoticeRef,
  form: Form,
): Promise<Answer> {
  const word = WORD_FORM.typedIn(form).word.trim();
  const state = await visit.core.boards.notice(visit.viewer, ref);
  if (state === null || !state.notice.waits) return MISSING;
  if (word === '')
    return untaken(visit, state, { troubles: [], wrong: visit.texts.boards.ideas.noWord });
  const done = await visit.core.boards.refuseIdea(visit.viewer, ref, word);
  return answered(visit, ref, { done, said: 'refused' });
}

async function answered(
  visit: Visit<BoardsPart>,
  ref: NoticeRef,
  { done, said }: { readonly done: IdeaAnswered; readonly said: string },
): Promise<Answer> {
  if (done.kind === 'done') return { kind: 'go', to: `${hangersPath(done.board)}?said=${said}` };
  const state = await visit.core.boards.notice(visit.viewer, ref);
  return state === null || done.kind === 'missing'
    ? MISSING
    : untaken(visit, state, { troubles: unsentSentences(visit, done.outcome), wrong: null });
}

type State = NonNullable<Awaited<ReturnType<BoardsPart['boards']['notice']>>>;

/** The idea again, with why nothing was done. */
function untaken(
  visit: Visit<BoardsPart>,
  { board, notice }: State,
  { troubles, wrong }: { readonly troubles: readonly string[]; readonly wrong: string | null },
): Promise<Answer> {
  const words = visit.texts.boards;
  return narrowPage(visit, {
    title: notice.title,
    section: 'board',
    styles: ['board.css'],
    refused: true,
    content: html`
      ${backLink(visit, hangersPath(board), words.back)}
      ${troubles.map((one) => alertBanner(visit, 'wait', one))} ${ideaSheet(visit, notice, wrong)}
    `,
  });
}
