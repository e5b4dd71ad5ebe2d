import type { CupboardRef, LargestView } from '../../../core/school/cupboard/contract.ts';
import { backLink, commas, icon } from '../../frame/parts.ts';
import { atSchool, type Visit } from '../../frame/visit.ts';
import { fileSize, roomSize } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import type { UntrustedFields } from '../../http/route.ts';
import { cupboardItemIdOf } from '../../ids.ts';
import { rows } from './item-row.ts';
import { cupboardPage, headline } from './page.ts';
import { cupboardPath, cupboardRefOf, type CupboardDeskPart, type CupboardNames } from './parts.ts';

/** Where one sees what takes the most room in a cupboard. */
export const largestPath = (ref: CupboardRef): string => `${cupboardPath(ref)}/largest`;

/** GET /cupboards/:school/:cupboard/largest: what takes the most room, and how full it is. */
export async function largest(
  given: Visit<CupboardDeskPart>,
  names: CupboardNames,
  query: UntrustedFields,
): Promise<Answer> {
  const after = cupboardItemIdOf(query['after']);
  const ref = cupboardRefOf(names);
  const view = await given.core.cupboards.largest(given.viewer, ref, after);
  if (view === null) return MISSING;
  const visit = atSchool(given, view);
  const words = visit.texts.cupboards;
  const none = html`
    <p class="bare soft">${words.largest.none}</p>
  `;
  return cupboardPage(visit, view, {
    title: words.largest.title,
    content: html`
      ${backLink(visit, cupboardPath(ref), words.back)}
      <section class="sheet in-folder" aria-label="${words.largest.title}">
        <div class="largest">${headline(view, words.largest.title)} ${fill(visit, view)}</div>
        ${view.files.length === 0 ? none : rows(visit, view.files, ({ within }) => commas(...within))}
        ${turning(visit, view, after)}
      </section>
    `,
  });
}

function fill(visit: Visit, { fill: { bytes, mostBytes, keptBytes } }: LargestView): Html {
  const words = visit.texts.cupboards;
  const size = (count: number): string => fileSize(visit.viewer.language, count);
  return html`
    <p id="fill">${words.placeOf(size(bytes), roomSize(visit.viewer.language, mostBytes))}</p>
    <progress value="${bytes}" max="${mostBytes}" aria-labelledby="fill"></progress>
    <p class="hint">
      ${words.largest.kept(size(keptBytes), roomSize(visit.viewer.language, mostBytes))}
    </p>
  `;
}

function turning(
  visit: Visit,
  { cupboard: ref, further }: LargestView,
  after: LargestView['further'],
): Html {
  const words = visit.texts.cupboards;
  if (after === null && further === null) return NOTHING;
  const back = html`
    <a class="btn" href="${largestPath(ref)}">${words.first}</a>
  `;
  const on = html`
    <a class="btn" href="${largestPath(ref)}?after=${further ?? 0}">
      ${words.further}${icon(visit, 'arrow')}
    </a>
  `;
  return html`
    <p class="row turning">${after === null ? NOTHING : back} ${further === null ? NOTHING : on}</p>
  `;
}
