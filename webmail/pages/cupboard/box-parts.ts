import type {
  HandInBox,
  BoxRef,
  HandedFile,
  WithHandIns,
} from '../../../core/school/hand-in/contract.ts';
import { commas, icon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { calendarDay, fileSize } from '../../frame/when.ts';
import { html, type Html } from '../../html.ts';
import { iconOf, kindOf, shownName, type CupboardDeskPart } from './parts.ts';

/** What the pages of boxes ask of core. */
export type BoxPart = CupboardDeskPart & WithHandIns;

/** Where a box lies among the pages. */
export const boxPath = ({ school, box }: BoxRef): string => `/boxes/${school}/${box}`;

/** « jusqu’au vendredi 4 décembre », « fermée ». */
export function untilWords({ texts, viewer }: Visit, { untilDay, isClosed }: HandInBox): string {
  const words = texts.boxes;
  return commas(
    words.untilDay(calendarDay(viewer.language, untilDay)),
    isClosed ? words.closed : '',
  );
}

/** A file as one line: its kind, its name, its size; a picture is seen. */
export function fileLine(visit: Visit, file: HandedFile, at: string): Html {
  const item = { ...file, kind: 'file' } as const;
  const kind = kindOf(file);
  const link = html`
    <a class="file" href="${at}" download>
      ${icon(visit, iconOf(item))}
      <span>
        ${shownName(item)}
        <br />
        <span class="small soft">
          ${commas(
            visit.texts.cupboards.kinds[kind],
            fileSize(visit.viewer.language, file.sizeBytes),
          )}
        </span>
      </span>
    </a>
  `;
  if (kind === 'picture')
    return html`
      <img class="art" src="${at}?as=picture" alt="${shownName(item)}" loading="lazy" />
      ${link}
    `;
  if (kind === 'sound')
    return html`
      <audio controls preload="none" src="${at}?as=sound" aria-label="${shownName(item)}"></audio>
      ${link}
    `;
  return link;
}
