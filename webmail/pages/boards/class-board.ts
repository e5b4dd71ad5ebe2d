import type { ClassId } from '../../../core/ground/ids.ts';
import type { WithWalls } from '../../../core/school/wall/contract.ts';
import { classAnswer, type ClassPart } from '../../components/class-tabs.ts';
import { surroundingsOf } from '../../frame/frame.ts';
import { atSchool, type Visit } from '../../frame/visit.ts';
import { html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { doneLine, hangingOn, postLinks } from './board.ts';
import { proposedIdeas } from './ideas.ts';
import type { BoardsPart } from './parts.ts';

/** GET /classes/:class/board: the board of a class among its tabs, for who hangs something up. */
export async function classBoard(
  visit: Visit<ClassPart & BoardsPart & WithWalls<'waitingCount'>>,
  id: ClassId,
  said: unknown,
): Promise<Answer> {
  const [details, surroundings] = await Promise.all([
    visit.core.teaching.classDetails(visit.viewer, id),
    surroundingsOf(visit),
  ]);
  if (details === null) return MISSING;
  const ref = { school: details.school, classId: id };
  const [view, waiting] = await Promise.all([
    visit.core.boards.board(visit.viewer, ref),
    visit.core.walls.waitingCount(visit.viewer, ref),
  ]);
  if (view === null) return MISSING;
  const here = atSchool(visit, details);
  return classAnswer(here, surroundings, {
    tab: 'board',
    details,
    said: null,
    refused: false,
    styles: ['board.css'],
    acts: postLinks(here, view, waiting),
    content: html`
      ${doneLine(here, said)} ${proposedIdeas(here, view)} ${hangingOn(here, view)}
    `,
  });
}
