import type { StoredItem } from '../../../core/school/cupboard/contract.ts';
import { commas, coverClass, icon, namedIcon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { fileSize, shortDate } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { iconOf, itemPath, kindOf, shownName } from './parts.ts';

/** Covers of exercise books; the grey one is of what belongs to nobody. */
const COVERS = 7;

/** The folders at the top, as exercise books on a shelf. */
export const shelf = (visit: Visit, folders: readonly StoredItem[]): Html => html`
  <h2 class="vh">${visit.texts.cupboards.books}</h2>
  <ul class="shelf">
    ${folders.map(
      ({ ref, name, count }) => html`
        <li>
          <a class="cahier ${coverClass((ref.item % COVERS) + 1)}" href="${itemPath(ref)}">
            <span class="label">
              ${name}
              <small>${visit.texts.cupboards.files(count)}</small>
            </span>
          </a>
        </li>
      `,
    )}
  </ul>
`;

/** What lies in a folder, a line each. */
export const rows = <Item extends StoredItem>(
  visit: Visit,
  items: readonly Item[],
  /** What is said of it besides. */
  besides: (item: Item) => string = () => '',
): Html => html`
  <ul class="stored">
    ${items.map((item) => row(visit, item, besides(item)))}
  </ul>
`;

function row(visit: Visit, item: StoredItem, besides: string): Html {
  const words = visit.texts.cupboards;
  const sees = html`
    <span class="sees">
      ${icon(visit, SEES_ICONS[item.sees])}
      <span>${commas(words.sees[item.sees], item.isOpen ? words.opened : '')}</span>
    </span>
  `;
  return html`
    <li>
      <span class="th">${thumb(visit, item)}</span>
      <span class="nm">
        <a href="${itemPath(item.ref)}">${shownName(item)}</a>
        <span class="small soft">${commas(facts(visit, item), besides)}</span>
      </span>
      ${item.mayShow ? sees : NOTHING} ${acts(visit, item)}
    </li>
  `;
}

/** What stands before a name: the picture itself, or the drawing of its kind. */
export const thumb = (visit: Visit, item: StoredItem): Html =>
  item.hasSmall ? small(item) : icon(visit, iconOf(item));

/** The picture itself, small; its name stands beside it. */
const small = ({ ref }: StoredItem): Html => html`
  <img src="${itemPath(ref)}/small" alt="" loading="lazy" />
`;

const SEES_ICONS = { author: 'lock', team: 'people', pupils: 'class', families: 'people' } as const;

/** What it is, how large, by whom and when. */
export function facts(visit: Visit, item: StoredItem): string {
  const { cupboards: words } = visit.texts;
  if (item.kind === 'folder') return words.folderOf(item.count);
  const day = shortDate(visit.clock, visit.audience, item.changedAt);
  const isChild = visit.audience === 'child';
  return commas(
    words.kinds[kindOf(item)],
    fileSize(visit.viewer.language, item.sizeBytes),
    isChild ? '' : words.scanned,
    words.by(item.isOwn ? '' : item.author, day),
  );
}

/** What may be done with it, under three dots. */
function acts(visit: Visit, item: StoredItem): Html {
  const words = visit.texts.cupboards;
  const path = itemPath(item.ref);
  const download = html`
    <a href="${path}/content" download>${icon(visit, 'download')}${words.download}</a>
  `;
  const arrange = html`
    <a href="${path}/change">
      ${icon(visit, 'write')}${item.mayShow ? words.change : words.changeOwn}
    </a>
    <a href="${path}/move">${icon(visit, 'move')}${words.move.act}</a>
    <hr />
    <form method="post" action="${path}/throw">
      ${token(visit)}
      <button>${icon(visit, 'trash')}${words.throwAway[visit.audience]}</button>
    </form>
  `;
  return html`
    <details class="drop">
      <summary>${namedIcon(visit, 'more', words.actsFor(shownName(item)))}</summary>
      <div class="menu right">
        <a href="${path}">${icon(visit, 'eye')}${words.open}</a>
        ${item.kind === 'file' ? download : NOTHING} ${item.mayArrange ? arrange : NOTHING}
      </div>
    </details>
  `;
}
