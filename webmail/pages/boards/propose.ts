import type { LetterId } from '../../../core/ground/ids.ts';
import type { SecondLooked } from '../../../core/mail/writing/contract.ts';
import type { BoardView, OwnIdea, Proposed } from '../../../core/school/boards/contract.ts';
import { boardPath, noticeFormPath } from '../../components/board-paths.ts';
import { paragraphs } from '../../components/linked.ts';
import { unsentSentences } from '../../components/unsent.ts';
import { surroundingsOf, framed, sheetMain } from '../../frame/frame.ts';
import { backLink, calledOf, faceOf, icon } from '../../frame/parts.ts';
import { doneBanner } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { longDate } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, withMicrophone, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import { wordsMark } from '../writing/letter-form.ts';
import { rereadLetter, secondQuestion } from '../writing/second-look.ts';
import {
  begunSheet,
  isUntaken,
  keptSheet,
  newPlan,
  noticeSheet,
  type NoticeSheet,
  throwAway,
  wishWords,
  wrongIn,
} from './notice-form.ts';
import { boardRefOf, type BoardNames, type NoticeWriting } from './parts.ts';

/** GET /boards/:school/:class/propose: a pupil's idea for the board, and what became of others. */
export async function proposal(
  visit: Visit<NoticeWriting>,
  names: BoardNames,
  query: { readonly letter: LetterId | null; readonly said: unknown },
): Promise<Answer> {
  const board = await pupilsBoard(visit, names);
  if (board === null) return MISSING;
  const plan = newPlan(board, ['pupils']);
  const sheet = await begunSheet(visit, plan, {
    letter: query.letter,
    words: { subject: '', text: '' },
  });
  return show(visit, { board, sheet, second: null, isDone: query.said === 'proposed' });
}

/** POST …/propose: keeps what was written, then does what was pressed. */
export async function propose(
  visit: Visit<NoticeWriting>,
  names: BoardNames,
  form: Form,
): Promise<Answer> {
  const board = await pupilsBoard(visit, names);
  if (board === null) return MISSING;
  const sheet = await keptSheet(visit, form);
  if (sheet === null) return { kind: 'wrong' };
  const shown = { board, sheet, second: null, isDone: false };
  const pressed = field(form, 'act');
  const here = noticeFormPath(visit, sheet.plan);
  if (pressed === 'throw') {
    await throwAway(visit, sheet);
    return { kind: 'go', to: here };
  }
  if (pressed !== 'send' || sheet.troubles.length > 0) return show(visit, shown);
  const done = await visit.core.boards.propose(visit.viewer, board.ref, {
    ...wishWords(sheet),
    isReread: field(form, 'reread') === wordsMark(sheet),
  });
  if (done.kind === 'missing') return MISSING;
  if (done.kind === 'proposed') return { kind: 'go', to: `${here}?said=proposed` };
  if (done.kind === 'doubtful') return show(visit, { ...shown, second: done.second });
  return show(visit, { ...shown, sheet: { ...sheet, ...whyNot(visit, done) } });
}

function whyNot(
  visit: Visit,
  done: Extract<Proposed, { kind: 'faulty' | 'unsent' }>,
): Pick<NoticeSheet, 'troubles' | 'wrong'> {
  if (done.kind === 'unsent') return { troubles: unsentSentences(visit, done.outcome), wrong: {} };
  const { 'too-many-ideas': tooMany, ...words } = visit.texts.boards.ideas.faults;
  const inFields = done.faults.filter((one) => one !== 'too-many-ideas');
  const troubles = inFields.length < done.faults.length ? [tooMany] : [];
  return { troubles, wrong: wrongIn(inFields, words) };
}

async function pupilsBoard(
  { core, viewer }: Visit<NoticeWriting>,
  names: BoardNames,
): Promise<BoardView | null> {
  const board = await core.boards.board(viewer, boardRefOf(names));
  return board?.mayPropose === true ? board : null;
}

interface Shown {
  readonly board: BoardView;
  readonly sheet: NoticeSheet;
  /** What is to be read again before it goes. */
  readonly second: SecondLooked | null;
  readonly isDone: boolean;
}

async function show(visit: Visit<NoticeWriting>, shown: Shown): Promise<Answer> {
  const { board, sheet, second, isDone } = shown;
  const { boards } = visit.core;
  const words = visit.texts.boards;
  const [surroundings, ideas] = await Promise.all([
    surroundingsOf(visit),
    boards.ownIdeas(visit.viewer),
  ]);
  if (ideas.some(({ state }) => state !== 'waits')) await boards.seeAnswers(visit.viewer);
  const content = html`
    ${backLink(visit, boardPath(board.ref), words.ofMine('class'))}
    <h1>${words.ideas.title}</h1>
    ${isDone ? doneBanner(visit, words.ideas.proposed) : NOTHING}
    <div class="board-write">
      <div>${noticeSheet(visit, sheet, sheetParts(visit, board, { sheet, second }))}</div>
      ${ideas.length === 0 ? NOTHING : ownIdeas(visit, ideas)}
    </div>
  `;
  const body = framed(visit, surroundings, {
    title: words.ideas.title,
    section: 'board',
    shelf: null,
    styles: second === null ? ['notice.css'] : ['notice.css', 'second-look.css'],
    scripts: ['write.js'],
    main: sheetMain(visit, surroundings, { shelf: null, content }),
  });
  // 422: RFC 9110 §15.5.21
  const status = isUntaken(sheet) ? 422 : 200;
  return withMicrophone({ kind: 'page', status, body });
}

function sheetParts(
  visit: Visit,
  { teachers }: BoardView,
  { sheet, second }: Pick<Shown, 'sheet' | 'second'>,
): Parameters<typeof noticeSheet>[2] {
  if (second !== null)
    return {
      words: html`
        <div class="plan">${rereadLetter({ writing: sheet }, second)}</div>
      `,
      below: () => NOTHING,
      send: secondQuestion(visit, { recipients: [{ kind: 'list', name: '' }] }, second),
    };
  const names = teachers.map(calledOf);
  return {
    words: null,
    below: () => NOTHING,
    send: html`
      <button class="btn main" name="act" value="send">
        ${icon(visit, 'hold')}${visit.texts.boards.ideas.proposeTo(names)}
      </button>
    `,
  };
}

const BADGES = {
  waits: ['hold', ''],
  refused: ['info', ' wait'],
  hung: ['check', ' ok'],
} as const satisfies Record<OwnIdea['state'], readonly [drawing: string, tone: string]>;

/** What one has proposed, each with what became of it. */
function ownIdeas(visit: Visit, ideas: readonly OwnIdea[]): Html {
  const words = visit.texts.boards.ideas;
  return html`
    <aside class="sheet pad-s" aria-labelledby="mine">
      <h2 id="mine">${words.mine}</h2>
      ${ideas.map(({ title, at, state, answer }) => {
        const [drawing, tone] = BADGES[state];
        return html`
          <div class="task">
            <p>
              <b>${title}</b>
              ${' '}
              <span class="small soft">${longDate(visit.clock, at)}</span>
            </p>
            <p><span class="badge${tone}">${icon(visit, drawing)}${words.states[state]}</span></p>
            ${answer === null || answer.words === '' ? NOTHING : wordBack(visit, answer)}
          </div>
        `;
      })}
    </aside>
  `;
}

const wordBack = (visit: Visit, { by, words }: NonNullable<OwnIdea['answer']>): Html => html`
  <div class="word-back">
    ${faceOf(visit, by, 's')}
    <div>
      <span class="vh">${calledOf(by)}${visit.texts.colon}</span>
      ${paragraphs(words, { links: false })}
    </div>
  </div>
`;
