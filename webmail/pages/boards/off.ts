import type { Notice } from '../../../core/school/boards/contract.ts';
import { boardTitle, hangersPath } from '../../components/board-paths.ts';
import { narrowPage } from '../../components/narrow-page.ts';
import { backLink } from '../../frame/parts.ts';
import { atSchool, type Visit } from '../../frame/visit.ts';
import { wholeDay } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { noticeBody } from './notice-card.ts';
import { boardRefOf, hangersSection, type BoardNames, type BoardsPart } from './parts.ts';

/** GET /boards/:school/:class/off and /boards/:school/off: what has hung there, for a year. */
export async function takenDown(given: Visit<BoardsPart>, names: BoardNames): Promise<Answer> {
  const ref = boardRefOf(names);
  const board = await given.core.boards.board(given.viewer, ref);
  if (board === null || board.mayPostFor.length === 0) return MISSING;
  const notices = await given.core.boards.takenDown(given.viewer, ref);
  const visit = atSchool(given, board);
  const words = visit.texts.boards;
  return narrowPage(given, {
    title: words.offTitle,
    section: hangersSection(ref),
    styles: ['board.css'],
    content: html`
      ${backLink(visit, hangersPath(ref), boardTitle(visit, board))}
      <h1>${words.offTitle}</h1>
      <p class="soft">${words.offLead}</p>
      ${
        notices.length > 0
          ? notices.map((one) => offCard(visit, one))
          : html`
              <p class="sheet pad soft">${words.offNone}</p>
            `
      }
    `,
  });
}

function offCard(visit: Visit, notice: Notice): Html {
  const { title, author, takenDownAt } = notice;
  return html`
    <article class="sheet pad">
      <h2>${title}</h2>
      ${noticeBody(visit, notice)}
      <p class="soft">
        ${author.name}${takenDownAt === null ? NOTHING : `, ${visit.texts.boards.offSince(wholeDay(visit.clock, takenDownAt))}`}
      </p>
    </article>
  `;
}
