import type { AccountId, ClassId } from '../../../core/ground/ids.ts';
import type { Why } from '../../../core/roster/days.ts';
import type { WithPapers } from '../../../core/school/papers/contract.ts';
import type { OwnClassDetails } from '../../../core/school/teaching/contract.ts';
import { classAnswer, type ClassPart } from '../../components/class-tabs.ts';
import { surroundingsOf } from '../../frame/frame.ts';
import { icon } from '../../frame/parts.ts';
import { atSchool, type Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { todayLine } from './class-at-a-glance.ts';
import { childCard } from './class-child.ts';
import { faces, toLookAt } from './class-faces.ts';
import { saidOf } from './class-said.ts';

/** What a class at a glance asks of core. */
export type DeskPart = ClassPart & WithPapers<'openOf'>;

/** A class, and the child of it whose card is open. */
interface ClassPath {
  readonly class: ClassId;
  readonly child: AccountId | null;
}

/**
 * GET /classes/:class and /classes/:class/child/:child: a class at a glance, its faces, and the
 * card of one child.
 */
export async function classPage(
  visit: Visit<DeskPart>,
  path: ClassPath,
  said: unknown,
): Promise<Answer> {
  return showClass(visit, path, { said, wrong: null });
}

/** The same page; 422 with a sentence beside what was typed wrongly on the child's card. */
export async function showClass(
  visit: Visit<DeskPart>,
  path: ClassPath,
  { said, wrong }: { readonly said: unknown; readonly wrong: Why | null },
): Promise<Answer> {
  const { teaching } = visit.core;
  const [details, letter, papers, surroundings] = await Promise.all([
    teaching.classDetails(visit.viewer, path.class, path.child),
    teaching.letter(visit.viewer, path.class),
    visit.core.papers.openOf(visit.viewer, path.class),
    surroundingsOf(visit),
  ]);
  if (details === null) return MISSING;
  const { open: child, children } = details;
  const pupil = children.find(({ account }) => account === child?.account);
  const open = pupil === undefined || child === null ? null : { pupil, child, wrong };
  if (open === null && path.child !== null) return MISSING;
  const here = atSchool(visit, details);
  return classAnswer(here, surroundings, {
    tab: 'class',
    details,
    said: saidOf(here, details, said),
    refused: wrong !== null,
    acts: acts(here, details),
    content: html`
      ${todayLine(here, details, { letter, papers })}
      <div class="class-grid${open === null ? '' : ' opened'}">
        ${faces(here, details, open?.pupil.account ?? null)}
        ${open === null ? toLookAt(here, details) : childCard(here, details, open)}
      </div>
    `,
  });
}

/** What one does with all of the class. */
function acts(visit: Visit, { id, teaches }: OwnClassDetails): Html {
  const { texts } = visit;
  const write = html`
    <a class="btn main" href="/classes/${id}/write">
      ${icon(visit, 'write')}${texts.classes.write}
    </a>
  `;
  return html`
    <div class="acts-line">
      <a class="btn" href="/codes/${id}">${icon(visit, 'lock')}${texts.codes.page.link}</a>
      ${teaches ? write : NOTHING}
    </div>
  `;
}
