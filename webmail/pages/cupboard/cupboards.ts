import type { CupboardLine } from '../../../core/school/cupboard/contract.ts';
import { surroundingsOf, framed } from '../../frame/frame.ts';
import { icon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { page, type Answer } from '../../http/answer.ts';
import { lineName } from './page.ts';
import { cupboardPath, type CupboardPart } from './parts.ts';

/** GET /cupboards: those that one may open; a child comes to that of their class at once. */
export async function cupboards(visit: Visit<CupboardPart>): Promise<Answer> {
  const lines = await visit.core.cupboards.list(visit.viewer);
  const isChild = visit.audience === 'child';
  const first = lines.find(({ ref }) => isChild && 'classId' in ref) ?? lines[0];
  if (first !== undefined && (isChild || lines.length === 1))
    return { kind: 'go', to: cupboardPath(first.ref) };
  const words = visit.texts.cupboards;
  const none = html`
    <p class="sheet pad soft">${words.none}</p>
  `;
  const main = html`
    <main id="main" class="body narrow">
      <div class="stack wide">
        <h1>${words.nav}</h1>
        <ul class="sheet msgs">
          ${lines.map((line) => cupboardRow(visit, line, lines))}
        </ul>
        ${lines.length > 0 ? NOTHING : none}
      </div>
    </main>
  `;
  const surroundings = await surroundingsOf(visit);
  return page(
    framed(visit, surroundings, { title: words.nav, section: 'cupboard', shelf: null, main }),
  );
}

function cupboardRow(visit: Visit, line: CupboardLine, all: readonly CupboardLine[]): Html {
  const { ref, children } = line;
  const whose = html`
    <span class="prev">${visit.texts.cupboards.classOf(children)}</span>
  `;
  return html`
    <li>
      <a class="msg" href="${cupboardPath(ref)}">
        ${icon(visit, 'cupboard')}
        <span>
          <b>${lineName(visit, line, all)}</b>
          ${children.length === 0 || 'place' in ref ? NOTHING : whose}
        </span>
      </a>
    </li>
  `;
}
