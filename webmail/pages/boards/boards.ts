import { TOWN } from '../../../core/ground/ids.ts';
import type { BoardLine } from '../../../core/school/boards/contract.ts';
import { boardPath, kindOfBoard } from '../../components/board-paths.ts';
import { surroundingsOf, framed } from '../../frame/frame.ts';
import { icon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { page, type Answer } from '../../http/answer.ts';
import { type BoardsPart } from './parts.ts';

/** GET /boards: the boards that one reads; whoever has one alone comes to it at once. */
export async function boards(visit: Visit<BoardsPart>): Promise<Answer> {
  const lines = await visit.core.boards.list(visit.viewer);
  const [only] = soughtOf(visit, lines);
  if (only !== undefined) return { kind: 'go', to: boardPath(only.ref) };
  const words = visit.texts.boards;
  const main = html`
    <main id="main" class="body narrow">
      <div class="stack wide">
        <h1>${words.all}</h1>
        <ul class="sheet msgs">
          ${lines.map((line) => boardRow(visit, line))}
        </ul>
        ${
          lines.length > 0
            ? NOTHING
            : html`
                <p class="sheet pad soft">${words.noBoards}</p>
              `
        }
      </div>
    </main>
  `;
  const surroundings = await surroundingsOf(visit);
  return page(
    framed(visit, surroundings, { title: words.all, section: 'board', shelf: null, main }),
  );
}

/** The one board that somebody comes for: their only one, or of a reader the one with something. */
function soughtOf({ viewer }: Visit, lines: readonly BoardLine[]): readonly BoardLine[] {
  if (lines.length === 1) return lines;
  const onlyReads = viewer.role === 'pupil' || viewer.role === 'guardian';
  const full = lines.filter(({ count }) => count > 0);
  return onlyReads && full.length === 1 ? full : [];
}

function boardRow(visit: Visit, { ref, name, children, count, unseen }: BoardLine): Html {
  const words = visit.texts.boards;
  const whose = children.length === 0 ? '' : `${words.placeOf(kindOfBoard(ref), children)}, `;
  const fresh = html`
    <span class="dot"></span>
    <span class="vh">${words.fresh(unseen)}</span>
  `;
  return html`
    <li class="${unseen > 0 ? 'new' : ''}">
      <a class="msg" href="${boardPath(ref)}">
        ${icon(visit, 'pin')}
        <span>
          ${unseen > 0 ? fresh : NOTHING}
          <b>${ref.school === TOWN ? words.town : name}</b>
          <span class="prev">${whose}${words.count(count)}</span>
        </span>
      </a>
    </li>
  `;
}
