import type { BinView, ItemRef } from '../../../core/school/cupboard/contract.ts';
import { backLink, icon, token } from '../../frame/parts.ts';
import { atSchool, type Visit } from '../../frame/visit.ts';
import { shortDate } from '../../frame/when.ts';
import { html, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { itemOf, parentOf } from './found.ts';
import { cupboardPage, headline } from './page.ts';
import {
  cupboardPath,
  cupboardRefOf,
  folderPath,
  iconOf,
  itemPath,
  shownName,
  type CupboardDeskPart,
  type CupboardNames,
} from './parts.ts';

/** GET /cupboards/:school/:cupboard/bin: what was thrown away, each with its way back. */
export async function bin(given: Visit<CupboardDeskPart>, names: CupboardNames): Promise<Answer> {
  const view = await given.core.cupboards.bin(given.viewer, cupboardRefOf(names));
  if (view === null) return MISSING;
  const visit = atSchool(given, view);
  const words = visit.texts.cupboards;
  return cupboardPage(visit, view, {
    title: 'classId' in view.cupboard ? words.binOf(view.name) : words.bin,
    content: html`
      ${backLink(visit, cupboardPath(view.cupboard), words.back)}
      <section class="sheet bin" aria-label="${words.bin}">
        ${headline(view, words.bin)}
        <p class="soft">${view.items.length === 0 ? words.binEmpty : words.binLead}</p>
        <ul class="stored">
          ${view.items.map((item) => thrown(visit, item))}
        </ul>
      </section>
    `,
  });
}

function thrown(visit: Visit, item: BinView['items'][number]): Html {
  const words = visit.texts.cupboards;
  return html`
    <li>
      <span class="th">${icon(visit, iconOf(item))}</span>
      <span class="nm">
        <b>${shownName(item)}</b>
        <br />
        <span class="small soft">
          ${words.thrown(shortDate(visit.clock, 'child', item.thrownAt))}
        </span>
      </span>
      <form method="post" action="${itemPath(item.ref)}/out">
        ${token(visit)}
        <button class="btn mini">
          ${icon(visit, 'undo')}${words.takeOut}
          <span class="vh">${visit.texts.colon}${shownName(item)}</span>
        </button>
      </form>
    </li>
  `;
}

/** POST /stored/:school/:item/out: back to where it was. */
export async function takeOut(visit: Visit<CupboardDeskPart>, ref: ItemRef): Promise<Answer> {
  const at = await visit.core.cupboards.takeOut(visit.viewer, ref);
  if (at !== null) return { kind: 'go', to: `${folderPath(at)}?said=out` };
  // By another tab it lies there again.
  const found = await itemOf(visit, ref);
  return found?.item.mayArrange
    ? { kind: 'go', to: `${folderPath(parentOf(found))}?said=out` }
    : MISSING;
}
