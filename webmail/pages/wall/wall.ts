import type { WallView } from '../../../core/school/wall/contract.ts';
import { tabPath } from '../../components/class-paths.ts';
import { classAnswer } from '../../components/class-tabs.ts';
import { surroundingsOf, framed, sheetMain } from '../../frame/frame.ts';
import type { PageSurroundings } from '../../frame/mailbox-nav.ts';
import { icon } from '../../frame/parts.ts';
import { alertBanner, doneBanner } from '../../frame/said.ts';
import { atSchool, type Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { wallItemIdOf } from '../../ids.ts';
import { askSheet, ungivenSheet } from './asking.ts';
import { bookSheet } from './book.ts';
import { hanging } from './gift-view.ts';
import { wallPath, wallRefOf, type WallDeskPart, type WallNames } from './parts.ts';
import { queue } from './queue.ts';

/** What the address of a wall says besides which it is. */
interface WallQuery {
  readonly said?: unknown;
  readonly before?: unknown;
}

/** GET /walls/:school/:class: what hangs there; a teacher has it among the tabs of their class. */
export function wall(
  visit: Visit<WallDeskPart>,
  names: WallNames,
  query: WallQuery,
): Promise<Answer> {
  return showWall(visit, names, { query, trouble: null });
}

/** The same page with a sentence on top where something couldn't be done. */
export async function showWall(
  given: Visit<WallDeskPart>,
  names: WallNames,
  { query, trouble }: { readonly query: WallQuery; readonly trouble: string | null },
): Promise<Answer> {
  const before = wallItemIdOf(query.before);
  const view = await given.core.walls.wall(given.viewer, wallRefOf(names), before);
  if (view === null) return MISSING;
  const visit = atSchool(given, view);
  const surroundings = await surroundingsOf(given);
  const content = html`
    ${trouble === null ? NOTHING : alertBanner(visit, 'wait', trouble)}
    ${trouble === null ? doneLine(visit, query.said) : NOTHING}
    ${inside(visit, surroundings, { view, isFirst: before === null })}
  `;
  const atDesk = view.stand === 'teacher' || view.stand === 'head';
  const details = atDesk
    ? await given.core.teaching.classDetails(given.viewer, view.ref.classId)
    : null;
  if (details !== null)
    return classAnswer(visit, surroundings, {
      tab: 'board',
      details,
      said: null,
      refused: trouble !== null,
      styles: ['wall.css'],
      acts: toNotices(visit, tabPath(details.id, 'board')),
      content,
    });
  return reading(visit, surroundings, { view, content, refused: trouble !== null });
}

/** What the address says has just been done. */
export function doneLine(visit: Visit, said: unknown): Html {
  const words: Readonly<Record<string, string>> = visit.texts.walls.said;
  const sentence = typeof said === 'string' && Object.hasOwn(words, said) ? words[said] : undefined;
  return sentence === undefined ? NOTHING : doneBanner(visit, sentence);
}

const toNotices = (visit: Visit, path: string): Html => html`
  <div class="acts-line">
    <a class="btn" href="${path}">${icon(visit, 'pin')}${visit.texts.walls.notices}</a>
  </div>
`;

interface ReadWall {
  readonly view: WallView;
  readonly content: Html;
  readonly refused: boolean;
}

/** The page of a pupil, of a family, of an aide. */
function reading(
  visit: Visit,
  surroundings: PageSurroundings,
  { view, content, refused }: ReadWall,
): Answer {
  const words = visit.texts.walls;
  const { ref, name, children, stand } = view;
  const title = visit.audience === 'child' ? words.ofMyClass : words.of(name);
  const give = html`
    <a class="btn main" href="${wallPath(ref)}/mine">${icon(visit, 'wall')}${words.mine}</a>
  `;
  const whose = html`
    <p class="soft">${words.classOf(children)}</p>
  `;
  const all = html`
    <div class="wall-top">
      <div class="grow">
        <h1 id="t">${title}</h1>
        ${children.length === 0 ? NOTHING : whose}
      </div>
      <div class="acts-line">
        <a class="btn" href="/boards/${ref.school}/${ref.classId}">
          ${icon(visit, 'pin')}${words.notices}
        </a>
        ${stand === 'child' ? give : NOTHING}
      </div>
    </div>
    ${content}
  `;
  const wide = html`
    <main id="main" class="body">${all}</main>
  `;
  const isChild = visit.audience === 'child';
  const main = isChild ? sheetMain(visit, surroundings, { shelf: null, content: all }) : wide;
  const body = framed(visit, surroundings, {
    title,
    section: 'board',
    shelf: null,
    styles: ['wall.css'],
    main,
  });
  return { kind: 'page', status: refused ? 422 : 200, body };
}

/** What hangs, and beside it what a teacher, a head or a family may do. */
function inside(
  visit: Visit,
  surroundings: PageSurroundings,
  { view, isFirst }: { readonly view: WallView; readonly isFirst: boolean },
): Html {
  const words = visit.texts.walls;
  const { stand, count, hung, asked, book } = view;
  const isTeacher = stand === 'teacher';
  const hasBook = book !== null && (book.madeAt !== null || book.isComing);
  const beside = html`
    <aside aria-label="${words.book.title}">
      ${isTeacher ? queue(visit, view.ref, asked) : NOTHING}
      ${ungivenSheet(visit, surroundings.mailboxes, view)} ${askSheet(visit, view)}
      ${isTeacher ? whoSees(visit) : NOTHING} ${bookSheet(visit, view)}
    </aside>
  `;
  const wall = html`
    <section class="hang" aria-labelledby="wl">
      <h2 class="vh" id="wl">${words.shown(count)}</h2>
      ${hung.length === 0 ? nothing(visit) : hanging(visit, view)}
      ${turning(visit, view, { isFirst })}
    </section>
  `;
  return hasBook || isTeacher
    ? html`
        <div class="wall-g">${wall} ${beside}</div>
      `
    : wall;
}

const nothing = ({ texts, audience }: Visit): Html => html`
  <p class="bare">${texts.walls.nothing[audience]}</p>
`;

function turning(
  visit: Visit,
  { ref, older }: WallView,
  { isFirst }: { readonly isFirst: boolean },
): Html {
  const words = visit.texts.walls;
  const back = html`
    <a class="btn" href="${wallPath(ref)}">${words.newest}</a>
  `;
  const on = html`
    <a class="btn" href="${wallPath(ref)}?before=${older}">${words.older}${icon(visit, 'arrow')}</a>
  `;
  if (isFirst && older === null) return NOTHING;
  return html`
    <p class="row">${isFirst ? NOTHING : back} ${older === null ? NOTHING : on}</p>
  `;
}

const whoSees = ({ texts: { walls: words } }: Visit): Html => html`
  <section class="sheet pad" aria-labelledby="w2">
    <h2 id="w2">${words.whoSees}</h2>
    <p class="small soft">${words.whoSeesWords}${' '}${words.ofTheYear}</p>
  </section>
`;
