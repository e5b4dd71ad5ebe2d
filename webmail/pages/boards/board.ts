import { isKeyOf } from '../../../core/ground/keys.ts';
import type { BoardView } from '../../../core/school/boards/contract.ts';
import { boardPath, boardTitle, hangersPath, kindOfBoard } from '../../components/board-paths.ts';
import { surroundingsOf, framed, sheetMain } from '../../frame/frame.ts';
import type { PageSurroundings } from '../../frame/mailbox-nav.ts';
import { icon } from '../../frame/parts.ts';
import { alertBanner, saidBanner } from '../../frame/said.ts';
import { atSchool, type Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, page, type Answer } from '../../http/answer.ts';
import { noticeCard } from './notice-card.ts';
import { boardRefOf, type BoardNames, type BoardsPart } from './parts.ts';

/**
 * GET /boards/:school/:class and /boards/:school: what hangs on a board. A family has seen what its
 * page shows; a child says so of each notice.
 */
export async function board(
  visit: Visit<BoardsPart>,
  names: BoardNames,
  query: BoardSaid,
): Promise<Answer> {
  const view = await visit.core.boards.board(visit.viewer, boardRefOf(names));
  if (view === null) return MISSING;
  const { ref, mayPostFor } = view;
  if (ref.classId !== null && mayPostFor.length > 0) return { kind: 'go', to: hangersPath(ref) };
  const [surroundings] = await Promise.all([surroundingsOf(visit), seen(visit, view)]);
  return page(boardView(atSchool(visit, view), surroundings, { view, ...query }));
}

async function seen({ core, viewer, audience }: Visit<BoardsPart>, view: BoardView): Promise<void> {
  if (audience === 'child' || view.mayPostFor.length > 0) return;
  const fresh = view.notices.filter(({ isSeen }) => !isSeen);
  await core.boards.see(
    viewer,
    fresh.map(({ ref }) => ref),
  );
}

/** What the address says has just been done, or of which day it couldn't be. */
interface BoardSaid {
  readonly said: unknown;
  readonly wrong: unknown;
}

interface BoardShown extends BoardSaid {
  readonly view: BoardView;
}

function boardView(
  visit: Visit,
  surroundings: PageSurroundings,
  { view, said, wrong }: BoardShown,
): Html {
  const { mayPostFor } = view;
  const title = boardTitle(visit, view);
  const content = html`
    <div class="board-top">
      <div class="grow">
        <h1 id="t">${title}</h1>
        ${whose(visit, view)}
      </div>
      ${mayPostFor.length === 0 ? wallLine(visit, view) : postLinks(visit, view)}
      ${view.mayPropose ? proposeLink(visit, view) : NOTHING}
    </div>
    ${doneLine(visit, said)} ${wrongLine(visit, wrong)} ${hangingOn(visit, view)}
    ${askWriter(visit, view)}
  `;
  const wide = html`
    <main id="main" class="body">${content}</main>
  `;
  const main =
    visit.audience === 'child' ? sheetMain(visit, surroundings, { shelf: null, content }) : wide;
  return framed(visit, surroundings, {
    title,
    section: 'board',
    shelf: null,
    styles: ['board.css'],
    main,
  });
}

/** A pupil of the class has an idea. */
const proposeLink = (visit: Visit, { ref }: BoardView): Html => html`
  <div class="acts-line">
    <a class="btn" href="${boardPath(ref)}/propose">
      ${icon(visit, 'write')}${visit.texts.boards.ideas.title}
    </a>
  </div>
`;

/** The cork, and what is pinned to it. */
export function hangingOn(visit: Visit, view: BoardView): Html {
  const { notices } = view;
  return html`
    <section class="cork" aria-label="${visit.texts.boards.nav}">
      <div class="notices">${notices.map((one) => noticeCard(visit, view, one))}</div>
      ${notices.length === 0 ? nothingHangs(visit, view) : NOTHING}
    </section>
  `;
}

/** A class has a wall of drawings beside its board, where something may wait for its teacher. */
function wallLink(visit: Visit, { school, classId }: BoardView['ref'], waiting = 0): Html {
  const words = visit.texts.walls;
  const waits = html`
    <span class="badge count">
      ${waiting}
      <span class="vh">${' '}${words.waitingBeside}</span>
    </span>
  `;
  return classId === null
    ? NOTHING
    : html`
        <a class="btn" href="/walls/${school}/${classId}">
          ${icon(visit, 'wall')}${words.nav}${waiting === 0 ? NOTHING : waits}
        </a>
      `;
}

const wallLine = (visit: Visit, { ref }: BoardView): Html => html`
  <div class="acts-line">${wallLink(visit, ref)}</div>
`;

/** What who hangs something up may do with the whole board. */
export function postLinks(visit: Visit, { ref, takenDown }: BoardView, waiting = 0): Html {
  const words = visit.texts.boards;
  return html`
    <div class="acts-line">
      ${wallLink(visit, ref, waiting)}
      ${
        takenDown === 0
          ? NOTHING
          : html`
              <a class="btn" href="${boardPath(ref)}/off">${words.off(takenDown)}</a>
            `
      }
      <a class="btn main" href="${boardPath(ref)}/new">${icon(visit, 'pin')}${words.post}</a>
    </div>
  `;
}

/** « la classe d’Amine, avec Claire Lefèvre », for families. */
function whose(visit: Visit, { ref, children, teachers }: BoardView): Html {
  const words = visit.texts.boards;
  if (children.length === 0) return NOTHING;
  const names = teachers.map(({ name }) => name);
  return html`
    <p class="soft">
      ${words.placeOf(kindOfBoard(ref), children)}${names.length === 0 ? '' : `, ${words.withNames(names)}`}
    </p>
  `;
}

/** What the address says has just been done. */
export const doneLine = (visit: Visit, said: unknown): Html =>
  saidBanner(visit, visit.texts.boards.said, said);

function wrongLine(visit: Visit, wrong: unknown): Html {
  const words = visit.texts.boards.remindMe.wrong;
  return isKeyOf(words, wrong) ? alertBanner(visit, 'wait', words[wrong]) : NOTHING;
}

const nothingHangs = ({ texts, audience }: Visit, { mayPostFor }: BoardView): Html => html`
  <p class="empty-pin">
    ${mayPostFor.length > 0 ? texts.boards.nothingYet : texts.boards.nothing[audience]}
  </p>
`;

/** A question is a letter: nobody answers on a board. */
function askWriter(visit: Visit, { teachers, mayPostFor }: BoardView): Html {
  const [first] = teachers;
  return visit.audience === 'child' || mayPostFor.length > 0 || first === undefined
    ? NOTHING
    : html`
        <p>
          ${visit.texts.boards.question}${' '}
          <a href="/write?to=${encodeURIComponent(first.address)}">
            ${visit.texts.boards.writeTo(first.name)}
          </a>
        </p>
      `;
}
