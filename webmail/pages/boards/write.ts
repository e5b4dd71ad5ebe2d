import type { LetterId } from '../../../core/ground/ids.ts';
import type { NoticePlan } from '../../../core/mail/writing/contract.ts';
import type {
  BoardView,
  Notice,
  NoticeRef,
  NoticeWish,
  Posted,
} from '../../../core/school/boards/contract.ts';
import { boardTitle, hangersPath } from '../../components/board-paths.ts';
import { narrowPage } from '../../components/narrow-page.ts';
import { unsentSentences } from '../../components/unsent.ts';
import { backLink, icon } from '../../frame/parts.ts';
import { fieldTrouble } from '../../frame/said.ts';
import { atSchool, type Visit } from '../../frame/visit.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { MISSING, withMicrophone, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
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
import { boardRefOf, hangersSection, type BoardNames, type NoticeWriting } from './parts.ts';

/** A board on which something is written. */
interface Written {
  readonly board: BoardView;
  /** What hangs there, or is proposed, and is to have other words; null: it is new. */
  readonly notice: Notice | null;
}

/** GET /boards/:school/:class/new and /boards/:school/new: a notice to be hung up. */
export async function newNotice(
  visit: Visit<NoticeWriting>,
  names: BoardNames,
  letter: LetterId | null,
): Promise<Answer> {
  const board = await hangersBoard(visit, names);
  if (board === null) return MISSING;
  const plan = newPlan(board, board.mayPostFor.slice(0, 2));
  const sheet = await begunSheet(visit, plan, { letter, words: { subject: '', text: '' } });
  return show(visit, { board, notice: null }, sheet);
}

/** GET /notices/:school/:notice/edit: other words in place of those that hang or are proposed. */
export async function editNotice(
  visit: Visit<NoticeWriting>,
  ref: NoticeRef,
  letter: LetterId | null,
): Promise<Answer> {
  const found = await changeable(visit, ref);
  if (found === null) return MISSING;
  const { board, notice } = found;
  if (notice === null) {
    if (letter === null) return MISSING;
    const plan = newPlan(board, [], ref.notice);
    const begun = await begunSheet(visit, plan, { letter, words: { subject: '', text: '' } });
    return show(visit, found, anew(begun, []));
  }
  const { title: subject, text, readers, untilDay, day, waits } = notice;
  const plan: NoticePlan = {
    ...board.ref,
    of: ref.notice,
    readers,
    untilDay: waits ? board.usualDay : untilDay,
    day: day ?? '',
    ...nowOn(notice),
  };
  return show(visit, found, await begunSheet(visit, plan, { letter, words: { subject, text } }));
}

/** Its words of this moment, and all their files. */
const nowOn = ({ edition, files }: Notice): Pick<NoticePlan, 'edition' | 'keep'> => ({
  edition,
  keep: files.map(({ path }) => path),
});

/** POST …/new: keeps what was written, then does what was pressed. */
export async function postNotice(
  visit: Visit<NoticeWriting>,
  names: BoardNames,
  form: Form,
): Promise<Answer> {
  const board = await hangersBoard(visit, names);
  if (board === null) return MISSING;
  const act = (wish: NoticeWish) => visit.core.boards.post(visit.viewer, board.ref, wish);
  return answerTo(visit, { board, notice: null }, { form, act });
}

/** POST …/edit: the same for other words. */
export async function changeNotice(
  visit: Visit<NoticeWriting>,
  ref: NoticeRef,
  form: Form,
): Promise<Answer> {
  const found = await changeable(visit, ref);
  if (found === null) return MISSING;
  const act = (wish: NoticeWish) => visit.core.boards.edit(visit.viewer, ref, wish);
  return answerTo(visit, found, { form, act });
}

async function hangersBoard(
  { core, viewer }: Visit<NoticeWriting>,
  names: BoardNames,
): Promise<BoardView | null> {
  const board = await core.boards.board(viewer, boardRefOf(names));
  return board === null || board.mayPostFor.length === 0 ? null : board;
}

/**
 * A notice that hangs or is proposed, with its board, for who may change it; the board alone where
 * it has been taken down.
 */
async function changeable(
  { core, viewer }: Visit<NoticeWriting>,
  ref: NoticeRef,
): Promise<Written | null> {
  const state = await core.boards.notice(viewer, ref);
  const board = state && (await core.boards.board(viewer, state.board));
  if (board === null || board.mayPostFor.length === 0) return null;
  return { board, notice: state?.notice.takenDownAt === null ? state.notice : null };
}

/** Words for a notice that was taken down meanwhile: they are those of a new one. */
const anew = (sheet: NoticeSheet, troubles: readonly string[]): NoticeSheet => ({
  ...sheet,
  plan: { ...sheet.plan, of: null, edition: 0, keep: [] },
  troubles,
});

async function answerTo(
  visit: Visit<NoticeWriting>,
  written: Written,
  given: { readonly form: Form; readonly act: (wish: NoticeWish) => Promise<Posted> },
): Promise<Answer> {
  const { board, notice } = written;
  const pressed = field(given.form, 'act');
  const sheet = await keptSheet(visit, given.form);
  if (sheet === null) return { kind: 'wrong' };
  if (pressed === 'throw') {
    await throwAway(visit, sheet);
    return { kind: 'go', to: hangersPath(board.ref) };
  }
  if (pressed !== 'send' || sheet.troubles.length > 0) return show(visit, written, sheet);
  const posted = await given.act(wishOf(sheet, board));
  if (posted.kind === 'missing') {
    if (sheet.plan.of === null) return MISSING;
    const said = [visit.texts.boards.takenMeanwhile];
    return show(visit, { board, notice: null }, anew(sheet, said));
  }
  if (posted.kind === 'changed') {
    const now = notice && (await changeable(visit, notice.ref));
    return now?.notice
      ? showChanged(visit, { board: now.board, notice: now.notice }, sheet)
      : MISSING;
  }
  if (posted.kind === 'posted') {
    const said = notice === null || notice.waits ? 'posted' : 'changed';
    return { kind: 'go', to: `${hangersPath(board.ref)}?said=${said}` };
  }
  return show(visit, written, { ...sheet, ...whyNot(visit, posted) });
}

/** Other words hang there by now: both are shown, and pressed again these replace them. */
function showChanged(
  visit: Visit<NoticeWriting>,
  { board, notice }: { readonly board: BoardView; readonly notice: Notice },
  sheet: NoticeSheet,
): Promise<Answer> {
  const { title, text } = notice;
  const said = visit.texts.boards.changedMeanwhile(text === '' ? title : `${title}. ${text}`);
  const plan = { ...sheet.plan, ...nowOn(notice) };
  return show(visit, { board, notice }, { ...sheet, plan, troubles: [said] });
}

function whyNot(
  visit: Visit,
  posted: Extract<Posted, { kind: 'faulty' | 'unsent' }>,
): Pick<NoticeSheet, 'troubles' | 'wrong'> {
  return posted.kind === 'faulty'
    ? { troubles: [], wrong: wrongIn(posted.faults, visit.texts.boards.faults) }
    : { troubles: unsentSentences(visit, posted.outcome), wrong: {} };
}

const wishOf = (sheet: NoticeSheet, { mayPostFor }: BoardView): NoticeWish => ({
  ...wishWords(sheet),
  readers: mayPostFor.filter((one) => sheet.plan.readers.includes(one)),
  untilDay: sheet.plan.untilDay,
  day: sheet.plan.day,
  keep: sheet.plan.keep,
  edition: sheet.plan.edition,
});

async function show(
  given: Visit<NoticeWriting>,
  { board, notice }: Written,
  sheet: NoticeSheet,
): Promise<Answer> {
  const visit = atSchool(given, board);
  const words = visit.texts.boards;
  const title = notice === null ? words.newTitle : words.editTitle;
  const isNew = notice === null || notice.waits;
  const answer = await narrowPage(given, {
    title: `${title} – ${board.name}`,
    section: hangersSection(board.ref),
    styles: ['notice.css'],
    scripts: ['write.js'],
    refused: isUntaken(sheet),
    content: html`
      ${backLink(visit, hangersPath(board.ref), boardTitle(visit, board))}
      <h1>${title}</h1>
      ${
        notice?.waits === true
          ? html`
              <p class="soft">${words.ideas.by(notice.author.name)}</p>
            `
          : NOTHING
      }
      ${noticeSheet(visit, sheet, {
        words: null,
        below: (fields) => html`
          <div class="plan">
            ${readersField(visit, board, sheet)}
            ${fields.line('until', { label: words.untilLabel, hint: words.untilHint })}
            ${fields.line('day', { label: words.dayLabel, hint: words.dayHint })}
            ${notice === null ? NOTHING : keptFiles(visit, notice, sheet.plan.keep)}
            <p class="soft">${words.nobodyAnswers}</p>
          </div>
        `,
        send: html`
          <button class="btn main" name="act" value="send">
            ${icon(visit, 'pin')}${isNew ? words.post : words.postAgain}
          </button>
        `,
      })}
    `,
  });
  return withMicrophone(answer);
}

function readersField(
  visit: Visit,
  { mayPostFor }: BoardView,
  { plan, wrong: { readers: wrong } }: NoticeSheet,
): Html {
  const words = visit.texts.boards;
  return html`
    <fieldset
      class="field"
      ${attributes({ 'aria-describedby': wrong === undefined ? null : 'readers-trouble' })}
    >
      <legend>${words.readersLabel}</legend>
      ${wrong === undefined ? NOTHING : fieldTrouble(visit, 'readers-trouble', wrong)}
      ${mayPostFor.map(
        (one) => html`
          <label class="tick">
            <input
              type="checkbox"
              name="readers"
              value="${one}"
              ${attributes({ checked: plan.readers.includes(one) })}
            />
            <span>${words.readers[one]}</span>
          </label>
        `,
      )}
    </fieldset>
  `;
}

/** Files of the words before: those that stay ticked go on. */
function keptFiles(visit: Visit, { files }: Notice, keep: readonly string[]): Html {
  return files.length === 0
    ? NOTHING
    : html`
        <fieldset class="field">
          <legend>${visit.texts.boards.keptLabel}</legend>
          ${files.map(
            ({ path, name }) => html`
              <label class="tick">
                <input
                  type="checkbox"
                  name="keep"
                  value="${path}"
                  ${attributes({ checked: keep.includes(path) })}
                />
                <span>${name}</span>
              </label>
            `,
          )}
        </fieldset>
      `;
}
