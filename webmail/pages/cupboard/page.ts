import type { CupboardLine, FolderView } from '../../../core/school/cupboard/contract.ts';
import type { OwnClassDetails } from '../../../core/school/teaching/contract.ts';
import { classAnswer } from '../../components/class-tabs.ts';
import { surroundingsOf, framed, sheetMain } from '../../frame/frame.ts';
import { commas } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { formPage, withMicrophone, type Answer } from '../../http/answer.ts';
import { cupboardPath, itemPath, type CupboardDeskPart } from './parts.ts';

/** What surrounds a page of a cupboard. */
type CupboardOnPage = Pick<FolderView, 'cupboard' | 'name' | 'stand' | 'children' | 'way'> &
  Partial<Pick<FolderView, 'cupboards'>>;

interface CupboardPage {
  readonly title: string;
  /** Something was typed wrongly, or could not be done. */
  readonly refused?: boolean;
  /** What one does with all of it: beside the title, or among the tabs of a class. */
  readonly acts?: Html;
  /** Files come to it (`comingBox`). */
  readonly brings?: boolean;
  /** One speaks or draws on it. */
  readonly speaks?: boolean;
  /** The class, where it was asked for already. */
  readonly details?: OwnClassDetails | null;
  readonly content: Html;
}

/** A page of a cupboard: a teacher has it among the tabs of their class, others by itself. */
export async function cupboardPage(
  visit: Visit<CupboardDeskPart>,
  view: CupboardOnPage,
  { title, refused = false, acts = NOTHING, content, ...page }: CupboardPage,
): Promise<Answer> {
  const surroundings = await surroundingsOf(visit);
  const classId = 'classId' in view.cupboard && isAtDesk(view) ? view.cupboard.classId : null;
  const details =
    classId === null
      ? null
      : (page.details ?? (await visit.core.teaching.classDetails(visit.viewer, classId)));
  const styles = ['cupboard.css'];
  const speaks = page.speaks === true;
  /** A page on which somebody speaks may ask for the microphone. */
  const answered = (answer: Answer): Answer => (speaks ? withMicrophone(answer) : answer);
  const scripts = [...(page.brings === true ? ['bring.js'] : []), ...(speaks ? ['speak.js'] : [])];
  const inside = html`
    ${beside(visit, view)} ${content}
  `;
  if (details !== null)
    return answered(
      classAnswer(visit, surroundings, {
        tab: 'cupboard',
        details,
        said: null,
        refused,
        styles,
        scripts,
        acts,
        content: inside,
      }),
    );
  const words = visit.texts.cupboards;
  const whose = html`
    <p class="soft">${words.classOf(view.children)}</p>
  `;
  const head = html`
    <h1 id="t">${title}</h1>
  `;
  const headWithActs = html`
    <div class="box-head">
      <div class="grow">${head}</div>
      ${acts}
    </div>
  `;
  const all = html`
    ${acts === NOTHING ? head : headWithActs}
    ${view.children.length === 0 || 'place' in view.cupboard ? NOTHING : whose} ${inside}
  `;
  const isChild = visit.audience === 'child';
  const wide = html`
    <main id="main" class="body">${all}</main>
  `;
  const main = isChild ? sheetMain(visit, surroundings, { shelf: null, content: all }) : wide;
  const sheet = { title, section: 'cupboard', shelf: null, styles, scripts, main } as const;
  return answered(formPage(framed(visit, surroundings, sheet), { refused }));
}

/** Its page stands among the tabs of a class. */
const isAtDesk = ({ cupboard, stand }: Pick<CupboardOnPage, 'cupboard' | 'stand'>): boolean =>
  'classId' in cupboard && (stand === 'teacher' || stand === 'head');

/** What the page is called, where the class's own name stands over it; elsewhere it is over it. */
export const headline = (view: Pick<CupboardOnPage, 'cupboard' | 'stand'>, title: string): Html =>
  isAtDesk(view)
    ? html`
        <h2>${title}</h2>
      `
    : NOTHING;

/** The other cupboards that one may open, each a step away. */
function beside(visit: Visit, { cupboard, cupboards: all = [] }: CupboardOnPage): Html {
  if (all.length < 2) return NOTHING;
  const here = cupboardPath(cupboard);
  return html`
    <nav class="cupboards" aria-label="${visit.texts.cupboards.others}">
      ${all.map((line) => {
        const at = cupboardPath(line.ref);
        return html`
          <a href="${at}" ${attributes({ 'aria-current': at === here && 'page' })}>
            ${lineName(visit, line, all)}
          </a>
        `;
      })}
    </nav>
  `;
}

/** A cupboard in a list: of several schools, each says which. */
export function lineName(
  { texts, audience }: Visit,
  { ref, name }: CupboardLine,
  all: readonly CupboardLine[],
): string {
  const words = texts.cupboards;
  if ('classId' in ref) return audience === 'child' ? words.myClass : name;
  const alike = all.filter((one) => 'place' in one.ref && one.ref.place === ref.place);
  return commas(words.places[ref.place], alike.length > 1 ? name : '');
}

/** The folders that one is in, each but the last a link. */
export function trail(visit: Visit, { cupboard, way }: CupboardOnPage, end: Html = NOTHING): Html {
  const words = visit.texts.cupboards;
  const last = way.at(-1);
  return html`
    <div class="trail">
      <nav aria-label="${words.whereAmI}">
        <ol>
          <li><a href="${cupboardPath(cupboard)}">${words.top}</a></li>
          ${way.map((step) => {
            const link = html`
              <a href="${itemPath(step.ref)}">${step.name}</a>
            `;
            const here = html`
              <span aria-current="page">${step.name}</span>
            `;
            return html`
              <li>${step === last ? here : link}</li>
            `;
          })}
        </ol>
      </nav>
      <div class="end">${end}</div>
    </div>
  `;
}
