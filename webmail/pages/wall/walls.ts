import type { WallLine } from '../../../core/school/wall/contract.ts';
import { surroundingsOf, framed } from '../../frame/frame.ts';
import { icon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { page, type Answer } from '../../http/answer.ts';
import { wallPath, type WallPart } from './parts.ts';

/** GET /walls: the walls that one stands before; whoever has one alone comes to it at once. */
export async function walls(visit: Visit<WallPart>): Promise<Answer> {
  const lines = await visit.core.walls.list(visit.viewer);
  const [only, ...others] = lines;
  if (only !== undefined && others.length === 0) return { kind: 'go', to: wallPath(only.ref) };
  const words = visit.texts.walls;
  const main = html`
    <main id="main" class="body narrow">
      <div class="stack wide">
        <h1>${words.all}</h1>
        <ul class="sheet msgs">
          ${lines.map((line) => wallRow(visit, line))}
        </ul>
        ${
          lines.length > 0
            ? NOTHING
            : html`
                <p class="sheet pad soft">${words.noWalls}</p>
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

function wallRow(visit: Visit, { ref, name, children, count, waiting }: WallLine): Html {
  const words = visit.texts.walls;
  const whose = children.length === 0 ? '' : `${words.classOf(children)}, `;
  return html`
    <li>
      <a class="msg" href="${wallPath(ref)}">
        ${icon(visit, 'wall')}
        <span>
          <b>${name}</b>
          <span class="prev">
            ${whose}${words.count(count)}${waiting === 0 ? '' : `, ${words.waiting(waiting)}`}
          </span>
        </span>
      </a>
    </li>
  `;
}
