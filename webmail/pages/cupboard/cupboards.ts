import type { CupboardLine } from '../../../core/school/cupboard/contract.ts';
import { around, framed } from '../../frame/frame.ts';
import { icon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { page, type Answer } from '../../http/answer.ts';
import { cupboardPath, type CupboardPart } from './parts.ts';

/** GET /cupboards: those that one may open; whoever has one alone comes to it at once. */
export async function cupboards(visit: Visit<CupboardPart>): Promise<Answer> {
  const lines = await visit.core.cupboards.list(visit.viewer);
  const [only, ...others] = lines;
  if (only !== undefined && others.length === 0) return { kind: 'go', to: cupboardPath(only.ref) };
  const words = visit.texts.cupboards;
  const none = html`
    <p class="sheet pad soft">${words.none}</p>
  `;
  const main = html`
    <main id="main" class="body narrow">
      <div class="stack wide">
        <h1>${words.nav}</h1>
        <ul class="sheet msgs">
          ${lines.map((line) => cupboardRow(visit, line))}
        </ul>
        ${lines.length > 0 ? NOTHING : none}
      </div>
    </main>
  `;
  const near = await around(visit);
  return page(framed(visit, near, { title: words.nav, section: 'cupboard', shelf: null, main }));
}

function cupboardRow(visit: Visit, { ref, name, children }: CupboardLine): Html {
  const whose = html`
    <span class="prev">${visit.texts.cupboards.classOf(children)}</span>
  `;
  return html`
    <li>
      <a class="msg" href="${cupboardPath(ref)}">
        ${icon(visit, 'cupboard')}
        <span>
          <b>${name}</b>
          ${children.length === 0 ? NOTHING : whose}
        </span>
      </a>
    </li>
  `;
}
