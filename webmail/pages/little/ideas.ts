import { newLetterId } from '../../../core/ground/ids.ts';
import type {
  BoardRef,
  BoardView,
  OwnIdea,
  WithBoards,
} from '../../../core/school/boards/contract.ts';
import type { OwnMaking, WithWalls } from '../../../core/school/wall/contract.ts';
import { littlePage } from '../../components/little-page.ts';
import { makingIn } from '../../components/making-in.ts';
import { unsentSentences } from '../../components/unsent.ts';
import { littleFace, picture, sentenceEar, stepLink } from '../../frame/little-parts.ts';
import { isPicture, isSound, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import { letterOf } from '../../ids.ts';
import { unsentPage } from './unsent.ts';
import { shownMaking } from './wall/parts.ts';

type IdeasPart = WithBoards<'board' | 'ownIdeas' | 'seeAnswers' | 'propose'> &
  WithWalls<'makings' | 'making'>;

const pathOf = ({ school, classId }: BoardRef): string => `/boards/${school}/${classId}/propose`;

/**
 * GET /boards/:school/:class/propose of a little one: what they made, each with one picture to
 * press, and what became of what they proposed.
 */
export async function littleIdeas(visit: Visit<IdeasPart>, ref: BoardRef): Promise<Answer> {
  const { boards, walls } = visit.core;
  const board = await boards.board(visit.viewer, ref);
  if (board?.mayPropose !== true || ref.classId === null) return MISSING;
  const own = await walls.makings(visit.viewer, { school: ref.school, classId: ref.classId });
  const ideas = await boards.ownIdeas(visit.viewer);
  if (ideas.some(({ state }) => state !== 'waits')) await boards.seeAnswers(visit.viewer);
  const words = visit.texts.little.ideas;
  // What was proposed stands there as that.
  const marks = new Set(ideas.flatMap(({ files }) => files.map(({ mark }) => mark?.rest)));
  const makings = (own?.makings ?? []).filter(({ mark }) => !marks.has(mark));
  return littlePage(visit, {
    title: words.title,
    at: 'inside',
    says: makings.length + ideas.length === 0 ? 'ideasNone' : 'ideas',
    styles: ['wall.css'],
    main: html`
      <main id="main" class="body">
        <div class="wallhead">
          <h1 class="vh">${words.title}</h1>
          ${stepLink(visit, { path: '/boards', picture: 'panneau', words: visit.texts.little.board })}
        </div>
        <ul class="own-made">
          ${ideas.map((one) => idea(visit, board, one))}
          ${makings.map((one) => making(visit, ref, one))}
        </ul>
      </main>
    `,
  });
}

/** Something made, and the board to press. */
function making(visit: Visit, ref: BoardRef, { letter, part, kind }: OwnMaking): Html {
  const { drawing, sound } = visit.texts.little;
  const shown = shownMaking(visit, {
    src: `/makings/${letter}/${part}`,
    kind,
    called: kind === 'drawing' ? drawing : sound,
  });
  return html`
    <li>
      <div class="given">${shown}</div>
      <form method="post" action="${pathOf(ref)}">
        ${token(visit)}
        <input type="hidden" name="idea" value="${newLetterId()}" />
        <input type="hidden" name="letter" value="${letter}" />
        <input type="hidden" name="part" value="${part}" />
        <button class="go">
          ${picture(visit, 'panneau')}
          <span class="vh">${visit.texts.little.ideas.propose}</span>
        </button>
      </form>
    </li>
  `;
}

/** Proposed: before the teacher's eyes, on the board with a tick, or not this time, by her word. */
function idea(
  visit: Visit,
  { teachers: [teacher] }: BoardView,
  { ref, title, files, state, answer }: OwnIdea,
): Html {
  const at = `/notices/${ref.school}/${ref.notice}/files`;
  const drawn = files.find(isPicture);
  const spoken = files.find(isSound);
  const shown =
    drawn === undefined
      ? shownMaking(visit, {
          src: `${at}/${spoken?.path ?? ''}?as=sound`,
          kind: 'voice',
          called: title,
        })
      : shownMaking(visit, {
          src: `${at}/${drawn.path}?as=picture`,
          kind: 'drawing',
          called: title,
        });
  const word = answer?.words ?? '';
  const by = answer?.by ?? teacher;
  return html`
    <li class="${state}">
      <div class="given">${shown}</div>
      <p class="at">
        ${picture(visit, state === 'hung' ? 'panneau' : 'pense')}
        ${state === 'hung' ? picture(visit, 'bon') : NOTHING}
        ${by === undefined ? NOTHING : littleFace(visit, by)}
        ${state === 'refused' ? sentenceEar(visit, word) : NOTHING}
        <span class="vh">
          ${visit.texts.boards.ideas.states[state]}${word === '' ? '' : `${visit.texts.colon}${word}`}
        </span>
      </p>
    </li>
  `;
}

/** POST /boards/:school/:class/propose of a little one: a notice of a drawing or a voice alone. */
export async function proposeLittle(
  visit: Visit<IdeasPart>,
  ref: BoardRef,
  form: Form,
): Promise<Answer> {
  const [which, letter] = [makingIn(form), letterOf(field(form, 'idea'))];
  const file = which && (await visit.core.walls.making(visit.viewer, which));
  if (file === null || letter === null) return MISSING;
  const words = visit.texts.little.ideas;
  const done = await visit.core.boards.propose(visit.viewer, ref, {
    letter,
    title: words.named[isSound(file) ? 'voice' : 'drawing'](visit.viewer.givenName),
    text: '',
    add: [file],
    draft: null,
    isReread: true,
  });
  if (done.kind === 'proposed') return { kind: 'go', to: pathOf(ref) };
  if (done.kind === 'missing' || done.kind === 'doubtful') return MISSING;
  const say =
    done.kind === 'unsent' ? unsentSentences(visit, done.outcome).join(' ') : words.tooMany;
  return unsentPage(visit, { say, back: pathOf(ref) });
}
