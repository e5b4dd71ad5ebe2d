import { piecesOf } from '../../../core/letters/message/spoken.ts';
import type { WithVoice } from '../../../core/letters/voice/contract.ts';
import type {
  BoardView,
  Notice,
  NoticeRef,
  WithBoards,
} from '../../../core/school/boards/contract.ts';
import { littlePage } from '../../components/little-page.ts';
import { art, letterEar, littleFace, picture, stepLink } from '../../frame/little-parts.ts';
import { calledOf, isPicture, isSound } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { dayPicture, pictureOf } from './day-pictures.ts';
import { heard } from './hearing.ts';

/** The most that hangs before a child who doesn't read: two rows of a computer's screen. */
const MOST_SHOWN = 6;

/**
 * GET /boards of a little one: what hangs in their class as pictures that are heard, each with the
 * face of who says it.
 */
export async function littleBoard(visit: Visit<WithBoards>): Promise<Answer> {
  const { boards } = visit.core;
  const lines = await boards.list(visit.viewer);
  const line = lines.find(({ count }) => count > 0) ?? lines[0];
  const view = line === undefined ? null : await boards.board(visit.viewer, line.ref);
  const words = visit.texts.little;
  const isEmpty = view === null || view.notices.length === 0;
  return littlePage(visit, {
    title: words.board,
    at: 'inside',
    says: isEmpty ? 'boardEmpty' : 'board',
    styles: ['board.css'],
    main: html`
      <main id="main" class="body">
        <div class="hello of-board">
          <h1>${words.board}</h1>
          ${view?.mayPropose === true ? proposeLink(visit, view) : NOTHING}
          ${stepLink(visit, { path: '/walls', picture: 'mur', words: words.wall.title })}
        </div>
        ${cork(visit, view?.notices ?? [])}
      </main>
    `,
  });
}

/** One's own drawing for the board. */
const proposeLink = (visit: Visit, { ref }: BoardView): Html => html`
  <a class="go" href="/boards/${ref.school}/${ref.classId}/propose">
    ${picture(visit, 'dessin')} ${picture(visit, 'panneau')}
    <span class="vh">${visit.texts.little.ideas.title}</span>
  </a>
`;

/** Notices on their cork, as a child has them who doesn’t read. */
export const cork = (visit: Visit, notices: readonly Notice[]): Html => html`
  <section class="cork" aria-label="${visit.texts.little.board}">
    <div class="notices">${notices.slice(0, MOST_SHOWN).map((one) => notice(visit, one))}</div>
  </section>
`;

function notice(visit: Visit, one: Notice): Html {
  const { ref, title, author, isSeen } = one;
  const at = `/notices/${ref.school}/${ref.notice}`;
  const words = visit.texts.little;
  return html`
    <article class="notice c${(ref.notice % 7) + 1}${isSeen ? '' : ' fresh'}">
      <div class="pics">${shown(visit, one, at)}</div>
      <div class="say-n">
        <span class="from-n">
          ${littleFace(visit, author)}
          <span class="vh">${calledOf(author)}</span>
          <h2 class="w">${title}</h2>
        </span>
        <span class="ears">
          ${isSeen ? picture(visit, 'bon') : NOTHING}
          ${letterEar(visit, at, { words: isSeen ? words.hearSeenNotice(title) : words.hearNotice(title), look: '' })}
        </span>
      </div>
      ${one.files.filter(isSound).map(
        ({ path }) => html`
          <p class="sounds">
            <audio controls preload="none" src="${at}/files/${path}?as=sound"></audio>
          </p>
        `,
      )}
    </article>
  `;
}

/** Its picture; else what it is: a voice; else what its words speak of, or words. */
function shown(visit: Visit, { files, title, text }: Notice, at: string): Html {
  const drawing = files.find(isPicture);
  if (drawing === undefined) {
    const spoken = pictureOf(`${title} ${text}`);
    if (files.some(isSound)) return art(visit, 'd-voix');
    return spoken === null ? art(visit, 'd-mots') : dayPicture(visit, spoken);
  }
  return html`
    <img
      class="art"
      src="${at}/files/${drawing.path}?as=picture"
      ${attributes({ alt: visit.texts.little.drawing })}
    />
  `;
}

type HeardPart = WithBoards<'notice' | 'see'> & WithVoice;

/** Who says it, its title, its words; null where it isn't the child's. Hearing it is seeing it. */
async function pieces(
  { core, viewer }: Visit<HeardPart>,
  ref: NoticeRef,
): Promise<readonly string[] | null> {
  const state = await core.boards.notice(viewer, ref);
  if (state === null) return null;
  const { author, title, text, isSeen } = state.notice;
  if (!isSeen) await core.boards.see(viewer, [ref]);
  return [calledOf(author), ...piecesOf(`${title}\n\n${text}`)];
}

/** GET /notices/:school/:notice/voice: all of it in one, for a browser without scripts. */
export async function noticeHeard(visit: Visit<HeardPart>, ref: NoticeRef): Promise<Answer> {
  const said = await pieces(visit, ref);
  return said === null ? MISSING : heard(await visit.core.voice.read(visit.viewer, said, 'fr'));
}

/** GET …/voice/words: the same in words, for a voice of the browser's own. */
export async function noticeWords(visit: Visit<HeardPart>, ref: NoticeRef): Promise<Answer> {
  const said = await pieces(visit, ref);
  if (said === null) return MISSING;
  const counted = said.map((words, at) => [String(at + 1), words] as const);
  return { kind: 'told', words: Object.fromEntries(counted) };
}

/** GET …/voice/:piece: one piece of it. */
export async function noticePieceHeard(
  visit: Visit<HeardPart>,
  ref: NoticeRef,
  piece: number,
): Promise<Answer> {
  const words = (await pieces(visit, ref))?.[piece - 1];
  return words === undefined
    ? MISSING
    : heard(await visit.core.voice.speak(visit.viewer, words, 'fr'));
}
