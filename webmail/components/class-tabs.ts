import type { OwnClassDetails, WithTeaching } from '../../core/school/teaching/contract.ts';
import { framed, type FramePart } from '../frame/frame.ts';
import type { PageSurroundings } from '../frame/mailbox-nav.ts';
import { coverClass, icon } from '../frame/parts.ts';
import { doneBanner } from '../frame/said.ts';
import type { Visit } from '../frame/visit.ts';
import { attributes, html, NOTHING, type Html } from '../html.ts';
import { formPage, type Answer } from '../http/answer.ts';
import { CLASS_TABS, tabPath, type ClassTab } from './class-paths.ts';

/** What the pages of a class ask of core. */
export type ClassPart = FramePart & WithTeaching;

const DRAWINGS: Readonly<Record<ClassTab, string>> = {
  class: 'people',
  week: 'week',
  cupboard: 'cupboard',
  board: 'pin',
  links: 'swap',
  settings: 'settings',
};

interface ClassPage {
  readonly tab: ClassTab;
  readonly details: OwnClassDetails;
  /** What has just been done, in a sentence. */
  readonly said: string | null;
  /** Something was typed wrongly: it is shown again. */
  readonly refused: boolean;
  /** Stylesheets besides those of every tab. */
  readonly styles?: readonly string[];
  readonly scripts?: readonly string[];
  /** What one does with all of the class. */
  readonly acts?: Html;
  readonly content: Html;
}

/** A page of a class: its name, its tabs, what was just done; then what the tab holds. */
export function classAnswer(visit: Visit, surroundings: PageSurroundings, page: ClassPage): Answer {
  const { tab, details, said, refused, content, styles = [], scripts = [] } = page;
  const words = visit.texts.teaching;
  const whose = details.teaches ? words.title : words.headTitle;
  const done = html`
    <div class="class-says">${doneBanner(visit, said ?? '')}</div>
  `;
  const main = html`
    <main id="main" class="body">
      <div class="class-head">
        <h1>
          <span class="spine tall ${coverClass(details.cover)}" aria-hidden="true"></span>
          <span>
            ${details.name}
            <span class="vh">${visit.texts.colon}${words.tabs[tab]}</span>
          </span>
        </h1>
        ${tabs(visit, tab, details)} ${page.acts === undefined ? NOTHING : page.acts}
      </div>
      ${said === null ? NOTHING : done} ${content}
    </main>
  `;
  const body = framed(visit, surroundings, {
    title: `${tab === 'class' ? whose : words.tabs[tab]} ${details.name}`,
    section: 'classes',
    shelf: null,
    styles: ['codes.css', 'desk.css', ...styles],
    scripts,
    main,
  });
  return formPage(body, { refused });
}

/** What waits for a word of the class's teachers stands beside the tab where they say it. */
function tabs(
  visit: Visit,
  here: ClassTab,
  { id, name, teaches, proposals, onBoard }: OwnClassDetails,
): Html {
  const words = visit.texts.teaching;
  const waiting: Readonly<Partial<Record<ClassTab, number>>> = teaches
    ? { board: onBoard, links: proposals }
    : {};
  const waits = (count: number) => html`
    <span class="badge count">
      ${count}
      <span class="vh">${' '}${words.proposalsBeside(count)}</span>
    </span>
  `;
  return html`
    <nav class="class-tabs" aria-label="${name}">
      ${CLASS_TABS.map(
        (tab) => html`
          <a
            href="${tabPath(id, tab)}"
            ${attributes({ 'aria-current': tab === here ? 'page' : null })}
          >
            ${icon(visit, DRAWINGS[tab])}
            <span>${words.tabs[tab]}</span>
            ${(waiting[tab] ?? 0) > 0 ? waits(waiting[tab] ?? 0) : NOTHING}
          </a>
        `,
      )}
    </nav>
  `;
}
