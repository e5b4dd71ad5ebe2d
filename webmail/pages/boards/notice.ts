import type { NoticeReader, NoticeRef, NoticeState } from '../../../core/school/boards/contract.ts';
import { hangersPath, noticePath } from '../../components/board-paths.ts';
import { type FileUse, fileAs } from '../../components/file-answer.ts';
import { formOf } from '../../components/form.ts';
import { narrowPage } from '../../components/narrow-page.ts';
import { backLink, faceOf, icon, token } from '../../frame/parts.ts';
import { alertBanner } from '../../frame/said.ts';
import { atSchool, type Visit } from '../../frame/visit.ts';
import { longDate } from '../../frame/when.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { mayRemind, noticeBody, remindForm } from './notice-card.ts';
import { hangersSection, type BoardsPart } from './parts.ts';

/** Another day until which it hangs. */
export const UNTIL_FORM = formOf({ until: { isRequired: true, as: { type: 'date' } } });

/** What couldn't be done: in a sentence on top, or below the day that was wrong. */
interface NoticeTrouble {
  readonly say?: string;
  readonly end?: { readonly typed: ReturnType<typeof UNTIL_FORM.typedIn>; readonly wrong: string };
}

/** GET /notices/:school/:notice: a notice for who hung it up, and which children have seen it. */
export function notice(visit: Visit<BoardsPart>, ref: NoticeRef): Promise<Answer> {
  return showNotice(visit, ref, {});
}

/** The same page where something couldn't be done. */
export async function showNotice(
  given: Visit<BoardsPart>,
  ref: NoticeRef,
  { say, end }: NoticeTrouble,
): Promise<Answer> {
  const state = await given.core.boards.notice(given.viewer, ref);
  if (state === null || state.notice.seen === null || state.notice.waits) return MISSING;
  const visit = atSchool(given, state.notice);
  return narrowPage(visit, {
    title: state.notice.title,
    section: hangersSection(state.board),
    styles: ['board.css'],
    refused: say !== undefined || end !== undefined,
    content: html`
      ${backLink(visit, hangersPath(state.board), visit.texts.boards.back)}
      ${say === undefined ? NOTHING : alertBanner(visit, 'wait', say)}
      <article class="sheet pad">
        <h1>${state.notice.title}</h1>
        ${noticeBody(visit, state.notice)}
      </article>
      ${state.notice.takenDownAt === null ? untilForm(visit, state, end) : NOTHING}
      ${whoSaw(visit, state)}
    `,
  });
}

function untilForm(
  visit: Visit,
  { notice: { ref, untilDay } }: NoticeState,
  end: NoticeTrouble['end'],
): Html {
  const words = visit.texts.boards;
  const fields = UNTIL_FORM.shown(visit, {
    typed: end?.typed ?? { until: untilDay },
    wrong: { until: end?.wrong },
  });
  return html`
    <form class="sheet pad until" method="post" action="${noticePath(ref)}/until" novalidate>
      ${token(visit)} ${fields.line('until', { label: words.untilLabel })}
      <button class="btn">${words.changeDay}</button>
    </form>
  `;
}

/** Those who haven't seen it come first: they are whom one looks for. */
function whoSaw(visit: Visit, { notice, pupils }: NoticeState): Html {
  const { seen, ref, isReminded } = notice;
  const words = visit.texts.boards;
  const waiting = pupils.filter(({ seenAt }) => seenAt === null);
  const done = pupils.filter(({ seenAt }) => seenAt !== null);
  return html`
    <section class="sheet pad">
      <h2>${words.whoSaw}</h2>
      <ul class="tallies">
        ${(seen ?? []).map(
          (one) => html`
            <li>${words.seen[one.readers](one.seen, one.of)}</li>
          `,
        )}
      </ul>
      ${mayRemind(notice) ? remindForm(visit, ref, 'btn') : NOTHING}
      ${
        isReminded
          ? html`
              <p class="soft">${words.reminded}</p>
            `
          : NOTHING
      }
      ${readers(visit, words.notYet, waiting)} ${readers(visit, words.haveSeen, done)}
    </section>
  `;
}

function readers(visit: Visit, title: string, some: readonly NoticeReader[]): Html {
  return some.length === 0
    ? NOTHING
    : html`
        <h3>${title}</h3>
        <ul class="readers">
          ${some.map(
            ({ name, face, seenAt }) => html`
              <li ${attributes({ title: seenAt === null ? null : longDate(visit.clock, seenAt) })}>
                ${faceOf(visit, face)}
                <span>${name}</span>
                ${seenAt === null ? NOTHING : icon(visit, 'check')}
              </li>
            `,
          )}
        </ul>
      `;
}

/** GET /notices/:school/:notice/files/:part: a file of a notice, or what stands in its page. */
export async function noticeFile(
  visit: Visit<BoardsPart>,
  ref: NoticeRef,
  { part, as }: { readonly part: string; readonly as: unknown },
): Promise<Answer> {
  const file = await visit.core.boards.file(visit.viewer, ref, part);
  return file === null ? MISSING : fileAs(file, useOf(as));
}

const useOf = (as: unknown): FileUse => (as === 'picture' || as === 'sound' ? as : 'download');
