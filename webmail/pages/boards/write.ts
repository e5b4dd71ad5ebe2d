import type {
  BoardView,
  Notice,
  NoticeRef,
  NoticeWish,
  Posted,
} from '../../../core/school/boards/contract.ts';
import { lineField, textField } from '../../components/field.ts';
import { fileField } from '../../components/file-field.ts';
import { newLetter } from '../../components/letter-hand.ts';
import { narrowPage } from '../../components/narrow-page.ts';
import { leftOutOf, unsentSentences } from '../../components/unsent.ts';
import { backLink, icon, token } from '../../frame/parts.ts';
import { alertBanner } from '../../frame/said.ts';
import { atSchool, type Visit } from '../../frame/visit.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { LONG_FIELD_CHARS } from '../../http/fields.ts';
import { field, fieldsOf, type Form } from '../../http/forms.ts';
import { letterOf } from '../../ids.ts';
import {
  boardPath,
  boardRefOf,
  hangersPath,
  noticePath,
  type BoardNames,
  type BoardsPart,
} from './parts.ts';

/** What stands in the form: typed, or as it hangs. */
interface NoticeForm {
  readonly board: BoardView;
  /** Null: a new one. */
  readonly notice: Notice | null;
  readonly wish: Omit<NoticeWish, 'add'>;
  /** Why it wasn't hung up; empty where it hasn't been tried. */
  readonly troubles: readonly string[];
}

/** GET /boards/:school/:class/new and /boards/:school/new: a notice to be hung up. */
export async function newNotice(visit: Visit<BoardsPart>, names: BoardNames): Promise<Answer> {
  const board = await visit.core.boards.board(visit.viewer, boardRefOf(names));
  if (board === null || board.mayPostFor.length === 0) return MISSING;
  const wish = {
    letter: newLetter(),
    title: '',
    text: '',
    readers: board.mayPostFor.slice(0, 2),
    untilDay: board.usualDay,
    keep: [],
  };
  return show(visit, { board, notice: null, wish, troubles: [] });
}

/** GET /notices/:school/:notice/edit: other words in place of those that hang. */
export async function editNotice(visit: Visit<BoardsPart>, ref: NoticeRef): Promise<Answer> {
  const found = await hanging(visit, ref);
  if (found === null) return MISSING;
  const { board, notice } = found;
  const { title, text, readers, untilDay, files } = notice;
  const keep = files.map(({ path }) => path);
  const wish = { letter: newLetter(), title, text, readers, untilDay, keep };
  return show(visit, { board, notice, wish, troubles: [] });
}

/** POST …/new: hangs it up, or shows what was typed again. */
export async function postNotice(
  visit: Visit<BoardsPart>,
  names: BoardNames,
  form: Form,
): Promise<Answer> {
  const ref = boardRefOf(names);
  const board = await visit.core.boards.board(visit.viewer, ref);
  if (board === null || board.mayPostFor.length === 0) return MISSING;
  return answerTo(visit, { board, notice: null, form }, (wish) =>
    visit.core.boards.post(visit.viewer, ref, wish),
  );
}

/** POST …/edit: the same for other words. */
export async function changeNotice(
  visit: Visit<BoardsPart>,
  ref: NoticeRef,
  form: Form,
): Promise<Answer> {
  const found = await hanging(visit, ref);
  if (found === null) return MISSING;
  return answerTo(visit, { ...found, form }, (wish) =>
    visit.core.boards.edit(visit.viewer, ref, wish),
  );
}

/** A notice that hangs, with its board, for who may change it. */
async function hanging(
  { core, viewer }: Visit<BoardsPart>,
  ref: NoticeRef,
): Promise<{ readonly board: BoardView; readonly notice: Notice } | null> {
  const state = await core.boards.notice(viewer, ref);
  if (state === null || state.notice.takenDownAt !== null) return null;
  const board = await core.boards.board(viewer, state.board);
  return board === null || board.mayPostFor.length === 0 ? null : { board, notice: state.notice };
}

async function answerTo(
  visit: Visit<BoardsPart>,
  given: Pick<NoticeForm, 'board' | 'notice'> & { readonly form: Form },
  act: (wish: NoticeWish) => Promise<Posted>,
): Promise<Answer> {
  const { board, notice, form } = given;
  const wish = wishIn(form, board);
  if (wish.text.includes('\0')) return { kind: 'wrong' };
  const leftOut = leftOutOf(visit, form);
  const posted = leftOut.length > 0 ? null : await act({ ...wish, add: form.files });
  if (posted?.kind === 'missing') return MISSING;
  if (posted?.kind === 'posted')
    return {
      kind: 'go',
      to: `${hangersPath(board.ref)}?said=${notice === null ? 'posted' : 'changed'}`,
    };
  return show(visit, { board, notice, wish, troubles: [...leftOut, ...whyNot(visit, posted)] });
}

function whyNot(visit: Visit, posted: Posted | null): readonly string[] {
  if (posted?.kind === 'faulty')
    return posted.faults.map((fault) => visit.texts.boards.faults[fault]);
  return posted?.kind === 'unsent' ? unsentSentences(visit, posted.outcome) : [];
}

function wishIn(form: Form, { mayPostFor }: BoardView): NoticeForm['wish'] {
  const chosen = fieldsOf(form, 'readers');
  return {
    letter: letterOf(field(form, 'letter')) ?? newLetter(),
    title: field(form, 'title').replace(/\s+/g, ' ').trim(),
    text: field(form, 'text', LONG_FIELD_CHARS).replace(/\r\n?/g, '\n'),
    readers: mayPostFor.filter((one) => chosen.includes(one)),
    untilDay: field(form, 'until'),
    keep: fieldsOf(form, 'keep'),
  };
}

function show(given: Visit<BoardsPart>, shown: NoticeForm): Promise<Answer> {
  const { board, notice, wish, troubles } = shown;
  const visit = atSchool(given, board);
  const words = visit.texts.boards;
  const title = notice === null ? words.newTitle : words.editTitle;
  const action = notice === null ? `${boardPath(board.ref)}/new` : `${noticePath(notice.ref)}/edit`;
  return narrowPage(given, {
    title: `${title} – ${board.name}`,
    section: 'board',
    styles: ['board.css'],
    refused: troubles.length > 0,
    content: html`
      ${backLink(visit, hangersPath(board.ref), words.of(board.name))}
      <h1>${title}</h1>
      ${troubles.map((one) => alertBanner(visit, 'wait', one))}
      <form
        class="sheet pad stack"
        method="post"
        action="${action}"
        enctype="multipart/form-data"
        novalidate
      >
        ${token(visit)}
        <input type="hidden" name="letter" value="${wish.letter}" />
        ${lineField(visit, {
          name: 'title',
          label: words.titleLabel,
          value: wish.title,
          as: { required: true, maxlength: 120 },
        })}
        ${textField(visit, {
          name: 'text',
          label: words.textLabel,
          value: wish.text,
          as: { rows: 7 },
        })}
        ${readersField(visit, board, wish.readers)}
        ${lineField(visit, {
          name: 'until',
          label: words.untilLabel,
          hint: words.untilHint,
          value: wish.untilDay,
          as: { type: 'date', required: true },
        })}
        ${notice === null ? NOTHING : keptFiles(visit, notice, wish.keep)}
        ${fileField(visit, {
          label: words.filesLabel,
          hint: '',
          name: 'files',
          accept: '',
          multiple: true,
        })}
        <p class="soft">${words.nobodyAnswers}</p>
        <button class="btn main">
          ${icon(visit, 'pin')}${notice === null ? words.post : words.postAgain}
        </button>
      </form>
    `,
  });
}

function readersField(
  visit: Visit,
  { mayPostFor }: BoardView,
  chosen: NoticeWish['readers'],
): Html {
  const words = visit.texts.boards;
  return html`
    <fieldset class="field">
      <legend>${words.readersLabel}</legend>
      ${mayPostFor.map(
        (one) => html`
          <label class="tick">
            <input
              type="checkbox"
              name="readers"
              value="${one}"
              ${attributes({ checked: chosen.includes(one) })}
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
